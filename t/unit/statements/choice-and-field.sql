-- expected: 4: "order" is a choice and a field
-- name: probe_list :many
-- in: order u64
-- choice: order up "id" | down "id DESC"
-- out: id u64
SELECT id FROM probe WHERE id > :order ORDER BY {order};
