-- expected: 3: probe_add has no SQL
-- in: is nothing before the first name
-- name: probe_add :exec
-- name: probe_take :exec
DELETE FROM probe;
