CREATE TABLE early (id INT NOT NULL PRIMARY KEY);
INSERT INTO early VALUES (1); -- it's a comment
SELECT 'never closed;
