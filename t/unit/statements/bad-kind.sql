-- expected: 2: a statement is :exec, :one or :many, not :all
-- name: probe_add :all
UPDATE probe SET small = 1;
