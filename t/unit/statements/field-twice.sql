-- expected: 3: "id" is there twice
-- name: probe_add :exec
-- in: id u64,
--     small u32, id u64
UPDATE probe SET small = :small WHERE id = :id;
