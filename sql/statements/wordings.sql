-- The texts of an establishment's conventions, the one in force and the earlier ones.

-- name: wording_insert :exec
-- in: establishment_id u64, text ?str, account_id ?u64, now time
INSERT INTO wording (establishment_id, text, account_id, created_at)
VALUES (:establishment_id, :text, :account_id, :now);

-- 0 where there was never another than the standard one.
-- name: wording_last :one
-- in: establishment_id u64
-- out: id u64
SELECT CAST(COALESCE(MAX(id), 0) AS UNSIGNED) FROM wording WHERE establishment_id = :establishment_id;

-- name: wording_list :many
-- in: establishment_id u64, limit u64
-- out: id u64, is_standard bool, author ?str, created_at time
SELECT w.id, w.text IS NULL, a.name, w.created_at
FROM wording w
LEFT JOIN account a ON a.id = w.account_id
WHERE w.establishment_id = :establishment_id
ORDER BY w.id DESC
LIMIT :limit;

-- name: wording_by_id :one
-- in: id u64, viewer u64
-- out: id u64, text ?str, author ?str, created_at time
SELECT w.id, w.text, a.name, w.created_at
FROM wording w
LEFT JOIN account a ON a.id = w.account_id
WHERE w.id = :id AND w.establishment_id = :viewer;
