-- expected: 4: {order} is no choice
-- name: probe_list :many
-- out: id u64
SELECT id FROM probe ORDER BY {order};
