-- expected: 3: not of the form `name type`: "small"
-- name: probe_add :exec
-- in: id u64, small
UPDATE probe SET small = :small WHERE id = :id;
