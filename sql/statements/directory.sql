-- Importing establishments from a table.

-- name: directory_import_insert :exec
-- in: account_id u64, document_id u64, file_name str, now time
INSERT INTO directory_import (account_id, document_id, file_name, created_at)
VALUES (:account_id, :document_id, :file_name, :now);

-- Those that give way to a new one: the account's own, and all that are too old.
-- name: directory_import_over :many
-- in: account_id u64, before time
-- out: id u64, document_id u64
SELECT id, document_id
FROM directory_import
WHERE account_id = :account_id OR created_at < :before
FOR UPDATE;

-- name: directory_import_by_id :one
-- in: id u64, account_id u64
-- out: id u64, document_id u64, file_name str
-- choice: lock none "" | update "FOR UPDATE"
SELECT id, document_id, file_name
FROM directory_import
WHERE id = :id AND account_id = :account_id
{lock};

-- name: directory_import_delete :exec
-- in: id u64
DELETE FROM directory_import WHERE id = :id;

-- Every establishment, in the order of strcmp.
-- name: directory_known :many
-- out: id u64, uai str, version u32, name str, address str, postal_code str, city str, phone str, email str, head_name str, head_title str, board_day ?date
SELECT id, uai, version, name, address, postal_code, city, phone, email, head_name, head_title,
       board_day
FROM establishment
ORDER BY uai;
