-- How establishments write and are written to, and the reminders of conventions that do not come
-- back (domain/correspondence.h, domain/reminder.h).

-- name: correspondence_by_id :one
-- in: establishment_id u64
-- out: version u32, reply_to str, closing str, remind bool, remind_origin bool, remind_host bool
SELECT version, reply_to, closing, remind, remind_origin, remind_host
FROM correspondence
WHERE establishment_id = :establishment_id;

-- name: correspondence_recipients :many
-- in: establishment_id u64
-- out: address str
SELECT address
FROM correspondence_recipient
WHERE establishment_id = :establishment_id
ORDER BY number;

-- name: correspondence_steps :many
-- in: establishment_id u64
-- out: days u32
SELECT days FROM reminder_step WHERE establishment_id = :establishment_id ORDER BY days DESC;

-- name: correspondence_insert :exec
-- in: establishment_id u64
INSERT INTO correspondence (establishment_id) VALUES (:establishment_id);

-- name: correspondence_update :exec
-- in: establishment_id u64, version u32, reply_to str, closing str, remind bool, remind_origin bool,
--     remind_host bool
UPDATE correspondence
SET version = :version, reply_to = :reply_to, closing = :closing, remind = :remind,
    remind_origin = :remind_origin, remind_host = :remind_host
WHERE establishment_id = :establishment_id;

-- name: correspondence_forget_recipients :exec
-- in: establishment_id u64
DELETE FROM correspondence_recipient WHERE establishment_id = :establishment_id;

-- name: correspondence_add_recipient :exec
-- in: establishment_id u64, number u32, address str
INSERT INTO correspondence_recipient (establishment_id, number, address)
VALUES (:establishment_id, :number, :address);

-- name: correspondence_forget_steps :exec
-- in: establishment_id u64
DELETE FROM reminder_step WHERE establishment_id = :establishment_id;

-- name: correspondence_add_step :exec
-- in: establishment_id u64, days u32
INSERT INTO reminder_step (establishment_id, days) VALUES (:establishment_id, :days);

-- A trial mail of that establishment since then.
-- name: correspondence_last_trial :one
-- in: establishment_id u64, since time
-- out: id u64
SELECT id
FROM message
WHERE establishment_id = :establishment_id AND name = 'mail-trial' AND created_at > :since
LIMIT 1;

-- Conventions whose host wants them reminded of today: of the steps that have come the last one,
-- unless the convention came into being later than that, or was reminded of at that step, at a
-- later one, or today.
-- name: reminder_due :many
-- in: today date, day_began time, limit u64
-- out: convention_id u64, days u32
SELECT c.id, s.days
FROM correspondence w
JOIN reminder_step s ON s.establishment_id = w.establishment_id
JOIN convention c ON c.host_id = w.establishment_id
WHERE w.remind AND (w.remind_origin OR w.remind_host)
  AND (c.state = 'not_returned' OR (c.state = 'pending' AND c.incomplete_reason IS NOT NULL))
  AND c.first_day > CAST(:today AS DATE)
  AND c.first_day <= CAST(:today AS DATE) + INTERVAL s.days DAY
  AND DATE(c.created_at) < c.first_day - INTERVAL s.days DAY
  AND NOT EXISTS (SELECT 1
                  FROM reminder_step later
                  WHERE later.establishment_id = w.establishment_id AND later.days < s.days
                    AND c.first_day <= CAST(:today AS DATE) + INTERVAL later.days DAY)
  AND NOT EXISTS (SELECT 1
                  FROM reminder r
                  WHERE r.convention_id = c.id
                    AND ((r.first_day = c.first_day AND r.days <= s.days)
                         OR r.sent_at >= :day_began))
ORDER BY c.id
LIMIT :limit;

-- name: reminder_lock :one
-- in: id u64
-- out: host_id u64, origin_id u64, first_day date, state str, incomplete_reason ?str, original_document_id u64, history_length u32, history_head ?blob
SELECT c.host_id, c.origin_id, c.first_day, c.state, c.incomplete_reason, o.document_id, c.history_length,
       c.history_head
FROM convention c
JOIN convention_original o ON o.id = c.original_id
WHERE c.id = :id
FOR UPDATE;

-- Whether the convention was reminded of since then; or for that day, at that step or a later one
-- (days: 0 for a reminder by hand, which no step stands in the way of).
-- name: reminder_sent :one
-- in: convention_id u64, first_day date, days u32, since time
-- out: id u64, sent_at time
SELECT id, sent_at
FROM reminder
WHERE convention_id = :convention_id
  AND (sent_at >= :since OR (first_day = :first_day AND days <= :days))
ORDER BY id DESC
LIMIT 1;

-- name: reminder_insert :exec
-- in: convention_id u64, first_day date, days ?u32, now time, summarised bool
INSERT INTO reminder (convention_id, first_day, days, sent_at, summarised)
VALUES (:convention_id, :first_day, :days, :now, :summarised);

-- Hosts that are still to be told what was sent.
-- name: reminder_hosts :many
-- in: limit u64
-- out: host_id u64
SELECT DISTINCT c.host_id
FROM reminder r
JOIN convention c ON c.id = r.convention_id
WHERE r.summarised = FALSE
LIMIT :limit;

-- Held while a host is told, so that it is told once.
-- name: reminder_summary_lock :one
-- in: host_id u64
-- out: remind_host bool, name str, email str
SELECT w.remind_host, e.name, e.email
FROM correspondence w
JOIN establishment e ON e.id = w.establishment_id
WHERE w.establishment_id = :host_id
FOR UPDATE;

-- name: reminder_summary :many
-- in: host_id u64, limit u64
-- out: id u64, last_name str, first_name str, origin str, first_day date, incomplete bool
SELECT r.id, t.last_name, t.first_name, o.name, c.first_day, c.incomplete_reason IS NOT NULL
FROM reminder r
JOIN convention c ON c.id = r.convention_id
JOIN registration g ON g.id = c.registration_id
JOIN trainee t ON t.id = g.trainee_id
JOIN establishment o ON o.id = c.origin_id
WHERE r.summarised = FALSE AND c.host_id = :host_id
ORDER BY c.first_day, c.folded_trainee, r.id
LIMIT :limit;

-- name: reminder_summarise :exec
-- in: id u64
UPDATE reminder SET summarised = TRUE WHERE id = :id;
