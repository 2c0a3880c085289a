-- Accounts that are to have another address.

-- name: email_change_insert :exec
-- in: account_id u64, new_email str, old_hash blob, new_hash blob, now time, expires_at time
INSERT INTO email_change (account_id, new_email, old_hash, new_hash, created_at, expires_at)
VALUES (:account_id, :new_email, :old_hash, :new_hash, :now, :expires_at);

-- name: email_change_delete :exec
-- in: account_id u64
DELETE FROM email_change WHERE account_id = :account_id;

-- name: email_change_of :one
-- in: account_id u64, now time
-- out: new_email str, old_confirmed bool, new_confirmed bool, expires_at time
SELECT new_email, old_confirmed, new_confirmed, expires_at
FROM email_change
WHERE account_id = :account_id AND expires_at > :now;

-- name: email_change_by_token :one
-- in: hash blob, now time
-- out: account_id u64, email str, new_email str, is_new bool, old_confirmed bool, new_confirmed bool
SELECT c.account_id, a.email, c.new_email, c.new_hash = :hash, c.old_confirmed, c.new_confirmed
FROM email_change c
JOIN account a ON a.id = c.account_id
WHERE (c.old_hash = :hash OR c.new_hash = :hash) AND c.expires_at > :now AND a.disabled_at IS NULL;

-- name: email_change_lock :one
-- in: account_id u64
-- out: account_id u64
SELECT account_id FROM email_change WHERE account_id = :account_id FOR UPDATE;

-- name: email_change_confirm :exec
-- in: account_id u64, old_confirmed bool, new_confirmed bool
UPDATE email_change
SET old_confirmed = :old_confirmed, new_confirmed = :new_confirmed
WHERE account_id = :account_id;

-- name: account_set_email :exec
-- in: id u64, email str
UPDATE account SET email = :email WHERE id = :id;
