-- expected: 2: probe_add is :exec and gives no rows: no "out:"
-- name: probe_add :exec
-- out: id u64
UPDATE probe SET small = 1;
