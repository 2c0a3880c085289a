-- expected: 4: a quote that is not closed
-- name: probe_add :exec
UPDATE probe
SET label = 'it''s;
