-- expected: 5: option "up" is there twice
-- name: probe_list :many
-- out: id u64
-- choice: which any "1 = 1"
-- choice: order up "id" | up "id DESC"
SELECT id FROM probe WHERE {which} ORDER BY {order};
