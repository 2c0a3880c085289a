-- Conventions: their moves, lists, originals, deposits and history. A statement that serves an
-- establishment takes its id as viewer, and finds nothing of another's.

-- name: convention_insert :exec
-- in: registration_id u64, host_id u64, origin_id u64, first_day date, folded_trainee str, folded_search str, now time
INSERT INTO convention (registration_id, host_id, origin_id, first_day, folded_trainee,
                        folded_search, state, created_at)
VALUES (:registration_id, :host_id, :origin_id, :first_day, :folded_trainee, :folded_search,
        'not_returned', :now);

-- name: convention_lock :one
-- in: id u64, viewer u64
-- out: id u64, registration_id u64, host_id u64, origin_id u64, state str, original_id u64, original_document_id u64, deposit_id ?u64, deposit_document_id ?u64, version u32, history_length u32, history_head ?blob
SELECT c.id, c.registration_id, c.host_id, c.origin_id, c.state, c.original_id, o.document_id,
       c.deposit_id, d.document_id, c.version, c.history_length, c.history_head
FROM convention c
JOIN convention_original o ON o.id = c.original_id
LEFT JOIN deposit d ON d.id = c.deposit_id
WHERE c.id = :id AND (c.host_id = :viewer OR c.origin_id = :viewer)
FOR UPDATE;

-- name: convention_move :exec
-- in: id u64, state str, incomplete_reason ?str, deposit_id ?u64, history_length u32, history_head blob
UPDATE convention
SET state = :state, incomplete_reason = :incomplete_reason, deposit_id = :deposit_id,
    history_length = :history_length, history_head = :history_head, version = version + 1
WHERE id = :id;

-- name: convention_set_original :exec
-- in: id u64, original_id u64, folded_trainee str, folded_search str, first_day date
UPDATE convention
SET original_id = :original_id, folded_trainee = :folded_trainee, folded_search = :folded_search,
    first_day = :first_day, version = version + 1
WHERE id = :id;

-- name: convention_set_history :exec
-- in: id u64, history_length u32, history_head blob
UPDATE convention SET history_length = :history_length, history_head = :history_head
WHERE id = :id;

-- What lists find and sort it by, where its original stays.
-- name: convention_set_search :exec
-- in: id u64, folded_trainee str, folded_search str, first_day date
UPDATE convention
SET folded_trainee = :folded_trainee, folded_search = :folded_search, first_day = :first_day
WHERE id = :id;

-- The same where its origin has another name: the text ends with that name, the placement's title
-- and the day (domain/original.c). A convention that was cancelled may end otherwise, and stays.
-- name: convention_rename_origin :exec
-- in: origin_id u64, before str, after str
UPDATE convention c
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
SET c.folded_search =
    CONCAT(LEFT(c.folded_search, CHAR_LENGTH(c.folded_search) - CHAR_LENGTH(:before)
                - CHAR_LENGTH(p.folded_title) - CHAR_LENGTH(' 00 00 0000') - 1),
           :after, ' ', p.folded_title, DATE_FORMAT(c.first_day, ' %d %m %Y'))
WHERE c.origin_id = :origin_id
  AND c.folded_search LIKE CONCAT('% ', :before, ' ', p.folded_title,
                                  DATE_FORMAT(c.first_day, ' %d %m %Y'));

-- name: convention_placement :one
-- in: id u64, viewer u64
-- out: placement_id u64
SELECT r.placement_id
FROM convention c
JOIN registration r ON r.id = c.registration_id
WHERE c.id = :id AND (c.host_id = :viewer OR c.origin_id = :viewer);

-- name: convention_original_insert :exec
-- in: convention_id u64, public_id blob, short_code str, document_id u64, pages u32, now time
INSERT INTO convention_original (convention_id, public_id, short_code, document_id, pages,
                                 created_at)
VALUES (:convention_id, :public_id, :short_code, :document_id, :pages, :now);

-- name: convention_original_replace :exec
-- in: id u64, now time
UPDATE convention_original SET replaced_at = :now WHERE id = :id;

-- Whose the identification is; who may know it is asked of the answer.
-- name: convention_by_public_id :one
-- in: public_id blob
-- out: convention_id u64, document_id u64, pages u32, replaced_at ?time, host_id u64, origin_id u64
SELECT o.convention_id, o.document_id, o.pages, o.replaced_at, c.host_id, c.origin_id
FROM convention_original o
JOIN convention c ON c.id = o.convention_id
WHERE o.public_id = :public_id;

-- name: convention_by_short_code :one
-- in: short_code str
-- out: convention_id u64, document_id u64, pages u32, replaced_at ?time, host_id u64, origin_id u64
SELECT o.convention_id, o.document_id, o.pages, o.replaced_at, c.host_id, c.origin_id
FROM convention_original o
JOIN convention c ON c.id = o.convention_id
WHERE o.short_code = :short_code;

-- name: convention_sheet :one
-- in: id u64, viewer u64
-- out: id u64, host_id u64, origin_id u64, state str, incomplete_reason ?str, version u32, deposit_id ?u64, placement_id u64, trainee_id u64, title str, first_day date, last_day date, last_name str, first_name str, class_name str, guardian_name str, host_name str, origin_name str, short_code str, original_document_id u64, original_pages u32, deposit_document_id ?u64
SELECT c.id, c.host_id, c.origin_id, c.state, c.incomplete_reason, c.version, c.deposit_id, p.id, t.id, p.title, p.first_day, p.last_day, t.last_name,
       t.first_name, t.class_name, t.guardian_name, h.name, o.name, original.short_code,
       original.document_id, original.pages, d.document_id
FROM convention c
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
JOIN trainee t ON t.id = r.trainee_id
JOIN establishment h ON h.id = c.host_id
JOIN establishment o ON o.id = c.origin_id
JOIN convention_original original ON original.id = c.original_id
LEFT JOIN deposit d ON d.id = c.deposit_id
WHERE c.id = :id AND (c.host_id = :viewer OR c.origin_id = :viewer);

-- Everything the paper says, read in the transaction that draws it.
-- name: convention_paper :one
-- in: id u64
-- out: host_id u64, origin_id u64, title str, course str, first_day date, last_day date, starts_at str, ends_at str, place str, person_name str, person_phone str, meals str, transport str, last_name str, first_name str, folded_name str, birth_day date, class_name str, guardian_name str, guardian_email str, guardian_phone str, guardian_address str, created_at time
SELECT c.host_id, c.origin_id, p.title, p.course, p.first_day, p.last_day, p.starts_at, p.ends_at,
       p.place, p.person_name, p.person_phone, p.meals, p.transport, t.last_name, t.first_name,
       t.folded_name, t.birth_day, t.class_name, t.guardian_name, t.guardian_email,
       t.guardian_phone, t.guardian_address, c.created_at
FROM convention c
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
JOIN trainee t ON t.id = r.trainee_id
WHERE c.id = :id;

-- What the filter asks for is read only where there is one: from and until, an origin's id or 0,
-- findings of deposits ("altered,unknown") or NULL. A page's conventions are found and sorted alone;
-- what they lead to is read for these few. Among the first are the viewer's first by name, so many
-- (reach) as host and so many as origin, each found by an index.
-- name: convention_list :many
-- in: viewer u64, state str, pattern str, from ?date, until ?date, origin u64, incomplete bool,
--     findings ?str, reach u64, limit u64, offset u64
-- out: id u64, version u32, incomplete bool, as_host bool, last_name str, first_name str, guardian_name str, origin_name str, placement_id u64, first_day date, boxes ?str
-- choice: order name "c.folded_trainee, c.id" | name_desc "c.folded_trainee DESC, c.id DESC" | first_name "(SELECT t.first_name FROM registration r JOIN trainee t ON t.id = r.trainee_id WHERE r.id = c.registration_id), c.folded_trainee, c.id" | first_name_desc "(SELECT t.first_name FROM registration r JOIN trainee t ON t.id = r.trainee_id WHERE r.id = c.registration_id) DESC, c.folded_trainee, c.id" | guardian "(SELECT t.guardian_name FROM registration r JOIN trainee t ON t.id = r.trainee_id WHERE r.id = c.registration_id), c.folded_trainee, c.id" | guardian_desc "(SELECT t.guardian_name FROM registration r JOIN trainee t ON t.id = r.trainee_id WHERE r.id = c.registration_id) DESC, c.folded_trainee, c.id" | origin "(SELECT o.folded_name FROM establishment o WHERE o.id = c.origin_id), c.folded_trainee, c.id" | origin_desc "(SELECT o.folded_name FROM establishment o WHERE o.id = c.origin_id) DESC, c.folded_trainee, c.id" | day "c.first_day, c.folded_trainee, c.id" | day_desc "c.first_day DESC, c.folded_trainee, c.id"
-- choice: among all "convention c WHERE (c.host_id = :viewer OR c.origin_id = :viewer) AND c.state = :state" | first "((SELECT c.id FROM convention c WHERE c.host_id = :viewer AND c.state = :state ORDER BY c.folded_trainee, c.id LIMIT :reach) UNION ALL (SELECT c.id FROM convention c WHERE c.origin_id = :viewer AND c.host_id <> :viewer AND c.state = :state ORDER BY c.folded_trainee, c.id LIMIT :reach)) near JOIN convention c ON c.id = near.id WHERE c.state = :state"
-- choice: search none "" | some "AND c.folded_search LIKE :pattern"
-- choice: filter none "" | some "AND c.first_day BETWEEN :from AND :until AND (:origin = 0 OR c.origin_id = :origin) AND (:incomplete = FALSE OR c.incomplete) AND (:findings IS NULL OR EXISTS (SELECT 1 FROM deposit d WHERE d.id = c.deposit_id AND FIND_IN_SET(d.finding, :findings) > 0))"
SELECT STRAIGHT_JOIN c.id, c.version, c.incomplete, c.host_id = :viewer, t.last_name, t.first_name,
       t.guardian_name, o.name, r.placement_id, c.first_day, c.boxes
FROM (SELECT c.id
      FROM {among} {search} {filter}
      ORDER BY {order}
      LIMIT :limit OFFSET :offset) page
JOIN convention c ON c.id = page.id
JOIN registration r ON r.id = c.registration_id
JOIN trainee t ON t.id = r.trainee_id
JOIN establishment o ON o.id = c.origin_id
ORDER BY {order};

-- name: convention_count :one
-- in: viewer u64, state str, pattern str, from ?date, until ?date, origin u64, incomplete bool,
--     findings ?str
-- out: total u64
-- choice: search none "" | some "AND c.folded_search LIKE :pattern"
-- choice: filter none "" | some "AND c.first_day BETWEEN :from AND :until AND (:origin = 0 OR c.origin_id = :origin) AND (:incomplete = FALSE OR c.incomplete) AND (:findings IS NULL OR EXISTS (SELECT 1 FROM deposit d WHERE d.id = c.deposit_id AND FIND_IN_SET(d.finding, :findings) > 0))"
SELECT (SELECT COUNT(*)
        FROM convention c
        WHERE c.host_id = :viewer AND c.state = :state {search} {filter})
       + (SELECT COUNT(*)
          FROM convention c
          WHERE c.origin_id = :viewer AND c.host_id <> :viewer AND c.state = :state {search} {filter});

-- The schools whose conventions the viewer sees.
-- name: convention_origins :many
-- in: viewer u64
-- out: id u64, name str
SELECT o.id, o.name
FROM establishment o
WHERE o.id IN (SELECT DISTINCT c.origin_id FROM convention c WHERE c.host_id = :viewer)
   OR (o.id = :viewer AND EXISTS (SELECT 1 FROM convention c WHERE c.origin_id = :viewer))
ORDER BY o.folded_name, o.id
LIMIT 500;

-- name: convention_counts :many
-- in: viewer u64
-- out: state str, total u64
SELECT sides.state, CAST(SUM(sides.total) AS UNSIGNED)
FROM (SELECT state, COUNT(*) AS total FROM convention WHERE host_id = :viewer GROUP BY state
      UNION ALL
      SELECT state, COUNT(*) FROM convention
      WHERE origin_id = :viewer AND host_id <> :viewer
      GROUP BY state) sides
WHERE sides.state <> 'cancelled'
GROUP BY sides.state;

-- The conventions a deposit may be for: the viewer's as origin, and as host where its admin asks.
-- Of too many those with the nearest placements, awaited ones before returned ones; chosen is among
-- them in any case, 0 for none.
-- name: convention_open :many
-- in: viewer u64, chosen u64, pattern str, today date, limit u64
-- out: id u64, last_name str, first_name str, first_day date, title str, state str
-- choice: side origin "c.origin_id = :viewer" | both "(c.origin_id = :viewer OR c.host_id = :viewer)"
-- choice: search none "" | some "AND c.folded_search LIKE :pattern"
SELECT c.id, t.last_name, t.first_name, c.first_day, p.title, c.state
FROM (SELECT c.id
      FROM convention c
      WHERE {side} AND c.state IN ('not_returned', 'pending') {search}
      ORDER BY c.id = :chosen DESC, c.state = 'pending', ABS(DATEDIFF(c.first_day, :today)), c.id
      LIMIT :limit) near
JOIN convention c ON c.id = near.id
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
JOIN trainee t ON t.id = r.trainee_id
ORDER BY c.folded_trainee, c.first_day, c.id;

-- How many these are, counted up to the limit.
-- name: convention_open_count :one
-- in: viewer u64, pattern str, limit u64
-- out: total u64
-- choice: side origin "c.origin_id = :viewer" | both "(c.origin_id = :viewer OR c.host_id = :viewer)"
-- choice: search none "" | some "AND c.folded_search LIKE :pattern"
SELECT COUNT(*)
FROM (SELECT c.id
      FROM convention c
      WHERE {side} AND c.state IN ('not_returned', 'pending') {search}
      LIMIT :limit) some;

-- name: history_insert :exec
-- in: convention_id u64, sequence u32, event str, account_id ?u64, actor_name str, actor_establishment str, now time, address str, document_id ?u64, detail str, hash blob
INSERT INTO history (convention_id, sequence, event, account_id, actor_name, actor_establishment,
                     created_at, address, document_id, detail, hash)
VALUES (:convention_id, :sequence, :event, :account_id, :actor_name, :actor_establishment, :now,
        :address, :document_id, :detail, :hash);

-- name: history_list :many
-- in: convention_id u64
-- out: id u64, sequence u32, event str, account_id ?u64, actor_name str, actor_establishment str, created_at time, address str, document_id ?u64, detail str, hash blob
SELECT id, sequence, event, account_id, actor_name, actor_establishment, created_at, address,
       document_id, detail, hash
FROM history
WHERE convention_id = :convention_id
ORDER BY sequence;

-- name: history_last :one
-- in: convention_id u64
-- out: event str, actor_name str, actor_establishment str, created_at time
SELECT event, actor_name, actor_establishment, created_at
FROM history
WHERE convention_id = :convention_id
ORDER BY sequence DESC
LIMIT 1;

-- name: history_document :one
-- in: convention_id u64, sequence u32
-- out: document_id ?u64
SELECT document_id FROM history
WHERE convention_id = :convention_id AND sequence = :sequence;

-- name: history_chains :many
-- in: after u64
-- out: id u64, history_length u32, history_head ?blob
SELECT id, history_length, history_head
FROM convention
WHERE id > :after
ORDER BY id
LIMIT 1000;

-- One of them, which nothing can be appended to meanwhile.
-- name: history_chain_lock :one
-- in: id u64
-- out: id u64, host_id u64, origin_id u64, history_length u32, history_head ?blob
SELECT id, host_id, origin_id, history_length, history_head
FROM convention
WHERE id = :id
FOR UPDATE;

-- name: convention_notice :one
-- in: id u64
-- out: last_name str, first_name str, title str, first_day date, placement_state str, host_id u64, host_name str, host_email str, origin_id u64, origin_name str, origin_email str
SELECT t.last_name, t.first_name, p.title, p.first_day, p.state, h.id, h.name, h.email, o.id,
       o.name, o.email
FROM convention c
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
JOIN trainee t ON t.id = r.trainee_id
JOIN establishment h ON h.id = c.host_id
JOIN establishment o ON o.id = c.origin_id
WHERE c.id = :id;
