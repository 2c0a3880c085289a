-- expected: 3: SQL before the first `-- name:`
-- A comment is fine here.
SELECT 1;
