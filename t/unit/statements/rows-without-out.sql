-- expected: 2: probe_list is :many: "out:" is missing
-- name: probe_list :many
SELECT id FROM probe;
