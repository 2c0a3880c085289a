-- Forgotten passwords.

-- name: password_reset_account :one
-- in: email str
-- out: id u64, email str, name str, establishment_id ?u64
SELECT id, email, name, establishment_id FROM account WHERE email = :email AND disabled_at IS NULL;

-- name: password_reset_insert :exec
-- in: token_hash blob, account_id u64, now time, expires_at time
INSERT INTO password_reset (token_hash, account_id, created_at, expires_at)
VALUES (:token_hash, :account_id, :now, :expires_at);

-- name: password_reset_delete_expired :exec
-- in: now time
DELETE FROM password_reset WHERE expires_at <= :now;

-- name: password_reset_by_token :one
-- in: token_hash blob, now time
-- out: account_id u64, email str
SELECT a.id, a.email
FROM password_reset r
JOIN account a ON a.id = r.account_id
WHERE r.token_hash = :token_hash AND r.expires_at > :now AND a.disabled_at IS NULL;

-- Affects no row where none is left: the link was used at this moment.
-- name: password_reset_delete :exec
-- in: account_id u64
DELETE FROM password_reset WHERE account_id = :account_id;
