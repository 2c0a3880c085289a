-- Trainees and their registrations.

-- name: trainee_insert :exec
-- in: origin_id u64, last_name str, first_name str, folded_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str, now time
INSERT INTO trainee (origin_id, last_name, first_name, folded_name, birth_day, class_name,
                     guardian_name, guardian_email, guardian_phone, guardian_address, created_at)
VALUES (:origin_id, :last_name, :first_name, :folded_name, :birth_day, :class_name,
        :guardian_name, :guardian_email, :guardian_phone, :guardian_address, :now);

-- name: trainee_same :one
-- in: origin_id u64, folded_name str, birth_day date
-- out: id u64, last_name str, first_name str, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str
SELECT id, last_name, first_name, class_name, guardian_name, guardian_email, guardian_phone,
       guardian_address
FROM trainee
WHERE origin_id = :origin_id AND folded_name = :folded_name AND birth_day = :birth_day
FOR UPDATE;

-- name: trainee_update :exec
-- in: id u64, last_name str, first_name str, folded_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str
UPDATE trainee
SET last_name = :last_name, first_name = :first_name, folded_name = :folded_name,
    birth_day = :birth_day, class_name = :class_name, guardian_name = :guardian_name,
    guardian_email = :guardian_email, guardian_phone = :guardian_phone,
    guardian_address = :guardian_address, version = version + 1
WHERE id = :id;

-- name: trainee_by_id :one
-- in: id u64, viewer u64
-- out: id u64, last_name str, first_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str, version u32
SELECT id, last_name, first_name, birth_day, class_name, guardian_name, guardian_email,
       guardian_phone, guardian_address, version
FROM trainee
WHERE id = :id AND origin_id = :viewer;

-- name: trainee_lock :one
-- in: id u64, viewer u64
-- out: id u64, version u32
SELECT id, version FROM trainee WHERE id = :id AND origin_id = :viewer FOR UPDATE;

-- name: trainee_conventions :many
-- in: trainee_id u64, viewer u64
-- out: convention_id u64, placement_id u64, title str, host_name str, first_day date, state str, incomplete bool
SELECT c.id, p.id, p.title, h.name, p.first_day, c.state, c.incomplete_reason IS NOT NULL
FROM convention c
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
JOIN establishment h ON h.id = c.host_id
WHERE r.trainee_id = :trainee_id AND c.origin_id = :viewer
ORDER BY p.first_day, c.id;

-- name: trainee_open_conventions :many
-- in: trainee_id u64
-- out: convention_id u64
SELECT c.id
FROM convention c
JOIN registration r ON r.id = c.registration_id
WHERE r.trainee_id = :trainee_id AND c.state = 'not_returned'
ORDER BY c.id
FOR UPDATE;

-- name: registration_insert :exec
-- in: placement_id u64, trainee_id u64, now time
INSERT INTO registration (placement_id, trainee_id, created_at)
VALUES (:placement_id, :trainee_id, :now);

-- name: registration_cancel :exec
-- in: id u64, now time
UPDATE registration SET active = NULL, cancelled_at = :now WHERE id = :id AND active = 1;
