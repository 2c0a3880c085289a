-- expected: 3: "in:" ends in the middle
-- name: probe_add :exec
-- in: id u64,
UPDATE probe SET small = 1 WHERE id = :id;
