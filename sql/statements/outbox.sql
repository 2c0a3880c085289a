-- The outbox: what mail_enqueue fills and the mailer empties.

-- name: outbox_insert :exec
-- in: public_id blob, name str, from_name str, to_address str, to_name str, reply_to str,
--     subject str, body_text str, body_html str, attachment_document_id ?u64,
--     attachment_name ?str, convention_id ?u64, establishment_id ?u64, is_secret bool, now time
INSERT INTO message (public_id, name, from_name, to_address, to_name, reply_to, subject, body_text,
                     body_html, attachment_document_id, attachment_name, convention_id,
                     establishment_id, is_secret, next_attempt_at, created_at)
VALUES (:public_id, :name, :from_name, :to_address, :to_name, :reply_to, :subject, :body_text,
        :body_html, :attachment_document_id, :attachment_name, :convention_id, :establishment_id,
        :is_secret, :now, :now);

-- How an establishment wants what is sent in its name.
-- name: outbox_manner :one
-- in: establishment_id u64
-- out: reply_to str, closing str
SELECT reply_to, closing FROM correspondence WHERE establishment_id = :establishment_id;

-- Who else gets what is sent to that address, if it is the establishment's own; what is sent to a
-- person of the establishment concerns nobody else.
-- name: outbox_copies :many
-- in: establishment_id u64, address str
-- out: address str
SELECT r.address
FROM correspondence_recipient r
JOIN establishment e ON e.id = r.establishment_id
WHERE e.id = :establishment_id AND e.email = :address AND r.address <> e.email
ORDER BY r.number;

-- The message most in need that no other mailer is claiming at this moment; locked until the
-- transaction ends. The index is forced because a sort would lock every message that is due.
-- name: outbox_due :one
-- in: now time
-- out: id u64, attempts u32
SELECT id, attempts
FROM message FORCE INDEX (message_due)
WHERE next_attempt_at <= :now
ORDER BY next_attempt_at
LIMIT 1
FOR UPDATE SKIP LOCKED;

-- name: outbox_claim :exec
-- in: id u64, mailer str, now time, lease_ends_at time
UPDATE message
SET state = 'sending', attempts = attempts + 1, claimed_at = :now, claimed_by = :mailer,
    next_attempt_at = :lease_ends_at
WHERE id = :id;

-- name: outbox_load :one
-- in: id u64
-- out: public_id blob, name str, from_name str, to_address str, to_name str, reply_to str,
--      subject str, body_text str, body_html str, attachment_document_id ?u64,
--      attachment_name ?str, created_at time
SELECT public_id, name, from_name, to_address, to_name, reply_to, subject, body_text, body_html,
       attachment_document_id, attachment_name, created_at
FROM message
WHERE id = :id;

-- The three ends of an attempt. Each changes nothing where the lease ended meanwhile, and the
-- message is another mailer's. The link of a secret one is nobody's business any more.
-- name: outbox_sent :exec
-- in: id u64, mailer str, attempts u32, now time
UPDATE message
SET state = 'sent', sent_at = :now, next_attempt_at = NULL, error_key = '', last_error = '',
    body_text = IF(is_secret, '', body_text), body_html = IF(is_secret, '', body_html)
WHERE id = :id AND state = 'sending' AND claimed_by = :mailer AND attempts = :attempts;

-- name: outbox_retry :exec
-- in: id u64, mailer str, attempts u32, next_attempt_at time, error_key str, last_error str
UPDATE message
SET state = 'queued', next_attempt_at = :next_attempt_at, error_key = :error_key,
    last_error = :last_error
WHERE id = :id AND state = 'sending' AND claimed_by = :mailer AND attempts = :attempts;

-- name: outbox_give_up :exec
-- in: id u64, mailer str, attempts u32, error_key str, last_error str
UPDATE message
SET state = 'failed', next_attempt_at = NULL, error_key = :error_key, last_error = :last_error
WHERE id = :id AND state = 'sending' AND claimed_by = :mailer AND attempts = :attempts;

-- A message of that name that is still to be sent.
-- name: outbox_open_of_name :one
-- in: name str
-- out: id u64
SELECT id FROM message
WHERE state IN ('queued', 'sending') AND name = :name
LIMIT 1;

-- What was sent, and what could not be, about a convention of the viewer's.
-- name: outbox_by_convention :many
-- in: convention_id u64, viewer u64
-- out: id u64, name str, to_name str, to_address str, state str, error_key str, created_at time,
--      sent_at ?time
SELECT m.id, m.name, m.to_name, m.to_address, m.state, m.error_key, m.created_at, m.sent_at
FROM message m
JOIN convention c ON c.id = m.convention_id
WHERE m.convention_id = :convention_id AND (c.host_id = :viewer OR c.origin_id = :viewer)
ORDER BY m.id;

-- For the operator: what was given up, and what is being tried again.
-- name: outbox_troubled :many
-- in: limit u64
-- out: id u64, name str, to_address str, state str, attempts u32, next_attempt_at ?time,
--      error_key str, last_error str, created_at time
SELECT id, name, to_address, state, attempts, next_attempt_at, error_key, last_error, created_at
FROM message
WHERE state = 'failed' OR (state IN ('queued', 'sending') AND error_key <> '')
ORDER BY state = 'failed' DESC, id DESC
LIMIT :limit;

-- How many of these there are, and how many of them were given up.
-- name: outbox_troubled_count :one
-- out: total u64, failed u64
SELECT COUNT(*), COUNT(CASE WHEN state = 'failed' THEN 1 END)
FROM message
WHERE state = 'failed' OR (state IN ('queued', 'sending') AND error_key <> '');

-- name: outbox_counts :many
-- out: state str, total u64
SELECT state, COUNT(*) FROM message GROUP BY state ORDER BY state;

-- Some of what was sent or given up before that; open messages are never old.
-- name: outbox_delete_old :exec
-- in: before time, limit u64
DELETE FROM message
WHERE state IN ('sent', 'failed') AND created_at < :before
LIMIT :limit;

-- By the operator: to be tried now, and as often as a new one.
-- name: outbox_requeue :exec
-- in: id u64, now time
UPDATE message
SET state = 'queued', attempts = 0, next_attempt_at = :now,
    error_key = CASE WHEN error_key = 'mail-abandoned' THEN '' ELSE error_key END
WHERE id = :id AND state IN ('failed', 'queued');

-- All that a list shows, but for what is sent or being sent.
-- name: outbox_requeue_all :exec
-- in: pattern str, now time
-- choice: filter troubled "(m.state = 'failed' OR m.error_key <> '')" | waiting "m.state = 'queued'" | failed "m.state = 'failed'"
UPDATE message m
SET m.state = 'queued', m.attempts = 0, m.next_attempt_at = :now,
    m.error_key = CASE WHEN m.error_key = 'mail-abandoned' THEN '' ELSE m.error_key END
WHERE m.state IN ('failed', 'queued') AND {filter}
  AND (m.to_address LIKE REPLACE(:pattern, ' ', '_') OR m.to_name LIKE REPLACE(:pattern, ' ', '_'));

-- By the operator: not to be tried any more.
-- name: outbox_abandon :exec
-- in: id u64, error_key str
UPDATE message
SET state = 'failed', next_attempt_at = NULL, error_key = :error_key
WHERE id = :id AND state = 'queued';
