-- What operators look after: licences that end, accounts nobody signs in with.

-- Establishments whose licence ends between those days.
-- name: oversight_licence_count :one
-- in: from_day date, until_day date, pattern str
-- out: total u64
SELECT COUNT(*)
FROM establishment e
WHERE e.licence_ends_on BETWEEN :from_day AND :until_day AND e.folded_name LIKE :pattern;

-- name: oversight_licence_list :many
-- in: from_day date, until_day date, pattern str, limit u64, offset u64
-- out: id u64, uai str, name str, city str, email str, ends_on date
-- choice: order day "e.licence_ends_on, e.id" | day_desc "e.licence_ends_on DESC, e.id" | name "e.folded_name, e.id" | name_desc "e.folded_name DESC, e.id"
SELECT e.id, e.uai, e.name, e.city, e.email, e.licence_ends_on
FROM establishment e
WHERE e.licence_ends_on BETWEEN :from_day AND :until_day AND e.folded_name LIKE :pattern
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- Establishments that nobody can act for: without an account, or with disabled ones alone.
-- name: oversight_empty_count :one
-- in: pattern str
-- out: total u64
SELECT COUNT(*)
FROM establishment e
WHERE e.folded_name LIKE :pattern
  AND NOT EXISTS (SELECT 1 FROM account a
                  WHERE a.establishment_id = e.id AND a.disabled_at IS NULL);

-- name: oversight_empty_list :many
-- in: pattern str, limit u64, offset u64
-- out: id u64, uai str, name str, city str, email str, created_at time
-- choice: order day "e.created_at, e.id" | day_desc "e.created_at DESC, e.id" | name "e.folded_name, e.id" | name_desc "e.folded_name DESC, e.id"
SELECT e.id, e.uai, e.name, e.city, e.email, e.created_at
FROM establishment e
WHERE e.folded_name LIKE :pattern
  AND NOT EXISTS (SELECT 1 FROM account a
                  WHERE a.establishment_id = e.id AND a.disabled_at IS NULL)
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- Accounts that may sign in and never did.
-- name: oversight_account_count :one
-- in: pattern str
-- out: total u64
SELECT COUNT(*)
FROM account a
LEFT JOIN establishment e ON e.id = a.establishment_id
WHERE a.last_sign_in_at IS NULL AND a.disabled_at IS NULL
  AND COALESCE(e.folded_name, '') LIKE :pattern;

-- name: oversight_account_list :many
-- in: pattern str, limit u64, offset u64
-- out: email str, name str, role str, establishment_id ?u64, establishment ?str, created_at time
-- choice: order day "a.created_at, a.id" | day_desc "a.created_at DESC, a.id" | name "e.folded_name, a.id" | name_desc "e.folded_name DESC, a.id"
SELECT a.email, a.name, a.role, e.id, e.name, a.created_at
FROM account a
LEFT JOIN establishment e ON e.id = a.establishment_id
WHERE a.last_sign_in_at IS NULL AND a.disabled_at IS NULL
  AND COALESCE(e.folded_name, '') LIKE :pattern
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- name: oversight_totals :one
-- in: today date
-- out: establishments u64, accounts u64, placements u64
SELECT (SELECT COUNT(*) FROM establishment),
       (SELECT COUNT(*) FROM account WHERE disabled_at IS NULL),
       (SELECT COUNT(*) FROM placement WHERE state = 'published' AND first_day >= :today);
