-- expected: 3: no type is called "int"; there are blob, bool, date, i64, str, time, u32, u64
-- name: probe_add :exec
-- in: id int
UPDATE probe SET small = 1 WHERE id = :id;
