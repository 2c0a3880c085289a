-- expected: 2: not of the form `-- name: some_name :exec`
-- name: probe_add
UPDATE probe SET small = 1;
