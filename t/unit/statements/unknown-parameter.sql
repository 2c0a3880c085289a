-- expected: 6: :name is not among what goes in
-- name: probe_add :exec
-- in: id u64
UPDATE probe
SET small = 1 -- :small is in a comment
WHERE label = :name AND id = :id AND label <> ':label';
