-- Placements and who is registered on them.

-- name: placement_insert :exec
-- in: host_id u64, title str, folded_title str, course str, description str, first_day date, last_day date, starts_at str, ends_at str, place str, person_name str, person_phone str, meals str, transport str, capacity u32, closes_on date, state str, now time
INSERT INTO placement (host_id, title, folded_title, course, description, first_day, last_day,
                       starts_at, ends_at, place, person_name, person_phone, meals, transport,
                       capacity, closes_on, state, created_at)
VALUES (:host_id, :title, :folded_title, :course, :description, :first_day, :last_day,
        :starts_at, :ends_at, :place, :person_name, :person_phone, :meals, :transport,
        :capacity, :closes_on, :state, :now);

-- name: placement_update :exec
-- in: id u64, title str, folded_title str, course str, description str, first_day date, last_day date, starts_at str, ends_at str, place str, person_name str, person_phone str, meals str, transport str, capacity u32, closes_on date, by str, what str
UPDATE placement
SET title = :title, folded_title = :folded_title, course = :course, description = :description,
    first_day = :first_day, last_day = :last_day, starts_at = :starts_at, ends_at = :ends_at,
    place = :place, person_name = :person_name, person_phone = :person_phone, meals = :meals,
    transport = :transport, capacity = :capacity, closes_on = :closes_on, version = version + 1,
    changed_by = :by, changed_what = :what
WHERE id = :id;

-- name: placement_set_state :exec
-- in: id u64, state str, cancel_reason ?str, by str, what str
UPDATE placement
SET state = :state, cancel_reason = :cancel_reason, version = version + 1,
    changed_by = :by, changed_what = :what
WHERE id = :id;

-- name: placement_delete :exec
-- in: id u64
DELETE FROM placement WHERE id = :id AND state = 'draft';

-- The same offer of a host, made already.
-- name: placement_same :one
-- in: host_id u64, folded_title str, first_day date, starts_at str, other_than u64
-- out: id u64
SELECT id
FROM placement
WHERE host_id = :host_id AND first_day = :first_day AND folded_title = :folded_title
  AND starts_at = :starts_at AND state <> 'cancelled' AND id <> :other_than
LIMIT 1;

-- The days on which a host offers the same.
-- name: placement_offered :many
-- in: host_id u64, folded_title str, starts_at str, from_day date
-- out: first_day date
SELECT first_day
FROM placement
WHERE host_id = :host_id AND first_day >= :from_day AND folded_title = :folded_title
  AND starts_at = :starts_at AND state <> 'cancelled'
ORDER BY first_day;

-- A draft is there for its host alone; a placement that takes registrations no more, for its host,
-- for schools that have conventions or somebody waiting on it, and for who asks in any state.
-- name: placement_by_id :one
-- in: id u64, viewer u64, in_any_state bool
-- out: id u64, host_id u64, host_name str, title str, course str, description str, first_day date, last_day date, starts_at str, ends_at str, place str, person_name str, person_phone str, meals str, transport str, capacity u32, taken u64, waiting u64, closes_on date, state str, cancel_reason ?str, version u32
SELECT p.id, p.host_id, h.name, p.title, p.course, p.description, p.first_day, p.last_day,
       p.starts_at, p.ends_at, p.place, p.person_name, p.person_phone, p.meals, p.transport,
       p.capacity,
       (SELECT COUNT(*) FROM registration r WHERE r.placement_id = p.id AND r.active = 1),
       (SELECT COUNT(*) FROM waiting w WHERE w.placement_id = p.id AND w.active = 1),
       p.closes_on, p.state, p.cancel_reason, p.version
FROM placement p
JOIN establishment h ON h.id = p.host_id
WHERE p.id = :id
  AND (p.state = 'published' OR p.host_id = :viewer
       OR (:in_any_state AND p.state <> 'draft')
       OR EXISTS (SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id
                  WHERE r.placement_id = p.id AND c.origin_id = :viewer)
       OR EXISTS (SELECT 1 FROM waiting w JOIN trainee t ON t.id = w.trainee_id
                  WHERE w.placement_id = p.id AND t.origin_id = :viewer));

-- name: placement_lock :one
-- in: id u64
-- out: id u64, host_id u64, title str, course str, description str, first_day date, last_day date, starts_at str, ends_at str, place str, person_name str, person_phone str, meals str, transport str, capacity u32, closes_on date, state str, version u32, changed_by str, changed_at time, changed_what str
SELECT id, host_id, title, course, description, first_day, last_day, starts_at, ends_at, place,
       person_name, person_phone, meals, transport, capacity, closes_on, state, version, changed_by,
       changed_at, changed_what
FROM placement
WHERE id = :id
FOR UPDATE;

-- name: placement_taken :one
-- in: id u64
-- out: taken u64
SELECT COUNT(*) FROM registration WHERE placement_id = :id AND active = 1;

-- Every establishment sees what is published, and where it has or had trainees; the host also its
-- own drafts, and what is closed or cancelled. whose: '' for all, own, or others. state: '' for
-- all, open to registrations today, closed to them, draft or cancelled. places: '' for all, free,
-- or full.
-- A page's placements are found and sorted alone; who goes there is counted for these few.
-- name: placement_list :many
-- in: viewer u64, from_day date, until_day date, today date, whose str, state str, places str, pattern str, limit u64, offset u64
-- out: id u64, host_id u64, host_name str, title str, course str, first_day date, last_day date, starts_at str, ends_at str, capacity u32, taken u64, waiting u64, closes_on date, state str
-- choice: order day "p.first_day, p.id" | day_desc "p.first_day DESC, p.id DESC" | title "p.folded_title, p.first_day, p.id" | title_desc "p.folded_title DESC, p.first_day, p.id" | host "h.folded_name, p.first_day, p.id" | host_desc "h.folded_name DESC, p.first_day, p.id"
SELECT STRAIGHT_JOIN p.id, p.host_id, h.name, p.title, p.course, p.first_day, p.last_day, p.starts_at,
       p.ends_at, p.capacity,
       (SELECT COUNT(*) FROM registration r WHERE r.placement_id = p.id AND r.active = 1),
       (SELECT COUNT(*) FROM waiting w WHERE w.placement_id = p.id AND w.active = 1),
       p.closes_on, p.state
FROM (SELECT p.id
      FROM placement p
      JOIN establishment h ON h.id = p.host_id
      WHERE (p.state = 'published' OR p.host_id = :viewer
             OR (p.state <> 'draft'
                 AND EXISTS (SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id
                             WHERE r.placement_id = p.id AND c.origin_id = :viewer)))
        AND p.last_day >= :from_day AND p.first_day <= :until_day
        AND (:whose = '' OR (:whose = 'own') = (p.host_id = :viewer))
        AND (:state = '' OR :state = CASE
                 WHEN p.state = 'published' AND p.closes_on >= :today THEN 'open'
                 WHEN p.state IN ('published', 'closed') THEN 'closed'
                 ELSE p.state END)
        AND (:places = ''
             OR (:places = 'free') = ((SELECT COUNT(*) FROM registration r
                                       WHERE r.placement_id = p.id AND r.active = 1) < p.capacity))
        AND (p.folded_title LIKE :pattern OR h.folded_name LIKE :pattern)
      ORDER BY {order}
      LIMIT :limit OFFSET :offset) page
JOIN placement p ON p.id = page.id
JOIN establishment h ON h.id = p.host_id
ORDER BY {order};

-- name: placement_count :one
-- in: viewer u64, from_day date, until_day date, today date, whose str, state str, places str, pattern str
-- out: total u64
SELECT COUNT(*)
FROM placement p
JOIN establishment h ON h.id = p.host_id
WHERE (p.state = 'published' OR p.host_id = :viewer
       OR (p.state <> 'draft'
           AND EXISTS (SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id
                       WHERE r.placement_id = p.id AND c.origin_id = :viewer)))
  AND p.last_day >= :from_day AND p.first_day <= :until_day
  AND (:whose = '' OR (:whose = 'own') = (p.host_id = :viewer))
  AND (:state = '' OR :state = CASE
           WHEN p.state = 'published' AND p.closes_on >= :today THEN 'open'
           WHEN p.state IN ('published', 'closed') THEN 'closed'
           ELSE p.state END)
  AND (:places = ''
       OR (:places = 'free') = ((SELECT COUNT(*) FROM registration r
                                 WHERE r.placement_id = p.id AND r.active = 1) < p.capacity))
  AND (p.folded_title LIKE :pattern OR h.folded_name LIKE :pattern);

-- The host sees all who come; an origin its own trainees.
-- name: placement_registrations :many
-- in: placement_id u64, viewer u64
-- out: convention_id u64, last_name str, first_name str, class_name str, origin_name str, state str, incomplete bool
SELECT c.id, t.last_name, t.first_name, t.class_name, o.name, c.state,
       c.incomplete_reason IS NOT NULL
FROM registration r
JOIN trainee t ON t.id = r.trainee_id
JOIN convention c ON c.registration_id = r.id
JOIN establishment o ON o.id = c.origin_id
WHERE r.placement_id = :placement_id AND r.active = 1
  AND (c.host_id = :viewer OR c.origin_id = :viewer)
ORDER BY t.folded_name, r.id;

-- Who comes, for the host's attendance sheet.
-- name: placement_attendance :many
-- in: placement_id u64, viewer u64
-- out: last_name str, first_name str, class_name str, guardian_name str, guardian_phone str, origin_name str
SELECT t.last_name, t.first_name, t.class_name, t.guardian_name, t.guardian_phone, o.name
FROM registration r
JOIN placement p ON p.id = r.placement_id
JOIN trainee t ON t.id = r.trainee_id
JOIN establishment o ON o.id = t.origin_id
WHERE r.placement_id = :placement_id AND r.active = 1 AND p.host_id = :viewer
ORDER BY t.folded_name, r.id;

-- The conventions of who is registered, locked.
-- name: placement_conventions :many
-- in: placement_id u64
-- out: convention_id u64, state str
SELECT c.id, c.state
FROM convention c
JOIN registration r ON r.id = c.registration_id
WHERE r.placement_id = :placement_id AND r.active = 1
ORDER BY c.id
FOR UPDATE;

-- The schools that have somebody registered, with the names of theirs.
-- name: placement_origins :many
-- in: placement_id u64
-- out: origin_id u64, origin_name str, origin_email str, last_name str, first_name str
SELECT o.id, o.name, o.email, t.last_name, t.first_name
FROM registration r
JOIN trainee t ON t.id = r.trainee_id
JOIN establishment o ON o.id = t.origin_id
WHERE r.placement_id = :placement_id AND r.active = 1
ORDER BY o.id, t.folded_name, r.id;

-- How many of a placement's conventions are not yet returned.
-- name: placement_not_returned :one
-- in: placement_id u64
-- out: total u64
SELECT COUNT(*)
FROM convention c
JOIN registration r ON r.id = c.registration_id
WHERE r.placement_id = :placement_id AND r.active = 1 AND c.state = 'not_returned';
