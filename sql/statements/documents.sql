-- Documents (db/document.h).

-- name: document_insert :exec
-- in: sha256 blob, size u64, media_type str
INSERT INTO document (sha256, size, media_type, created_at)
VALUES (:sha256, :size, :media_type, UTC_TIMESTAMP());

-- name: document_part_insert :exec
-- in: document_id u64, number u32, bytes blob
INSERT INTO document_part (document_id, number, bytes) VALUES (:document_id, :number, :bytes);

-- name: document_by_id :one
-- in: id u64
-- out: sha256 blob, size u64, media_type str, created_at time
SELECT sha256, size, media_type, created_at FROM document WHERE id = :id;

-- name: document_part_by_number :one
-- in: document_id u64, number u32
-- out: bytes blob
SELECT bytes FROM document_part WHERE document_id = :document_id AND number = :number;

-- Its parts go with it.
-- name: document_delete :exec
-- in: id u64
DELETE FROM document WHERE id = :id;
