-- Sessions and signing in.

-- Everything a request needs to know of who acts, in one statement.
-- name: session_load :one
-- in: token_hash blob, now time, idle_since time
-- out: id u64, account_id u64, email str, name str, role str, establishment_id ?u64, establishment_name ?str, revision ?u64, licence_end ?date, csrf blob, seen_at time
SELECT s.id, a.id, a.email, a.name, a.role, a.establishment_id, e.name, r.number,
    e.licence_ends_on, s.csrf, s.seen_at
FROM session s
JOIN account a ON a.id = s.account_id
LEFT JOIN establishment e ON e.id = a.establishment_id
LEFT JOIN establishment_revision r ON r.establishment_id = a.establishment_id
WHERE s.token_hash = :token_hash AND s.expires_at > :now AND s.seen_at > :idle_since
    AND a.disabled_at IS NULL;

-- name: session_insert :exec
-- in: token_hash blob, account_id u64, csrf blob, now time, expires_at time, address str, agent str
INSERT INTO session (token_hash, account_id, csrf, created_at, expires_at, seen_at, address, agent)
VALUES (:token_hash, :account_id, :csrf, :now, :expires_at, :now, :address, :agent);

-- name: session_account_came :exec
-- in: account_id u64, now time
UPDATE account SET last_sign_in_at = :now WHERE id = :account_id;

-- name: session_seen :exec
-- in: token_hash blob, now time
UPDATE session SET seen_at = :now WHERE token_hash = :token_hash AND seen_at < :now;

-- name: session_delete :exec
-- in: token_hash blob
DELETE FROM session WHERE token_hash = :token_hash;

-- Those of an account that are still good.
-- name: session_list :many
-- in: account_id u64, now time, idle_since time, limit u64
-- out: id u64, created_at time, seen_at time, address str, agent str
SELECT id, created_at, seen_at, address, agent
FROM session
WHERE account_id = :account_id AND expires_at > :now AND seen_at > :idle_since
ORDER BY seen_at DESC, id DESC
LIMIT :limit;

-- name: session_delete_own :exec
-- in: id u64, account_id u64
DELETE FROM session WHERE id = :id AND account_id = :account_id;

-- name: session_delete_account :exec
-- in: account_id u64
DELETE FROM session WHERE account_id = :account_id;

-- name: session_delete_expired :exec
-- in: now time
DELETE FROM session WHERE expires_at <= :now;

-- name: sign_in_account :one
-- in: email str
-- out: id u64, password_hash str, has_factor bool
SELECT a.id, a.password_hash, f.confirmed_at IS NOT NULL
FROM account a
LEFT JOIN second_factor f ON f.account_id = a.id
WHERE a.email = :email AND a.disabled_at IS NULL;

-- name: sign_in_attempt_insert :exec
-- in: email_hash blob, network str, now time
INSERT INTO sign_in_attempt (email_hash, network, tried_at)
VALUES (:email_hash, :network, :now);

-- name: sign_in_attempt_count :one
-- in: email_hash blob, network str, since time
-- out: of_email i64, of_network i64
SELECT
    (SELECT COUNT(*) FROM sign_in_attempt WHERE email_hash = :email_hash AND tried_at > :since),
    (SELECT COUNT(*) FROM sign_in_attempt WHERE network = :network AND tried_at > :since);

-- name: sign_in_attempt_delete :exec
-- in: id u64
DELETE FROM sign_in_attempt WHERE id = :id;

-- name: sign_in_attempt_forgive :exec
-- in: email_hash blob, network str
DELETE FROM sign_in_attempt WHERE email_hash = :email_hash AND network = :network;

-- name: sign_in_attempt_delete_old :exec
-- in: before time
DELETE FROM sign_in_attempt WHERE tried_at <= :before;
