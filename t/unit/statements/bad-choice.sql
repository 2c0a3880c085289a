-- expected: 4: an option is `name "SQL"`, not "down id DESC"
-- name: probe_list :many
-- out: id u64
-- choice: order up "id" | down id DESC
SELECT id FROM probe ORDER BY {order};
