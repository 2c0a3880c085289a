-- What the calendar shows, and the calendars that programs subscribe to.

-- The placements of these days: the viewer's own, those its trainees go to, and with everything
-- what others have published.
-- name: calendar_placements :many
-- in: viewer u64, from_day date, until_day date, everything bool, limit u64
-- out: id u64, host_id u64, host_name str, title str, first_day date, last_day date, starts_at str, ends_at str, capacity u32, taken u64, own u64, closes_on date, state str
SELECT p.id, p.host_id, h.name, p.title, p.first_day, p.last_day, p.starts_at, p.ends_at,
       p.capacity,
       (SELECT COUNT(*) FROM registration r WHERE r.placement_id = p.id AND r.active = 1),
       (SELECT COUNT(*) FROM registration r JOIN convention c ON c.registration_id = r.id
        WHERE r.placement_id = p.id AND r.active = 1 AND c.origin_id = :viewer),
       p.closes_on, p.state
FROM placement p
JOIN establishment h ON h.id = p.host_id
WHERE p.first_day <= :until_day AND p.last_day >= :from_day
  AND (p.host_id = :viewer OR (:everything AND p.state = 'published')
       OR (p.state IN ('published', 'closed')
           AND EXISTS (SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id
                       WHERE r.placement_id = p.id AND r.active = 1 AND c.origin_id = :viewer)))
ORDER BY p.first_day, p.starts_at, p.folded_title, p.id
LIMIT :limit;

-- name: establishment_place :one
-- in: id u64
-- out: uai str, postal_code str, holiday_zone ?str
SELECT uai, postal_code, holiday_zone FROM establishment WHERE id = :id;

-- name: establishment_set_zone :exec
-- in: id u64, holiday_zone ?str
UPDATE establishment SET holiday_zone = :holiday_zone WHERE id = :id;

-- name: feed_of_account :one
-- in: account_id u64
-- out: created_at time, read_at ?time
SELECT created_at, read_at FROM calendar_feed WHERE account_id = :account_id;

-- name: feed_account_lock :one
-- in: account_id u64
-- out: id u64
SELECT id FROM account WHERE id = :account_id FOR UPDATE;

-- name: feed_insert :exec
-- in: account_id u64, token_hash blob, now time
INSERT INTO calendar_feed (account_id, token_hash, created_at)
VALUES (:account_id, :token_hash, :now);

-- name: feed_delete :exec
-- in: account_id u64
DELETE FROM calendar_feed WHERE account_id = :account_id;

-- Whose calendar an address is; nothing where the account may no longer sign in.
-- name: feed_by_token :one
-- in: token_hash blob
-- out: account_id u64, establishment_id ?u64, establishment_name ?str, read_at ?time
SELECT f.account_id, a.establishment_id, e.name, f.read_at
FROM calendar_feed f
JOIN account a ON a.id = f.account_id
LEFT JOIN establishment e ON e.id = a.establishment_id
WHERE f.token_hash = :token_hash AND a.disabled_at IS NULL;

-- name: feed_read :exec
-- in: account_id u64, now time
UPDATE calendar_feed SET read_at = :now WHERE account_id = :account_id;

-- What a school hosts, or once sent a trainee to: own counts those that still go. changed_at is the
-- last change of the placement or of who goes there.
-- name: feed_events :many
-- in: viewer u64, from_day date, until_day date, limit u64
-- out: id u64, host_id u64, host_name str, title str, course str, place str, first_day date, last_day date, starts_at str, ends_at str, capacity u32, taken u64, own u64, state str, version u32, created_at time, changed_at time
SELECT p.id, p.host_id, h.name, p.title, p.course, p.place, p.first_day, p.last_day, p.starts_at,
       p.ends_at, p.capacity,
       (SELECT COUNT(*) FROM registration r WHERE r.placement_id = p.id AND r.active = 1),
       (SELECT COUNT(*) FROM registration r JOIN convention c ON c.registration_id = r.id
        WHERE r.placement_id = p.id AND r.active = 1 AND c.origin_id = :viewer),
       p.state, p.version, p.created_at,
       GREATEST(p.changed_at,
                COALESCE((SELECT MAX(GREATEST(r.created_at, COALESCE(r.cancelled_at, r.created_at)))
                          FROM registration r WHERE r.placement_id = p.id), p.changed_at))
FROM placement p
JOIN establishment h ON h.id = p.host_id
WHERE p.first_day <= :until_day AND p.last_day >= :from_day
  AND p.state IN ('published', 'closed', 'cancelled')
  AND (p.host_id = :viewer
       OR EXISTS (SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id
                  WHERE r.placement_id = p.id AND c.origin_id = :viewer))
ORDER BY p.first_day, p.id
LIMIT :limit;
