-- Who has an account, or is invited to have one, in an establishment; 0 stands for the operators.
-- pattern: what page_list_like makes of a search.

-- name: member_count :one
-- in: establishment_id u64, pattern str
-- out: total u64
SELECT (SELECT COUNT(*)
        FROM account
        WHERE establishment_id <=> NULLIF(:establishment_id, 0)
          AND CONCAT(name, ' ', email) LIKE :pattern ESCAPE '!')
     + (SELECT COUNT(*)
        FROM invitation
        WHERE scope = :establishment_id AND email LIKE :pattern ESCAPE '!');

-- Those who are invited have no name yet and come first; with what became of the mail, as long as
-- it has not arrived: the one that was sent when the invitation was made or renewed, seven days
-- before it expires.
-- name: member_list :many
-- in: establishment_id u64, pattern str, limit u64, offset u64
-- out: is_invited bool, id u64, name str, email str, role str, is_disabled bool, expires_at ?time, mail_failed bool, mail_error str
-- choice: order name "m.name, m.email" | name_down "m.name DESC, m.email DESC" | email "m.email, m.id" | email_down "m.email DESC, m.id DESC" | role "m.role, m.name, m.email" | role_down "m.role DESC, m.name, m.email"
SELECT m.is_invited, m.id, m.name, m.email, m.role, m.is_disabled, m.expires_at, m.mail_failed,
       m.mail_error
FROM (SELECT FALSE AS is_invited, a.id, a.name, a.email, a.role,
             a.disabled_at IS NOT NULL AS is_disabled, NULL AS expires_at, FALSE AS mail_failed,
             '' AS mail_error
      FROM account a
      WHERE a.establishment_id <=> NULLIF(:establishment_id, 0)
      UNION ALL
      SELECT TRUE, i.id, '', i.email, i.role, FALSE, i.expires_at,
             COALESCE(t.state = 'failed', FALSE), COALESCE(t.error_key, '')
      FROM invitation i
      LEFT JOIN message t ON t.id = (
                SELECT MAX(x.id) FROM message x
                WHERE x.establishment_id <=> i.establishment_id
                  AND x.state IN ('failed', 'queued', 'sending') AND x.name = 'account-invitation'
                  AND x.to_address = i.email AND x.created_at >= i.expires_at - INTERVAL 7 DAY)
      WHERE i.scope = :establishment_id) m
WHERE CONCAT(m.name, ' ', m.email) LIKE :pattern ESCAPE '!'
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- name: member_by_id :one
-- in: id u64, viewer u64
-- out: id u64, email str, name str, role str, disabled_at ?time, created_at time, version u32, has_factor bool
SELECT a.id, a.email, a.name, a.role, a.disabled_at, a.created_at, a.version,
       f.confirmed_at IS NOT NULL
FROM account a
LEFT JOIN second_factor f ON f.account_id = a.id
WHERE a.id = :id AND a.establishment_id = :viewer;

-- name: account_place :one
-- in: id u64
-- out: establishment_id ?u64
SELECT establishment_id FROM account WHERE id = :id;

-- All of them, so that of two who act at once one sees what the other did.
-- name: member_lock :many
-- in: establishment_id ?u64
-- out: id u64, role str, establishment_id ?u64, is_disabled bool, version u32
SELECT id, role, establishment_id, disabled_at IS NOT NULL, version
FROM account
WHERE establishment_id <=> :establishment_id
ORDER BY id
FOR UPDATE;

-- name: member_change :exec
-- in: id u64, role str, establishment_id ?u64, disabled_at ?time
UPDATE account
SET role = :role, establishment_id = :establishment_id, disabled_at = :disabled_at,
    version = version + 1
WHERE id = :id;

-- Invitations.

-- name: invitation_insert :exec
-- in: token_hash blob, email str, role str, establishment_id ?u64, scope u64, account_id ?u64, now time, expires_at time
INSERT INTO invitation (token_hash, email, role, establishment_id, scope, account_id, created_at,
                        expires_at)
VALUES (:token_hash, :email, :role, :establishment_id, :scope, :account_id, :now, :expires_at);

-- name: invitation_renew :exec
-- in: id u64, token_hash blob, account_id ?u64, expires_at time
UPDATE invitation
SET token_hash = :token_hash, account_id = :account_id, expires_at = :expires_at
WHERE id = :id;

-- anywhere: for operators.
-- name: invitation_lock :one
-- in: id u64, viewer u64, anywhere bool
-- out: id u64, email str, role str, establishment_id ?u64
SELECT id, email, role, establishment_id
FROM invitation
WHERE id = :id AND (:anywhere OR scope = :viewer)
FOR UPDATE;

-- name: invitation_by_token :one
-- in: token_hash blob, now time
-- out: id u64, email str, role str, establishment_id ?u64, establishment_name ?str
SELECT i.id, i.email, i.role, i.establishment_id, e.name
FROM invitation i
LEFT JOIN establishment e ON e.id = i.establishment_id
WHERE i.token_hash = :token_hash AND i.expires_at > :now;

-- name: invitation_delete :exec
-- in: id u64
DELETE FROM invitation WHERE id = :id;

-- What one who is invited is told of the establishment.
-- name: establishment_name :one
-- in: id u64
-- out: name str
SELECT name FROM establishment WHERE id = :id;
