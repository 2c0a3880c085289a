-- expected: 5: "probe_add" is already the name at FILE:2
-- name: probe_add :exec
UPDATE probe SET small = 1;

-- name: probe_add :exec
UPDATE probe SET small = 2;
