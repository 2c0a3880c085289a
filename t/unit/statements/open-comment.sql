-- expected: 3: a comment that is not closed
-- name: probe_add :exec
UPDATE probe SET small = 1 /* for ever;
