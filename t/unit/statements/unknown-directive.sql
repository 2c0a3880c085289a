-- expected: 3: "input:" is unknown here; there are name, in, out and choice
-- name: probe_add :exec
-- input: id u64
UPDATE probe SET small = 1 WHERE id = :id;
