-- Several conventions that wait for their depositor's word (domain/batch.h). A batch is its
-- account's.

-- name: batch_insert :exec
-- in: account_id u64, establishment_id u64, now time
INSERT INTO batch (account_id, establishment_id, created_at)
VALUES (:account_id, :establishment_id, :now);

-- name: batch_by_id :one
-- in: id u64, account_id u64, establishment_id u64
-- out: id u64, created_at time
SELECT id, created_at
FROM batch
WHERE id = :id AND account_id = :account_id AND establishment_id = :establishment_id;

-- Deposits of the same batch wait for each other.
-- name: batch_lock :one
-- in: id u64, account_id u64, establishment_id u64
-- out: id u64
SELECT id
FROM batch
WHERE id = :id AND account_id = :account_id AND establishment_id = :establishment_id
FOR UPDATE;

-- name: batch_part_insert :exec
-- in: batch_id u64, number u32, document_id ?u64, file_name str, first_page u32, pages u32, whole bool, digital bool, code str, convention_id ?u64, typed ?str, problem ?str
INSERT INTO batch_part (batch_id, number, document_id, file_name, first_page, pages, is_whole,
                        is_digital, code, convention_id, state, typed, problem)
VALUES (:batch_id, :number, :document_id, :file_name, :first_page, :pages, :whole, :digital, :code,
        :convention_id, 'waiting', :typed, :problem);

-- Whose it seems to be is shown to who may see it.
-- name: batch_parts :many
-- in: batch_id u64, viewer u64
-- out: id u64, number u32, document_id ?u64, file_name str, first_page u32, pages u32, whole bool, digital bool, code str, state str, typed ?str, problem ?str, convention_id ?u64, convention_state ?str, first_day ?date, title ?str, last_name ?str, first_name ?str, original_pages ?u32, is_origin bool
SELECT b.id, b.number, b.document_id, b.file_name, b.first_page, b.pages, b.is_whole,
       b.is_digital, b.code, b.state, b.typed, b.problem, c.id, c.state, c.first_day, p.title, t.last_name, t.first_name,
       o.pages, COALESCE(c.origin_id = :viewer, FALSE)
FROM batch_part b
LEFT JOIN convention c ON c.id = b.convention_id AND (c.host_id = :viewer OR c.origin_id = :viewer)
LEFT JOIN registration r ON r.id = c.registration_id
LEFT JOIN placement p ON p.id = r.placement_id
LEFT JOIN trainee t ON t.id = r.trainee_id
LEFT JOIN convention_original o ON o.id = c.original_id
WHERE b.batch_id = :batch_id
ORDER BY b.number;

-- name: batch_part_by_id :one
-- in: id u64, batch_id u64
-- out: id u64, document_id ?u64, state str
SELECT id, document_id, state FROM batch_part WHERE id = :id AND batch_id = :batch_id;

-- What its depositor said of one that is not deposited.
-- name: batch_part_answer :exec
-- in: id u64, batch_id u64, state str, typed str, problem ?str
UPDATE batch_part
SET state = :state, typed = :typed, problem = :problem
WHERE id = :id AND batch_id = :batch_id AND state <> 'deposited';

-- It has become that convention's; its document, if it was taken, too.
-- name: batch_part_deposited :exec
-- in: id u64, batch_id u64, convention_id u64, document_id ?u64, problem ?str
UPDATE batch_part
SET state = 'deposited', convention_id = :convention_id, document_id = :document_id,
    problem = :problem
WHERE id = :id AND batch_id = :batch_id AND state <> 'deposited';

-- name: batch_old :many
-- in: before time
-- out: id u64
SELECT id FROM batch WHERE created_at < :before ORDER BY id LIMIT 50;

-- name: batch_documents :many
-- in: batch_id u64
-- out: document_id u64
SELECT document_id FROM batch_part WHERE batch_id = :batch_id AND document_id IS NOT NULL;

-- name: batch_delete :exec
-- in: id u64
DELETE FROM batch WHERE id = :id;
