-- Accounts. Signing in is the http room's (sessions.sql).

-- name: account_insert :exec
-- in: email str, name str, password_hash str, role str, establishment_id ?u64, now time
INSERT INTO account (email, name, password_hash, role, establishment_id, created_at)
VALUES (:email, :name, :password_hash, :role, :establishment_id, :now);

-- name: account_by_email :one
-- in: email str
-- out: id u64, name str, role str, establishment_id ?u64, disabled_at ?time
SELECT id, name, role, establishment_id, disabled_at FROM account WHERE email = :email;

-- To whom a mail about the account goes.
-- name: account_addressee :one
-- in: id u64
-- out: email str, name str, establishment_id ?u64
SELECT email, name, establishment_id FROM account WHERE id = :id;

-- name: account_set_password :exec
-- in: id u64, password_hash str
UPDATE account SET password_hash = :password_hash WHERE id = :id;

-- name: account_rename :exec
-- in: id u64, name str
UPDATE account SET name = :name WHERE id = :id;

-- name: account_disable :exec
-- in: id u64, disabled_at ?time
UPDATE account SET disabled_at = :disabled_at WHERE id = :id;

-- name: account_list :many
-- out: email str, name str, role str, uai ?str, disabled_at ?time
SELECT a.email, a.name, a.role, e.uai, a.disabled_at
FROM account a
LEFT JOIN establishment e ON e.id = a.establishment_id
ORDER BY e.uai, a.email;
