-- Deposits, what was found in them, and uploads that wait for a word. An upload is its account's.

-- name: deposit_insert :exec
-- in: convention_id u64, document_id u64, account_id u64, file_name str, finding str, by_hand bool, pages u32, now time
INSERT INTO deposit (convention_id, document_id, account_id, file_name, finding, by_hand, pages,
                     created_at)
VALUES (:convention_id, :document_id, :account_id, :file_name, :finding, :by_hand, :pages, :now);

-- name: deposit_by_id :one
-- in: id u64
-- out: convention_id u64, document_id u64, sha256 blob, account_name str, file_name str, finding str, by_hand bool, pages u32, created_at time
SELECT d.convention_id, d.document_id, f.sha256, a.name, d.file_name, d.finding, d.by_hand,
       d.pages, d.created_at
FROM deposit d
JOIN document f ON f.id = d.document_id
JOIN account a ON a.id = d.account_id
WHERE d.id = :id;

-- name: deposit_signature_insert :exec
-- in: deposit_id u64, number u32, field str, signer str, issuer str, digest str, signed_at ?time, valid_from ?time, valid_until ?time, integrity bool, chain str, changes_after str, status str, indication str, proven_at ?time
INSERT INTO deposit_signature (deposit_id, number, field, signer, issuer, digest, signed_at,
                               valid_from, valid_until, integrity, chain, changes_after, status,
                               indication, proven_at)
VALUES (:deposit_id, :number, :field, :signer, :issuer, :digest, :signed_at, :valid_from,
        :valid_until, :integrity, :chain, :changes_after, :status, :indication, :proven_at);

-- name: deposit_signatures :many
-- in: deposit_id u64
-- out: field str, signer str, issuer str, signed_at ?time, valid_until ?time, integrity bool, chain str, changes_after str, status str, indication str, proven_at ?time
SELECT field, signer, issuer, signed_at, valid_until, integrity, chain, changes_after, status,
       indication, proven_at
FROM deposit_signature
WHERE deposit_id = :deposit_id
ORDER BY number;

-- name: deposit_remark_insert :exec
-- in: deposit_id u64, number u32, warning bool, sentence str, detail str
INSERT INTO deposit_remark (deposit_id, number, warning, sentence, detail)
VALUES (:deposit_id, :number, :warning, :sentence, :detail);

-- name: deposit_remarks :many
-- in: deposit_id u64
-- out: warning bool, sentence str, detail str
SELECT warning, sentence, detail FROM deposit_remark WHERE deposit_id = :deposit_id ORDER BY number;

-- name: upload_insert :exec
-- in: account_id u64, establishment_id u64, document_id u64, file_name str, now time
INSERT INTO upload (account_id, establishment_id, document_id, file_name, created_at)
VALUES (:account_id, :establishment_id, :document_id, :file_name, :now);

-- name: upload_by_id :one
-- in: id u64, account_id u64, establishment_id u64
-- out: id u64, document_id u64, file_name str
SELECT id, document_id, file_name
FROM upload
WHERE id = :id AND account_id = :account_id AND establishment_id = :establishment_id;

-- name: upload_lock :one
-- in: id u64, account_id u64, establishment_id u64
-- out: id u64, document_id u64, file_name str
SELECT id, document_id, file_name
FROM upload
WHERE id = :id AND account_id = :account_id AND establishment_id = :establishment_id
FOR UPDATE;

-- name: upload_delete :exec
-- in: id u64
DELETE FROM upload WHERE id = :id;

-- name: upload_old :many
-- in: before time
-- out: id u64, document_id u64
SELECT id, document_id FROM upload WHERE created_at < :before ORDER BY id LIMIT 500;

