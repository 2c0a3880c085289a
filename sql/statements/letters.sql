-- Letters: what an establishment wrote to its contacts.

-- Whom one may write to at a contact: the establishment itself (person 0), then its people.
-- name: letter_addresses :many
-- in: contact_id u64, viewer u64
-- out: contact_id u64, person_id u64, contact str, name str, job str, email str
SELECT c.id, CAST(0 AS UNSIGNED), COALESCE(e.name, c.name), COALESCE(e.name, c.name), '', COALESCE(e.email, c.email)
FROM contact c
LEFT JOIN establishment e ON e.id = c.partner_id
WHERE c.id = :contact_id AND c.owner_id = :viewer
UNION ALL
SELECT c.id, p.id, COALESCE(e.name, c.name), p.name, p.job, p.email
FROM contact c
LEFT JOIN establishment e ON e.id = c.partner_id
JOIN contact_person p ON p.contact_id = c.id
WHERE c.id = :contact_id AND c.owner_id = :viewer
ORDER BY 2;

-- One letter at a time of an establishment, so that what it may send in a day is counted right.
-- name: letter_lock :one
-- in: owner_id u64
-- out: number u64
SELECT number FROM establishment_revision WHERE establishment_id = :owner_id FOR UPDATE;

-- name: letter_by_token :one
-- in: owner_id u64, token blob
-- out: id u64
SELECT id FROM letter WHERE owner_id = :owner_id AND token = :token;

-- name: letter_sent_since :one
-- in: owner_id u64, since time
-- out: total u64
SELECT COUNT(*)
FROM letter l
JOIN letter_recipient r ON r.letter_id = l.id
WHERE l.owner_id = :owner_id AND l.created_at > :since;

-- name: letter_insert :exec
-- in: owner_id u64, account_id u64, token blob, subject str, text str, now time
INSERT INTO letter (owner_id, account_id, token, subject, text, created_at)
VALUES (:owner_id, :account_id, :token, :subject, :text, :now);

-- name: letter_recipient_insert :exec
-- in: letter_id u64, number u32, contact_id u64, name str, address str, message_id u64
INSERT INTO letter_recipient (letter_id, number, contact_id, name, address, message_id)
VALUES (:letter_id, :number, :contact_id, :name, :address, :message_id);

-- name: letter_by_id :one
-- in: id u64, viewer u64
-- out: id u64, subject str, text str, author str, created_at time
SELECT l.id, l.subject, l.text, a.name, l.created_at
FROM letter l
JOIN account a ON a.id = l.account_id
WHERE l.id = :id AND l.owner_id = :viewer;

-- state is NULL where the message was deleted since, being a year old.
-- name: letter_recipients :many
-- in: letter_id u64, viewer u64
-- out: contact_id ?u64, name str, address str, state ?str, error_key ?str, sent_at ?time
SELECT r.contact_id, r.name, r.address, m.state, m.error_key, m.sent_at
FROM letter l
JOIN letter_recipient r ON r.letter_id = l.id
LEFT JOIN message m ON m.id = r.message_id
WHERE l.id = :letter_id AND l.owner_id = :viewer
ORDER BY r.number;

-- name: letter_by_contact :many
-- in: contact_id u64, viewer u64
-- out: id u64, subject str, author str, created_at time, name str, address str, state ?str, error_key ?str
SELECT l.id, l.subject, a.name, l.created_at, r.name, r.address, m.state, m.error_key
FROM letter_recipient r
JOIN letter l ON l.id = r.letter_id
JOIN account a ON a.id = l.account_id
LEFT JOIN message m ON m.id = r.message_id
WHERE r.contact_id = :contact_id AND l.owner_id = :viewer
ORDER BY l.id DESC, r.number
LIMIT 100;
