-- expected: 5: a second statement under one name
-- name: probe_add :exec
UPDATE probe SET label = 'a;b';

DELETE FROM probe;
