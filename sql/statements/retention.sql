-- What is erased when the time for which it may be kept has passed (domain/retention.h).

-- name: retention_due :many
-- in: before date, limit u64
-- out: convention_id u64, registration_id u64, trainee_id u64, host_id u64, origin_id u64
SELECT c.id, r.id, r.trainee_id, c.host_id, c.origin_id
FROM placement p
JOIN registration r ON r.placement_id = p.id
JOIN convention c ON c.registration_id = r.id
WHERE p.last_day < :before
ORDER BY c.id
LIMIT :limit;

-- name: retention_documents :many
-- in: convention_id u64
-- out: document_id u64
SELECT document_id FROM convention_original WHERE convention_id = :convention_id
UNION
SELECT document_id FROM deposit WHERE convention_id = :convention_id
UNION
SELECT document_id FROM history WHERE convention_id = :convention_id AND document_id IS NOT NULL
UNION
SELECT attachment_document_id
FROM message
WHERE convention_id = :convention_id AND attachment_document_id IS NOT NULL;

-- name: retention_delete_messages :exec
-- in: convention_id u64
DELETE FROM message WHERE convention_id = :convention_id;

-- name: retention_delete_reminders :exec
-- in: convention_id u64
DELETE FROM reminder WHERE convention_id = :convention_id;

-- name: retention_delete_signatures :exec
-- in: convention_id u64
DELETE FROM deposit_signature
WHERE deposit_id IN (SELECT id FROM deposit WHERE convention_id = :convention_id);

-- name: retention_delete_remarks :exec
-- in: convention_id u64
DELETE FROM deposit_remark
WHERE deposit_id IN (SELECT id FROM deposit WHERE convention_id = :convention_id);

-- name: retention_delete_deposits :exec
-- in: convention_id u64
DELETE FROM deposit WHERE convention_id = :convention_id;

-- name: retention_delete_originals :exec
-- in: convention_id u64
DELETE FROM convention_original WHERE convention_id = :convention_id;

-- name: retention_delete_history :exec
-- in: convention_id u64
DELETE FROM history WHERE convention_id = :convention_id;

-- name: retention_delete_convention :exec
-- in: convention_id u64
DELETE FROM convention WHERE id = :convention_id;

-- name: retention_delete_registration :exec
-- in: registration_id u64
DELETE FROM registration WHERE id = :registration_id;

-- name: retention_delete_trainee :exec
-- in: trainee_id u64
DELETE FROM trainee
WHERE id = :trainee_id
  AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.trainee_id = trainee.id)
  AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.trainee_id = trainee.id AND w.active = 1);

-- Pupils who were entered before that, are on no placement and wait for none.
-- name: retention_delete_idle_trainees :exec
-- in: before date
DELETE FROM trainee
WHERE created_at < CAST(:before AS DATETIME)
  AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.trainee_id = trainee.id)
  AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.trainee_id = trainee.id AND w.active = 1);
