-- expected: 2: probe_list: name the columns instead of *
-- name: probe_list :many
-- out: id u64, twice u64, label str
SELECT id, id * 2, p.* FROM probe p;
