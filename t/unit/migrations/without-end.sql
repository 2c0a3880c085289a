INSERT INTO word VALUES (8, 'the last needs no semicolon')
-- and a comment may follow; it may
