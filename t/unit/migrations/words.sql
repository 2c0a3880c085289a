-- Everything that has a semicolon without being an end; also 'here and "here.
CREATE TABLE word (
    id INT NOT NULL PRIMARY KEY, -- one; two
    text VARCHAR(100) NOT NULL   # three; it's four
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
;
/* five; ' */
INSERT INTO word VALUES (1, 'semi;colon'), (2, "double;quote"), (3, 'it''s; \'so\''), (4, 'back\\');
CREATE TABLE `odd;name` (id INT NOT NULL /* six; */ PRIMARY KEY);
INSERT INTO word VALUES (5--1, 'six by five and one');
INSERT INTO word VALUES (7, '-- no comment; # nor this /* nor this');
