-- What the operator's pages ask for, across all establishments.

-- name: operator_establishments :many
-- in: pattern str, filter str, today date, limit u64, offset u64
-- out: id u64, uai str, name str, city str, email str, licence_end ?date, accounts u64
-- choice: order name "e.folded_name, e.id" | name_desc "e.folded_name DESC, e.id DESC" | uai "e.uai" | uai_desc "e.uai DESC" | city "e.city, e.folded_name, e.id" | city_desc "e.city DESC, e.folded_name, e.id" | licence "e.licence_ends_on, e.folded_name, e.id" | licence_desc "e.licence_ends_on DESC, e.folded_name, e.id"
SELECT e.id, e.uai, e.name, e.city, e.email, e.licence_ends_on,
       (SELECT COUNT(*) FROM account a
        WHERE a.establishment_id = e.id AND a.disabled_at IS NULL)
FROM establishment e
WHERE (e.folded_name LIKE :pattern OR CONVERT(e.uai USING utf8mb4) LIKE :pattern
       OR e.city LIKE REPLACE(:pattern, ' ', '_') OR e.postal_code LIKE :pattern)
  AND (:filter = 'all'
       OR (:filter = 'soon' AND DATEDIFF(e.licence_ends_on, :today) BETWEEN 0 AND 30)
       OR (:filter = 'ended' AND e.licence_ends_on < :today)
       OR (:filter = 'none' AND e.licence_ends_on IS NULL)
       OR (:filter = 'empty' AND NOT EXISTS (SELECT 1 FROM account a
                                             WHERE a.establishment_id = e.id
                                               AND a.disabled_at IS NULL)))
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- How many of them there are, by what becomes of their licence; empty: nobody can act for it.
-- name: operator_establishment_counts :one
-- in: pattern str, today date
-- out: all u64, soon u64, ended u64, none u64, empty u64
SELECT COUNT(*), COUNT(CASE WHEN DATEDIFF(e.licence_ends_on, :today) BETWEEN 0 AND 30 THEN 1 END),
       COUNT(CASE WHEN e.licence_ends_on < :today THEN 1 END),
       COUNT(CASE WHEN e.licence_ends_on IS NULL THEN 1 END),
       COUNT(CASE WHEN NOT EXISTS (SELECT 1 FROM account a
                                   WHERE a.establishment_id = e.id AND a.disabled_at IS NULL)
                  THEN 1 END)
FROM establishment e
WHERE e.folded_name LIKE :pattern OR CONVERT(e.uai USING utf8mb4) LIKE :pattern
   OR e.city LIKE REPLACE(:pattern, ' ', '_') OR e.postal_code LIKE :pattern;

-- How much an establishment has; of trainees the number alone.
-- name: operator_establishment_sums :one
-- in: id u64
-- out: created_at time, licence_end ?date, placements u64, trainees u64, as_host u64, as_origin u64, mails_failed u64
SELECT e.created_at, e.licence_ends_on,
       (SELECT COUNT(*) FROM placement WHERE host_id = e.id),
       (SELECT COUNT(*) FROM trainee WHERE origin_id = e.id),
       (SELECT COUNT(*) FROM convention WHERE host_id = e.id),
       (SELECT COUNT(*) FROM convention WHERE origin_id = e.id),
       (SELECT COUNT(*) FROM message WHERE establishment_id = e.id AND state = 'failed')
FROM establishment e
WHERE e.id = :id;

-- name: operator_licences :many
-- in: establishment_id u64
-- out: starts_on date, ends_on date, created_at time, author ?str, told_at ?time
SELECT l.starts_on, l.ends_on, l.created_at, a.name,
       (SELECT MAX(n.sent_at) FROM licence_notice n
        WHERE n.establishment_id = l.establishment_id AND n.ends_on = l.ends_on)
FROM licence l
LEFT JOIN account a ON a.id = l.account_id
WHERE l.establishment_id = :establishment_id
ORDER BY l.starts_on DESC, l.id DESC;

-- What a renewal begins with: the day after the last licence, or today; and a year of it.
-- name: operator_licence_next :one
-- in: establishment_id u64, today date
-- out: starts_on date, ends_on date
SELECT n.starts_on, CAST(n.starts_on + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE)
FROM (SELECT CAST(CASE WHEN MAX(ends_on) >= :today THEN MAX(ends_on) + INTERVAL 1 DAY
                       ELSE :today END AS DATE) AS starts_on
      FROM licence
      WHERE establishment_id = :establishment_id) n;

-- Who has an account there.
-- name: operator_establishment_accounts :many
-- in: establishment_id u64
-- out: id u64, name str, email str, role str, disabled bool
SELECT id, name, email, role, disabled_at IS NOT NULL
FROM account
WHERE establishment_id = :establishment_id
ORDER BY disabled_at IS NOT NULL, role, name, id
LIMIT 100;

-- E-mail messages. Subjects and attachments' names tell who the trainee is, so that lists leave
-- them out.

-- name: operator_mails :many
-- in: pattern str, limit u64, offset u64
-- out: id u64, name str, to_address str, convention_id ?u64, state str, attempts u32, next_attempt_at ?time, error_key str, last_error str, created_at time
-- choice: filter troubled "m.state IN ('failed', 'queued', 'sending') AND (m.state = 'failed' OR m.error_key <> '')" | waiting "m.state IN ('queued', 'sending')" | failed "m.state = 'failed'" | sent "m.state = 'sent'" | all "m.id > 0"
-- choice: order date "m.id" | date_desc "m.id DESC" | recipient "m.to_address, m.id" | recipient_desc "m.to_address DESC, m.id DESC"
SELECT m.id, m.name, m.to_address, m.convention_id, m.state, m.attempts, m.next_attempt_at,
       m.error_key, m.last_error, m.created_at
FROM message m
WHERE {filter}
  AND (m.to_address LIKE REPLACE(:pattern, ' ', '_') OR m.to_name LIKE REPLACE(:pattern, ' ', '_'))
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- How many of them there are, and how many of these can be sent anew.
-- name: operator_mail_count :one
-- in: pattern str
-- out: total u64, open u64
-- choice: filter troubled "m.state IN ('failed', 'queued', 'sending') AND (m.state = 'failed' OR m.error_key <> '')" | waiting "m.state IN ('queued', 'sending')" | failed "m.state = 'failed'" | sent "m.state = 'sent'" | all "m.id > 0"
SELECT COUNT(*), COUNT(CASE WHEN m.state IN ('failed', 'queued') THEN 1 END)
FROM message m
WHERE {filter}
  AND (m.to_address LIKE REPLACE(:pattern, ' ', '_') OR m.to_name LIKE REPLACE(:pattern, ' ', '_'));

-- name: operator_mails_retrying :one
-- out: total u64
SELECT COUNT(*) FROM message WHERE state IN ('queued', 'sending') AND error_key <> '';

-- The subject with three dots for the trainee's name; NULL where a message about a convention has
-- another name in it than the trainee has now.
-- name: operator_mail :one
-- in: id u64
-- out: name str, to_address str, to_name str, subject ?str, public_id blob, has_attachment bool, convention_id ?u64, establishment_id ?u64, establishment ?str, state str, attempts u32, next_attempt_at ?time, error_key str, last_error str, created_at time, sent_at ?time
SELECT m.name, m.to_address, m.to_name,
       CASE WHEN m.convention_id IS NULL THEN m.subject
            WHEN INSTR(m.subject, CONCAT(t.first_name, ' ', t.last_name)) > 0
            THEN REPLACE(m.subject, CONCAT(t.first_name, ' ', t.last_name), '…') END,
       m.public_id, m.attachment_document_id IS NOT NULL, m.convention_id, m.establishment_id,
       e.name, m.state, m.attempts, m.next_attempt_at, m.error_key, m.last_error, m.created_at,
       m.sent_at
FROM message m
LEFT JOIN establishment e ON e.id = m.establishment_id
LEFT JOIN convention c ON c.id = m.convention_id
LEFT JOIN registration r ON r.id = c.registration_id
LEFT JOIN trainee t ON t.id = r.trainee_id
WHERE m.id = :id;

-- The history across all establishments: never who the trainee is, nor a reason, which may tell.
-- A page's events are found alone; what they lead to is read for these few.
-- name: operator_history :many
-- in: from_time time, until_time time, event str, school str, uai str, actor str, convention u64, limit u64, offset u64
-- out: id u64, convention_id u64, sequence u32, event str, actor_name str, actor_establishment str, created_at time, address str, host_id u64, host_name str, origin_id u64, origin_name str, title str, first_day date
-- choice: order time "h.id" | time_desc "h.id DESC"
-- choice: of all "" | school "JOIN convention c ON c.id = h.convention_id JOIN establishment ho ON ho.id = c.host_id JOIN establishment o ON o.id = c.origin_id AND (ho.folded_name LIKE :school OR o.folded_name LIKE :school OR CONVERT(ho.uai USING utf8mb4) = :uai OR CONVERT(o.uai USING utf8mb4) = :uai)"
-- choice: by anybody "" | somebody "AND h.actor_name LIKE REPLACE(:actor, ' ', '_')"
SELECT STRAIGHT_JOIN h.id, h.convention_id, h.sequence, h.event, h.actor_name,
       h.actor_establishment, h.created_at, h.address, c.host_id, ho.name, c.origin_id, o.name,
       p.title, c.first_day
FROM (SELECT h.id
      FROM history h {of}
      WHERE h.created_at >= :from_time AND h.created_at < :until_time
        AND (:event = '' OR h.event = :event)
        AND (:convention = 0 OR h.convention_id = :convention) {by}
      ORDER BY {order}
      LIMIT :limit OFFSET :offset) page
JOIN history h ON h.id = page.id
JOIN convention c ON c.id = h.convention_id
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
JOIN establishment ho ON ho.id = c.host_id
JOIN establishment o ON o.id = c.origin_id
ORDER BY {order};

-- name: operator_history_count :one
-- in: from_time time, until_time time, event str, school str, uai str, actor str, convention u64
-- out: total u64
-- choice: what any "" | one "AND h.event = :event"
-- choice: on all "" | one "AND h.convention_id = :convention"
-- choice: of all "" | school "JOIN convention c ON c.id = h.convention_id JOIN establishment ho ON ho.id = c.host_id JOIN establishment o ON o.id = c.origin_id AND (ho.folded_name LIKE :school OR o.folded_name LIKE :school OR CONVERT(ho.uai USING utf8mb4) = :uai OR CONVERT(o.uai USING utf8mb4) = :uai)"
-- choice: by anybody "" | somebody "AND h.actor_name LIKE REPLACE(:actor, ' ', '_')"
SELECT COUNT(*)
FROM history h {of}
WHERE h.created_at >= :from_time AND h.created_at < :until_time {what} {on} {by};

-- Checks of the history's chains.

-- name: history_check_insert :exec
-- in: account_id u64, now time
INSERT INTO history_check (account_id, started_at) VALUES (:account_id, :now);

-- The last one, finished or not.
-- name: history_check_last :one
-- out: id u64, account str, started_at time, finished_at ?time, checked_to u64, conventions u64, events u64, broken u64
SELECT h.id, a.name, h.started_at, h.finished_at, h.checked_to, h.conventions, h.events, h.broken
FROM history_check h
JOIN account a ON a.id = h.account_id
ORDER BY h.id DESC
LIMIT 1;

-- Changes nothing where another went on meanwhile.
-- name: history_check_advance :exec
-- in: id u64, seen u64, checked_to u64, conventions u64, events u64, broken u64, finished_at ?time
UPDATE history_check
SET checked_to = :checked_to, conventions = conventions + :conventions, events = events + :events,
    broken = broken + :broken, finished_at = :finished_at
WHERE id = :id AND checked_to = :seen AND finished_at IS NULL;

-- name: history_fault_insert :exec
-- in: check_id u64, convention_id u64, sequence u32, kind str
INSERT INTO history_fault (check_id, convention_id, sequence, kind)
VALUES (:check_id, :convention_id, :sequence, :kind);

-- name: history_convention_count :one
-- out: total u64
SELECT COUNT(*) FROM convention;

-- The first of what a check found, with the row of the history that is there now, if any.
-- name: operator_history_faults :many
-- in: check_id u64
-- out: convention_id u64, sequence u32, kind str, event ?str, created_at ?time, host_name str, origin_name str
SELECT f.convention_id, f.sequence, f.kind, h.event, h.created_at, ho.name, o.name
FROM history_fault f
JOIN convention c ON c.id = f.convention_id
JOIN establishment ho ON ho.id = c.host_id
JOIN establishment o ON o.id = c.origin_id
LEFT JOIN history h ON h.convention_id = f.convention_id AND h.sequence = f.sequence
WHERE f.check_id = :check_id
ORDER BY f.convention_id
LIMIT 100;

-- Accounts of all establishments. like is for the name and the address, pattern for folded names.
-- filter: all, operator, admin, member, never (signed in), disabled.
-- name: operator_accounts :many
-- in: like str, pattern str, filter str, limit u64, offset u64
-- out: id u64, name str, email str, role str, disabled bool, last_sign_in_at ?time, establishment_id ?u64, establishment ?str
-- choice: order name "a.name, a.id" | name_desc "a.name DESC, a.id" | email "a.email" | email_desc "a.email DESC" | school "e.folded_name, a.name, a.id" | school_desc "e.folded_name DESC, a.name, a.id" | came "a.last_sign_in_at, a.id" | came_desc "a.last_sign_in_at DESC, a.id"
SELECT a.id, a.name, a.email, a.role, a.disabled_at IS NOT NULL, a.last_sign_in_at, e.id, e.name
FROM account a
LEFT JOIN establishment e ON e.id = a.establishment_id
WHERE (CONCAT(a.name, ' ', a.email) LIKE :like ESCAPE '!' OR e.folded_name LIKE :pattern
       OR CONVERT(e.uai USING utf8mb4) LIKE :pattern)
  AND (:filter = 'all' OR (:filter = 'disabled' AND a.disabled_at IS NOT NULL)
       OR (:filter = 'never' AND a.last_sign_in_at IS NULL AND a.disabled_at IS NULL)
       OR (:filter = a.role AND a.disabled_at IS NULL))
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- How many a search finds, and how many are invited.
-- name: operator_account_counts :one
-- in: like str, pattern str
-- out: all u64, operators u64, admins u64, members u64, never u64, disabled u64, invited u64
SELECT COUNT(*), COUNT(CASE WHEN a.role = 'operator' AND a.disabled_at IS NULL THEN 1 END),
       COUNT(CASE WHEN a.role = 'admin' AND a.disabled_at IS NULL THEN 1 END),
       COUNT(CASE WHEN a.role = 'member' AND a.disabled_at IS NULL THEN 1 END),
       COUNT(CASE WHEN a.last_sign_in_at IS NULL AND a.disabled_at IS NULL THEN 1 END),
       COUNT(a.disabled_at),
       (SELECT COUNT(*)
        FROM invitation i
        LEFT JOIN establishment o ON o.id = i.establishment_id
        WHERE i.email LIKE :like ESCAPE '!' OR o.folded_name LIKE :pattern
           OR CONVERT(o.uai USING utf8mb4) LIKE :pattern)
FROM account a
LEFT JOIN establishment e ON e.id = a.establishment_id
WHERE CONCAT(a.name, ' ', a.email) LIKE :like ESCAPE '!' OR e.folded_name LIKE :pattern
   OR CONVERT(e.uai USING utf8mb4) LIKE :pattern;

-- With what became of the mail, as member_list has it.
-- name: operator_invitations :many
-- in: like str, pattern str, limit u64, offset u64
-- out: id u64, email str, role str, establishment_id ?u64, establishment ?str, created_at time, expires_at time, mail_failed bool, mail_error str
SELECT i.id, i.email, i.role, e.id, e.name, i.created_at, i.expires_at,
       COALESCE(t.state = 'failed', FALSE), COALESCE(t.error_key, '')
FROM invitation i
LEFT JOIN establishment e ON e.id = i.establishment_id
LEFT JOIN message t ON t.id = (
          SELECT MAX(x.id) FROM message x
          WHERE x.establishment_id <=> i.establishment_id
            AND x.state IN ('failed', 'queued', 'sending') AND x.name = 'account-invitation'
            AND x.to_address = i.email AND x.created_at >= i.expires_at - INTERVAL 7 DAY)
WHERE i.email LIKE :like ESCAPE '!' OR e.folded_name LIKE :pattern
   OR CONVERT(e.uai USING utf8mb4) LIKE :pattern
ORDER BY i.created_at DESC, i.id DESC
LIMIT :limit OFFSET :offset;

-- name: operator_account :one
-- in: id u64, now time, idle_since time
-- out: id u64, name str, email str, role str, disabled_at ?time, created_at time, last_sign_in_at ?time, version u32, establishment_id ?u64, uai ?str, establishment ?str, sessions u64, has_factor bool
SELECT a.id, a.name, a.email, a.role, a.disabled_at, a.created_at, a.last_sign_in_at, a.version,
       e.id, e.uai, e.name,
       (SELECT COUNT(*) FROM session s
        WHERE s.account_id = a.id AND s.expires_at > :now AND s.seen_at > :idle_since),
       EXISTS (SELECT 1 FROM second_factor f
               WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL)
FROM account a
LEFT JOIN establishment e ON e.id = a.establishment_id
WHERE a.id = :id;

-- How much there is, for the dashboard.
-- name: operator_totals :one
-- in: today date
-- out: establishments u64, accounts u64, placements u64
SELECT (SELECT COUNT(*) FROM establishment),
       (SELECT COUNT(*) FROM account WHERE disabled_at IS NULL),
       (SELECT COUNT(*) FROM placement WHERE state = 'published' AND first_day >= :today);
