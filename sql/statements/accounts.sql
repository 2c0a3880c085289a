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
-- out: email str, name str, role str, establishment_id ?u64, establishment ?str
SELECT a.email, a.name, a.role, a.establishment_id, e.name
FROM account a
LEFT JOIN establishment e ON e.id = a.establishment_id
WHERE a.id = :id;

-- name: account_set_password :exec
-- in: id u64, password_hash str
UPDATE account SET password_hash = :password_hash WHERE id = :id;

-- name: account_rename :exec
-- in: id u64, name str
UPDATE account SET name = :name WHERE id = :id;

-- What became of accounts.

-- name: account_event_insert :exec
-- in: account_id u64, kind str, role str, establishment str, actor str, address str, now time
INSERT INTO account_event (account_id, kind, role, establishment, actor, address, created_at)
VALUES (:account_id, :kind, :role, :establishment, :actor, :address, :now);

-- The newest of an account.
-- name: account_event_list :many
-- in: account_id u64, limit u64
-- out: kind str, role str, establishment str, actor str, address str, created_at time
SELECT kind, role, establishment, actor, address, created_at
FROM account_event
WHERE account_id = :account_id
ORDER BY id DESC
LIMIT :limit;

-- name: account_event_delete_old :exec
-- in: before time
DELETE FROM account_event WHERE created_at < :before LIMIT 1000;

-- name: account_list :many
-- out: email str, name str, role str, uai ?str, disabled_at ?time
SELECT a.email, a.name, a.role, e.uai, a.disabled_at
FROM account a
LEFT JOIN establishment e ON e.id = a.establishment_id
ORDER BY e.uai, a.email;
