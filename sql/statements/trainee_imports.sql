-- Tables of trainees that wait for a word. One is its account's.

-- name: trainee_import_insert :exec
-- in: account_id u64, establishment_id u64, document_id u64, file_name str, class_name str, now time
INSERT INTO trainee_import (account_id, establishment_id, document_id, file_name, class_name,
                            created_at)
VALUES (:account_id, :establishment_id, :document_id, :file_name, :class_name, :now);

-- The one of that account, whichever it is.
-- name: trainee_import_earlier :one
-- in: account_id u64
-- out: id u64, document_id u64
SELECT id, document_id FROM trainee_import WHERE account_id = :account_id FOR UPDATE;

-- name: trainee_import_by_id :one
-- in: id u64, account_id u64, establishment_id u64
-- out: id u64, document_id u64, file_name str, class_name str
-- choice: lock none "" | update "FOR UPDATE"
SELECT id, document_id, file_name, class_name
FROM trainee_import
WHERE id = :id AND account_id = :account_id AND establishment_id = :establishment_id
{lock};

-- name: trainee_import_delete :exec
-- in: id u64
DELETE FROM trainee_import WHERE id = :id;

-- name: trainee_import_old :many
-- in: before time
-- out: id u64, document_id u64
SELECT id, document_id FROM trainee_import WHERE created_at < :before ORDER BY id LIMIT 500;

-- All trainees of a school, with the number of their conventions that a correction may replace.
-- Locked, none of them is changed meanwhile; others may be added.
-- name: trainee_all :many
-- in: origin_id u64
-- out: id u64, last_name str, first_name str, folded_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str, version u32, not_returned u64
-- choice: lock none "" | update "FOR UPDATE"
SELECT t.id, t.last_name, t.first_name, t.folded_name, t.birth_day, t.class_name, t.guardian_name,
       t.guardian_email, t.guardian_phone, t.guardian_address, t.version,
       (SELECT COUNT(*) FROM registration r JOIN convention c ON c.registration_id = r.id
        WHERE r.trainee_id = t.id AND c.state = 'not_returned')
FROM trainee t
WHERE t.origin_id = :origin_id
ORDER BY t.id
{lock};
