-- What the dashboards and the follow-up lists show. host and origin are the viewer's establishment
-- on that side of a convention, 0 where that side is not asked for; so nothing of another's is
-- found.

-- Any of three states, which may be the same. marked: 'any', 'yes' (incomplete) or 'no'. Who looks as
-- host and as origin finds both by an index each.
-- name: followup_count :one
-- in: host u64, origin u64, state str, or_state str, or_other str, marked str, from_day date, until_day date, pattern str
-- out: total u64
-- choice: search none "" | some "AND c.folded_search LIKE :pattern"
SELECT (SELECT COUNT(*)
        FROM convention c
        WHERE c.host_id = :host AND c.state IN (:state, :or_state, :or_other)
          AND (:marked = 'any' OR c.incomplete = (:marked = 'yes'))
          AND c.first_day BETWEEN :from_day AND :until_day {search})
       + (SELECT COUNT(*)
          FROM convention c
          WHERE c.origin_id = :origin AND c.host_id <> :host AND c.state IN (:state, :or_state, :or_other)
            AND (:marked = 'any' OR c.incomplete = (:marked = 'yes'))
            AND c.first_day BETWEEN :from_day AND :until_day {search});

-- A page's conventions are found and sorted alone; what they lead to is read for these few. Among the
-- first are the first by day, so many (reach) on either side, each found by an index.
-- name: followup_list :many
-- in: host u64, origin u64, state str, or_state str, or_other str, marked str, from_day date, until_day date, pattern str, reach u64, limit u64, offset u64
-- out: id u64, as_host bool, state str, incomplete bool, last_name str, first_name str, placement_id u64, title str, host_name str, origin_name str, first_day date
-- choice: order day "c.first_day, c.folded_trainee, c.id" | day_desc "c.first_day DESC, c.folded_trainee, c.id" | name "c.folded_trainee, c.id" | name_desc "c.folded_trainee DESC, c.id DESC" | placement "(SELECT p.folded_title FROM registration r JOIN placement p ON p.id = r.placement_id WHERE r.id = c.registration_id), c.first_day, c.id" | placement_desc "(SELECT p.folded_title FROM registration r JOIN placement p ON p.id = r.placement_id WHERE r.id = c.registration_id) DESC, c.first_day, c.id" | host "(SELECT h.folded_name FROM establishment h WHERE h.id = c.host_id), c.first_day, c.id" | host_desc "(SELECT h.folded_name FROM establishment h WHERE h.id = c.host_id) DESC, c.first_day, c.id" | origin "(SELECT o.folded_name FROM establishment o WHERE o.id = c.origin_id), c.first_day, c.id" | origin_desc "(SELECT o.folded_name FROM establishment o WHERE o.id = c.origin_id) DESC, c.first_day, c.id"
-- choice: among all "convention c WHERE (c.host_id = :host OR c.origin_id = :origin) AND c.state IN (:state, :or_state, :or_other) AND (:marked = 'any' OR c.incomplete = (:marked = 'yes')) AND c.first_day BETWEEN :from_day AND :until_day" | first "((SELECT c.id FROM convention c WHERE c.host_id = :host AND c.state IN (:state, :or_state, :or_other) AND (:marked = 'any' OR c.incomplete = (:marked = 'yes')) AND c.first_day BETWEEN :from_day AND :until_day ORDER BY c.first_day, c.folded_trainee, c.id LIMIT :reach) UNION ALL (SELECT c.id FROM convention c WHERE c.origin_id = :origin AND c.host_id <> :host AND c.state IN (:state, :or_state, :or_other) AND (:marked = 'any' OR c.incomplete = (:marked = 'yes')) AND c.first_day BETWEEN :from_day AND :until_day ORDER BY c.first_day, c.folded_trainee, c.id LIMIT :reach)) near JOIN convention c ON c.id = near.id WHERE TRUE"
-- choice: search none "" | some "AND c.folded_search LIKE :pattern"
SELECT STRAIGHT_JOIN c.id, c.host_id = :host, c.state, c.incomplete, t.last_name, t.first_name, p.id,
       p.title, h.name, o.name, c.first_day
FROM (SELECT c.id
      FROM {among} {search}
      ORDER BY {order}
      LIMIT :limit OFFSET :offset) page
JOIN convention c ON c.id = page.id
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
JOIN trainee t ON t.id = r.trainee_id
JOIN establishment h ON h.id = c.host_id
JOIN establishment o ON o.id = c.origin_id
ORDER BY {order};

-- How many conventions there are on each day, by state, those as host before those as origin.
-- name: convention_days :many
-- in: viewer u64, from_day date, until_day date
-- out: first_day date, state str, incomplete bool, total u64
SELECT c.first_day, c.state, c.incomplete, COUNT(*)
FROM convention c
WHERE c.host_id = :viewer AND c.state IN ('not_returned', 'pending', 'validated')
  AND c.first_day BETWEEN :from_day AND :until_day
GROUP BY c.first_day, c.state, c.incomplete
UNION ALL
SELECT c.first_day, c.state, c.incomplete, COUNT(*)
FROM convention c
WHERE c.origin_id = :viewer AND c.host_id <> :viewer
  AND c.state IN ('not_returned', 'pending', 'validated')
  AND c.first_day BETWEEN :from_day AND :until_day
GROUP BY c.first_day, c.state, c.incomplete;

-- The same of the whole platform, for operators.
-- name: convention_days_all :many
-- in: from_day date, until_day date
-- out: first_day date, state str, incomplete bool, total u64
SELECT c.first_day, c.state, c.incomplete, COUNT(*)
FROM convention c
WHERE c.state <> 'cancelled' AND c.first_day BETWEEN :from_day AND :until_day
GROUP BY c.first_day, c.state, c.incomplete;

-- The newest events: from the history's end backwards, for who has many conventions; from the
-- conventions, for who has few and would wait for one among everybody's. No further than since.
-- name: history_recent :many
-- in: viewer u64, since time, limit u64
-- out: convention_id u64, event str, actor_name str, actor_establishment str, created_at time, last_name str, first_name str
-- choice: from history "history h JOIN convention c ON c.id = h.convention_id" | conventions "convention c JOIN history h ON h.convention_id = c.id"
SELECT STRAIGHT_JOIN h.convention_id, h.event, h.actor_name, h.actor_establishment, h.created_at,
       t.last_name, t.first_name
FROM {from}
JOIN registration r ON r.id = c.registration_id
JOIN trainee t ON t.id = r.trainee_id
WHERE h.id >= (SELECT first.id FROM history first WHERE first.created_at >= :since
               ORDER BY first.created_at, first.id LIMIT 1)
  AND (c.host_id = :viewer OR c.origin_id = :viewer)
ORDER BY h.id DESC
LIMIT :limit;

-- For operators, who see what happens between schools but no pupil.
-- name: history_recent_all :many
-- in: since time, limit u64
-- out: event str, actor_name str, actor_establishment str, created_at time, host_name str, origin_name str
SELECT STRAIGHT_JOIN h.event, h.actor_name, h.actor_establishment, h.created_at, e.name, o.name
FROM history h
JOIN convention c ON c.id = h.convention_id
JOIN establishment e ON e.id = c.host_id
JOIN establishment o ON o.id = c.origin_id
WHERE h.id >= (SELECT first.id FROM history first WHERE first.created_at >= :since
               ORDER BY first.created_at, first.id LIMIT 1)
ORDER BY h.id DESC
LIMIT :limit;

-- Mails that were given up: those for the viewer's establishment, and those about its conventions.
-- name: failed_mail_count :one
-- in: viewer u64, pattern str
-- out: total u64
SELECT COUNT(*)
FROM message m
LEFT JOIN convention c ON c.id = m.convention_id
WHERE m.state = 'failed' AND CONCAT(m.to_name, ' ', m.to_address) LIKE :pattern
  AND (m.establishment_id = :viewer OR c.host_id = :viewer OR c.origin_id = :viewer);

-- name: failed_mail_list :many
-- in: viewer u64, pattern str, limit u64, offset u64
-- out: id u64, name str, to_name str, to_address str, error_key str, created_at time, convention_id ?u64, is_own bool
-- choice: order day "m.id" | day_desc "m.id DESC" | recipient "m.to_address, m.id" | recipient_desc "m.to_address DESC, m.id"
SELECT m.id, m.name, m.to_name, m.to_address, m.error_key, m.created_at, c.id,
       COALESCE(m.establishment_id = :viewer, FALSE)
FROM message m
LEFT JOIN convention c ON c.id = m.convention_id
WHERE m.state = 'failed' AND CONCAT(m.to_name, ' ', m.to_address) LIKE :pattern
  AND (m.establishment_id = :viewer OR c.host_id = :viewer OR c.origin_id = :viewer)
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- The next placements of which the viewer is the host.
-- name: placement_next_hosted :many
-- in: viewer u64, from_day date, limit u64
-- out: id u64, title str, first_day date, starts_at str, ends_at str, capacity u32, taken u64, state str
SELECT p.id, p.title, p.first_day, p.starts_at, p.ends_at, p.capacity,
       (SELECT COUNT(*) FROM registration r WHERE r.placement_id = p.id AND r.active = 1), p.state
FROM placement p
WHERE p.host_id = :viewer AND p.last_day >= :from_day AND p.state <> 'cancelled'
ORDER BY p.first_day, p.starts_at, p.id
LIMIT :limit;

-- The next placements elsewhere to which the viewer's trainees go, among its next conventions of each
-- state.
-- name: placement_next_joined :many
-- in: viewer u64, from_day date, limit u64
-- out: id u64, title str, host_name str, first_day date, starts_at str, ends_at str, own u64
SELECT STRAIGHT_JOIN p.id, p.title, h.name, p.first_day, p.starts_at, p.ends_at,
       (SELECT COUNT(*) FROM registration r2 JOIN convention c2 ON c2.registration_id = r2.id
        WHERE r2.placement_id = p.id AND r2.active = 1 AND c2.origin_id = :viewer)
FROM (SELECT DISTINCT p.id, p.first_day, p.starts_at
      FROM (
             (SELECT c.id FROM convention c
              WHERE c.origin_id = :viewer AND c.state = 'not_returned' AND c.first_day >= :from_day
              ORDER BY c.first_day LIMIT 200) UNION ALL
             (SELECT c.id FROM convention c
              WHERE c.origin_id = :viewer AND c.state = 'pending' AND c.first_day >= :from_day
              ORDER BY c.first_day LIMIT 200) UNION ALL
             (SELECT c.id FROM convention c
              WHERE c.origin_id = :viewer AND c.state = 'validated' AND c.first_day >= :from_day
              ORDER BY c.first_day LIMIT 200)) near
      JOIN convention c ON c.id = near.id
      JOIN registration r ON r.id = c.registration_id
      JOIN placement p ON p.id = r.placement_id
      WHERE p.host_id <> :viewer
      ORDER BY p.first_day, p.starts_at, p.id
      LIMIT :limit) next
JOIN placement p ON p.id = next.id
JOIN establishment h ON h.id = p.host_id
ORDER BY p.first_day, p.starts_at, p.id;

-- The next placements elsewhere that have places left and still take registrations. The index is
-- forced because any other counts the registrations of all placements.
-- name: placement_next_open :many
-- in: viewer u64, from_day date, limit u64
-- out: id u64, title str, host_name str, first_day date, starts_at str, ends_at str, capacity u32, taken u64
SELECT STRAIGHT_JOIN p.id, p.title, h.name, p.first_day, p.starts_at, p.ends_at, p.capacity,
       (SELECT COUNT(*) FROM registration r WHERE r.placement_id = p.id AND r.active = 1)
FROM placement p FORCE INDEX (placement_next)
JOIN establishment h ON h.id = p.host_id
WHERE p.state = 'published' AND p.host_id <> :viewer AND p.closes_on >= :from_day
  AND p.first_day >= :from_day
  AND p.capacity > (SELECT COUNT(*) FROM registration r
                    WHERE r.placement_id = p.id AND r.active = 1)
ORDER BY p.first_day, p.starts_at, p.id
LIMIT :limit;

-- What an establishment has done so far, for the first steps; its conventions up to 2,001.
-- name: first_steps :one
-- in: viewer u64
-- out: has_signature bool, has_placement bool, has_trainee bool, conventions u64
SELECT e.signature_id IS NOT NULL,
       EXISTS (SELECT 1 FROM placement p WHERE p.host_id = e.id),
       EXISTS (SELECT 1 FROM trainee t WHERE t.origin_id = e.id),
       (SELECT COUNT(*) FROM (SELECT c.id FROM convention c
                              WHERE c.host_id = :viewer OR c.origin_id = :viewer LIMIT 2001) some)
FROM establishment e
WHERE e.id = :viewer;
