-- expected: 2: probe_add does not use :small
-- name: probe_add :exec
-- in: id u64, small u32
UPDATE probe SET small = 1 WHERE id = :id /* :small */;
