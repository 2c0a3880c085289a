-- Who waits for a place on a placement that is full. Written and read for writing under the
-- placement's lock.

-- name: waiting_insert :exec
-- in: placement_id u64, trainee_id u64, account_id u64, now time
INSERT INTO waiting (placement_id, trainee_id, account_id, created_at)
VALUES (:placement_id, :trainee_id, :account_id, :now);

-- The next to get a place.
-- name: waiting_first :one
-- in: placement_id u64
-- out: id u64, trainee_id u64, origin_id u64
SELECT w.id, w.trainee_id, t.origin_id
FROM waiting w
JOIN trainee t ON t.id = w.trainee_id
WHERE w.placement_id = :placement_id AND w.active = 1
ORDER BY w.id
LIMIT 1;

-- name: waiting_by_id :one
-- in: id u64, placement_id u64, viewer u64
-- out: id u64, active bool, host_id u64, title str, last_name str, first_name str
SELECT w.id, COALESCE(w.active, 0), p.host_id, p.title, t.last_name, t.first_name
FROM waiting w
JOIN placement p ON p.id = w.placement_id
JOIN trainee t ON t.id = w.trainee_id
WHERE w.id = :id AND w.placement_id = :placement_id AND t.origin_id = :viewer;

-- name: waiting_end :exec
-- in: id u64, outcome str, now time
UPDATE waiting
SET active = NULL, outcome = :outcome, ended_at = :now
WHERE id = :id AND active = 1;

-- name: waiting_registered :one
-- in: placement_id u64, trainee_id u64
-- out: total u64
SELECT COUNT(*)
FROM registration
WHERE placement_id = :placement_id AND trainee_id = :trainee_id AND active = 1;

-- The whole list of a placement, for the mails that end it.
-- name: waiting_all :many
-- in: placement_id u64
-- out: id u64, last_name str, first_name str, origin_id u64, origin_name str, origin_email str
SELECT w.id, t.last_name, t.first_name, o.id, o.name, o.email
FROM waiting w
JOIN trainee t ON t.id = w.trainee_id
JOIN establishment o ON o.id = t.origin_id
WHERE w.placement_id = :placement_id AND w.active = 1
ORDER BY w.id;

-- Ranks run over all schools; the host sees all entries, an origin its own.
-- name: waiting_list :many
-- in: placement_id u64, viewer u64
-- out: id u64, rank u64, last_name str, first_name str, class_name str, origin_id u64, origin_name str, created_at time
SELECT w.id,
       (SELECT COUNT(*) FROM waiting earlier
        WHERE earlier.placement_id = w.placement_id AND earlier.active = 1 AND earlier.id <= w.id),
       t.last_name, t.first_name, t.class_name, o.id, o.name, w.created_at
FROM waiting w
JOIN placement p ON p.id = w.placement_id
JOIN trainee t ON t.id = w.trainee_id
JOIN establishment o ON o.id = t.origin_id
WHERE w.placement_id = :placement_id AND w.active = 1
  AND (p.host_id = :viewer OR t.origin_id = :viewer)
ORDER BY w.id;
