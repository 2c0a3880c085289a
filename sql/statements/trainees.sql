-- Trainees and their registrations.

-- name: trainee_insert :exec
-- in: origin_id u64, last_name str, first_name str, folded_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str, now time
INSERT INTO trainee (origin_id, last_name, first_name, folded_name, birth_day, class_name,
                     guardian_name, guardian_email, guardian_phone, guardian_address, created_at)
VALUES (:origin_id, :last_name, :first_name, :folded_name, :birth_day, :class_name,
        :guardian_name, :guardian_email, :guardian_phone, :guardian_address, :now);

-- name: trainee_same :one
-- in: origin_id u64, folded_name str, birth_day date
-- out: id u64, last_name str, first_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str
SELECT id, last_name, first_name, birth_day, class_name, guardian_name, guardian_email,
       guardian_phone, guardian_address
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
-- out: id u64, last_name str, first_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str, version u32
SELECT id, last_name, first_name, birth_day, class_name, guardian_name, guardian_email,
       guardian_phone, guardian_address, version
FROM trainee
WHERE id = :id AND origin_id = :viewer
FOR UPDATE;

-- name: trainee_delete :exec
-- in: id u64
DELETE FROM trainee WHERE id = :id;

-- Whether it was ever registered: then its history is kept, and so is the trainee; or waits for a
-- place.
-- name: trainee_registrations :one
-- in: id u64
-- out: total u64
SELECT (SELECT COUNT(*) FROM registration WHERE trainee_id = :id)
       + (SELECT COUNT(*) FROM waiting WHERE trainee_id = :id AND active = 1);

-- name: trainee_waiting :many
-- in: trainee_id u64, viewer u64
-- out: placement_id u64, title str, host_name str, first_day date
SELECT p.id, p.title, h.name, p.first_day
FROM waiting w
JOIN trainee t ON t.id = w.trainee_id
JOIN placement p ON p.id = w.placement_id
JOIN establishment h ON h.id = p.host_id
WHERE w.trainee_id = :trainee_id AND w.active = 1 AND t.origin_id = :viewer
ORDER BY p.first_day, w.id;

-- A school's trainees. filter: "" for all; none: on no placement; open: with a convention that is
-- not validated; validated: with conventions, all of them validated; lacking: without all that a
-- registration needs. class_name: "" for all.
-- name: trainee_list :many
-- in: viewer u64, pattern str, class_name str, filter str, limit u64, offset u64
-- out: id u64, last_name str, first_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str, not_returned u64, pending u64, validated u64
-- choice: order name "t.folded_name, t.id" | name_desc "t.folded_name DESC, t.id DESC" | first_name "t.first_name, t.folded_name, t.id" | first_name_desc "t.first_name DESC, t.folded_name, t.id" | class "t.class_name, t.folded_name, t.id" | class_desc "t.class_name DESC, t.folded_name, t.id" | birth "t.birth_day, t.folded_name, t.id" | birth_desc "t.birth_day DESC, t.folded_name, t.id"
SELECT t.id, t.last_name, t.first_name, t.birth_day, t.class_name, t.guardian_name,
       t.guardian_email, t.guardian_phone, t.guardian_address,
       (SELECT COUNT(*) FROM registration r JOIN convention c ON c.registration_id = r.id
        WHERE r.trainee_id = t.id AND c.state = 'not_returned'),
       (SELECT COUNT(*) FROM registration r JOIN convention c ON c.registration_id = r.id
        WHERE r.trainee_id = t.id AND c.state = 'pending'),
       (SELECT COUNT(*) FROM registration r JOIN convention c ON c.registration_id = r.id
        WHERE r.trainee_id = t.id AND c.state = 'validated')
FROM trainee t
WHERE t.origin_id = :viewer
  AND (:class_name = '' OR t.class_name = :class_name)
  AND (:pattern = '%' OR CONCAT(REPLACE(t.folded_name, '/', ' '), ' ',
                                SUBSTRING_INDEX(t.folded_name, '/', 1)) LIKE :pattern
       OR t.class_name LIKE :pattern OR t.guardian_name LIKE :pattern)
  AND (:filter = ''
       OR (:filter = 'none' AND NOT EXISTS (
             SELECT 1 FROM registration r WHERE r.trainee_id = t.id AND r.active = 1))
       OR (:filter = 'open' AND EXISTS (
             SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id
             WHERE r.trainee_id = t.id AND c.state IN ('not_returned', 'pending')))
       OR (:filter = 'validated' AND EXISTS (
             SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id
             WHERE r.trainee_id = t.id AND c.state = 'validated') AND NOT EXISTS (
             SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id
             WHERE r.trainee_id = t.id AND c.state IN ('not_returned', 'pending')))
       OR (:filter = 'lacking' AND (t.guardian_name = '' OR t.guardian_email = ''
                                    OR t.guardian_phone = '')))
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- What is not asked for is not read: all of a class are counted by an index alone.
-- name: trainee_count :one
-- in: viewer u64, pattern str, class_name str, filter str
-- out: total u64
-- choice: search none "" | some "AND (CONCAT(REPLACE(t.folded_name, '/', ' '), ' ', SUBSTRING_INDEX(t.folded_name, '/', 1)) LIKE :pattern OR t.class_name LIKE :pattern OR t.guardian_name LIKE :pattern)"
-- choice: of all "" | some "AND ((:filter = 'none' AND NOT EXISTS ( SELECT 1 FROM registration r WHERE r.trainee_id = t.id AND r.active = 1)) OR (:filter = 'open' AND EXISTS ( SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id WHERE r.trainee_id = t.id AND c.state IN ('not_returned', 'pending'))) OR (:filter = 'validated' AND EXISTS ( SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id WHERE r.trainee_id = t.id AND c.state = 'validated') AND NOT EXISTS ( SELECT 1 FROM registration r JOIN convention c ON c.registration_id = r.id WHERE r.trainee_id = t.id AND c.state IN ('not_returned', 'pending'))) OR (:filter = 'lacking' AND (t.guardian_name = '' OR t.guardian_email = '' OR t.guardian_phone = '')))"
SELECT COUNT(*)
FROM trainee t
WHERE t.origin_id = :viewer
  AND (:class_name = '' OR t.class_name = :class_name) {search} {of};

-- name: trainee_classes :many
-- in: viewer u64
-- out: class_name str, total u64
SELECT MIN(class_name), COUNT(*)
FROM trainee
WHERE origin_id = :viewer
GROUP BY class_name
ORDER BY class_name;

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

-- All of a trainee's conventions; open ones are not yet returned.
-- name: trainee_papers :many
-- in: trainee_id u64
-- out: convention_id u64, state str
SELECT c.id, c.state
FROM convention c
JOIN registration r ON r.id = c.registration_id
WHERE r.trainee_id = :trainee_id
ORDER BY c.id
FOR UPDATE;

-- Who of a class can go to that placement: conventions are those on it.
-- name: trainee_group :many
-- in: viewer u64, class_name str, placement_id u64
-- out: id u64, last_name str, first_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str, convention_id ?u64
SELECT t.id, t.last_name, t.first_name, t.birth_day, t.class_name, t.guardian_name,
       t.guardian_email, t.guardian_phone, t.guardian_address, c.id
FROM trainee t
LEFT JOIN registration r
       ON r.trainee_id = t.id AND r.placement_id = :placement_id AND r.active = 1
LEFT JOIN convention c ON c.registration_id = r.id
WHERE t.origin_id = :viewer AND t.class_name = :class_name
ORDER BY t.folded_name, t.id
LIMIT 200;

-- name: registration_insert :exec
-- in: placement_id u64, trainee_id u64, now time
INSERT INTO registration (placement_id, trainee_id, created_at)
VALUES (:placement_id, :trainee_id, :now);

-- name: registration_cancel :exec
-- in: id u64, now time
UPDATE registration SET active = NULL, cancelled_at = :now WHERE id = :id AND active = 1;
