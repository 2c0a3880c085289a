-- expected: 5: write :name, not ?
-- name: probe_add :exec
-- in: id u64
UPDATE probe SET label = 'why?'
WHERE id = ?;
