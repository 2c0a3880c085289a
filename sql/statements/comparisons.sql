-- Returned files beside their originals (domain/comparison.h). Whoever may read the deposit may
-- read these.

-- The original a returned file is compared with, for its host and its origin.
-- name: comparison_original :one
-- in: convention_id u64, viewer u64
-- out: document_id u64
SELECT o.document_id
FROM convention c
JOIN convention_original o ON o.id = c.original_id
WHERE c.id = :convention_id AND (c.host_id = :viewer OR c.origin_id = :viewer);

-- name: comparison_insert :exec
-- in: deposit_id u64, boxes str, more_differences bool
INSERT INTO deposit_comparison (deposit_id, boxes, more_differences)
VALUES (:deposit_id, :boxes, :more_differences);

-- name: comparison_set_boxes :exec
-- in: deposit_id u64, boxes ?str
UPDATE convention
SET boxes = :boxes
WHERE id = (SELECT d.convention_id FROM deposit d WHERE d.id = :deposit_id);

-- name: comparison_page_insert :exec
-- in: deposit_id u64, page u32, returned u32, pairing str
INSERT INTO deposit_page (deposit_id, page, returned, pairing)
VALUES (:deposit_id, :page, :returned, :pairing);

-- name: comparison_difference_insert :exec
-- in: deposit_id u64, number u32, kind str, place str, page u32, x u32, y u32, width u32, height u32, outline str, text str
INSERT INTO deposit_difference (deposit_id, number, kind, place, page, x, y, width, height, outline,
                                text)
VALUES (:deposit_id, :number, :kind, :place, :page, :x, :y, :width, :height, :outline, :text);

-- name: comparison_by_deposit :one
-- in: deposit_id u64
-- out: boxes str, more_differences bool
SELECT boxes, more_differences FROM deposit_comparison WHERE deposit_id = :deposit_id;

-- name: comparison_pages :many
-- in: deposit_id u64
-- out: page u32, returned u32, pairing str
SELECT page, returned, pairing FROM deposit_page WHERE deposit_id = :deposit_id ORDER BY page;

-- name: comparison_differences :many
-- in: deposit_id u64
-- out: kind str, place str, page u32, x u32, y u32, width u32, height u32, outline str, text str
SELECT kind, place, page, x, y, width, height, outline, text
FROM deposit_difference
WHERE deposit_id = :deposit_id
ORDER BY page, y, x, number;
