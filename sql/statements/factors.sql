-- The second factor, and signing in by two steps.

-- name: factor_by_account :one
-- in: account_id u64
-- out: salt blob, confirmed_at ?time, created_at time, codes i64
SELECT f.salt, f.confirmed_at, f.created_at,
       (SELECT COUNT(*) FROM recovery_code c WHERE c.account_id = f.account_id)
FROM second_factor f
WHERE f.account_id = :account_id;

-- name: factor_forget_begun :exec
-- in: account_id u64
DELETE FROM second_factor WHERE account_id = :account_id AND confirmed_at IS NULL;

-- name: factor_begin :exec
-- in: account_id u64, salt blob, now time
INSERT INTO second_factor (account_id, salt, created_at) VALUES (:account_id, :salt, :now);

-- name: factor_confirm :exec
-- in: account_id u64, step u64, now time
UPDATE second_factor
SET confirmed_at = :now, last_step = :step
WHERE account_id = :account_id AND confirmed_at IS NULL;

-- Takes the code of that step: affects no row where it, or a later one, was taken before.
-- name: factor_take :exec
-- in: account_id u64, step u64
UPDATE second_factor
SET last_step = :step
WHERE account_id = :account_id AND confirmed_at IS NOT NULL AND last_step < :step;

-- name: factor_delete :exec
-- in: account_id u64
DELETE FROM second_factor WHERE account_id = :account_id;

-- name: recovery_code_insert :exec
-- in: account_id u64, code_hash blob
INSERT INTO recovery_code (account_id, code_hash) VALUES (:account_id, :code_hash);

-- name: recovery_code_take :exec
-- in: account_id u64, code_hash blob
DELETE FROM recovery_code WHERE account_id = :account_id AND code_hash = :code_hash;

-- name: recovery_code_delete :exec
-- in: account_id u64
DELETE FROM recovery_code WHERE account_id = :account_id;

-- name: sign_in_step_insert :exec
-- in: token_hash blob, account_id u64, expires_at time
INSERT INTO sign_in_step (token_hash, account_id, expires_at)
VALUES (:token_hash, :account_id, :expires_at);

-- name: sign_in_step_load :one
-- in: token_hash blob, now time
-- out: account_id u64
SELECT s.account_id
FROM sign_in_step s
JOIN account a ON a.id = s.account_id
WHERE s.token_hash = :token_hash AND s.expires_at > :now AND a.disabled_at IS NULL;

-- name: sign_in_step_delete_account :exec
-- in: account_id u64
DELETE FROM sign_in_step WHERE account_id = :account_id;

-- name: sign_in_step_delete_expired :exec
-- in: now time
DELETE FROM sign_in_step WHERE expires_at <= :now;
