-- expected: 2: choice "order" is not used
-- name: probe_list :many
-- out: id u64
-- choice: order up "id" | down "id DESC"
SELECT id FROM probe ORDER BY id;
