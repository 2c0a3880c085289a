-- expected: 3: "register" is a word of C
-- name: probe_add :exec
-- in: id u64, register str
UPDATE probe SET register = :register WHERE id = :id;
