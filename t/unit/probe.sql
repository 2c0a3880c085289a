-- Statements of t/unit/db.c, on tables of its own.

-- Every type, needed and nullable.
-- name: probe_create :exec
CREATE TABLE probe (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    label VARCHAR(50) NOT NULL UNIQUE,   -- a comment; with a semicolon, and an apostrophe's
    small INT UNSIGNED NOT NULL,
    whole BIGINT NOT NULL,
    truth BOOLEAN NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    instant DATETIME NOT NULL,
    day DATE NOT NULL,
    maybe_label VARCHAR(50) NULL,
    maybe_big BIGINT UNSIGNED NULL,
    maybe_truth BOOLEAN NULL,
    maybe_bytes BLOB NULL,
    maybe_instant DATETIME NULL,
    maybe_day DATE NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- name: probe_insert :exec
-- in: id ?u64, label str, small u32, whole i64, truth bool, bytes blob, instant time, day date,
--     maybe_label ?str, maybe_big ?u64, maybe_truth ?bool, maybe_bytes ?blob,
--     maybe_instant ?time, maybe_day ?date
INSERT INTO probe (id, label, small, whole, truth, bytes, instant, day, maybe_label, maybe_big,
                   maybe_truth, maybe_bytes, maybe_instant, maybe_day)
VALUES (:id, :label, :small, :whole, :truth, :bytes, :instant, :day, :maybe_label, :maybe_big,
        :maybe_truth, :maybe_bytes, :maybe_instant, :maybe_day);

-- name: probe_by_id :one
-- in: id u64
-- out: id u64, label str, small u32, whole i64, truth bool, bytes blob, instant time, day date,
--      maybe_label ?str, maybe_big ?u64, maybe_truth ?bool, maybe_bytes ?blob,
--      maybe_instant ?time, maybe_day ?date, shown_instant str
SELECT id, label, small, whole, truth, bytes, instant, day, maybe_label, maybe_big, maybe_truth,
       maybe_bytes, maybe_instant, maybe_day,
       DATE_FORMAT(instant, '%Y-%m-%d %H:%i:%s') AS shown_instant
FROM probe
WHERE id = :id;

-- name: probe_wrong_null :one
-- in: id u64
-- out: maybe_label str
SELECT maybe_label FROM probe WHERE id = :id;

-- name: probe_too_small :one
-- in: id u64
-- out: big u32
SELECT maybe_big AS big FROM probe WHERE id = :id;

-- name: probe_negative :one
-- in: id u64
-- out: whole u64
SELECT whole FROM probe WHERE id = :id;

-- name: probe_all :one
-- out: label str
SELECT label FROM probe;

-- The same parameter twice, one inside a choice.
-- name: probe_list :many
-- in: least u64
-- out: id u64, label str
-- choice: order up "id" | down "id DESC" | near "ABS(id - :least)"
-- choice: which any "1 = 1" | even "id % 2 = 0"
SELECT id, label FROM probe
WHERE id >= :least /* in words: from least on */ AND {which}
ORDER BY {order}, ':least', "{which}";

-- name: probe_count :one
-- out: total u64
SELECT COUNT(*) AS total FROM probe;

-- name: probe_set_small :exec
-- in: id u64, small u32
UPDATE probe SET small = :small WHERE id = :id;

-- name: probe_add :exec
-- in: id u64
UPDATE probe SET small = small + 1 WHERE id = :id;

-- name: probe_retype :exec
ALTER TABLE probe MODIFY small VARCHAR(20) NOT NULL;

-- name: probe_type_again :exec
ALTER TABLE probe MODIFY small INT UNSIGNED NOT NULL;

-- name: probe_rename :exec
ALTER TABLE probe RENAME COLUMN whole TO other;

-- name: probe_name_again :exec
ALTER TABLE probe RENAME COLUMN other TO whole;

-- name: probe_session :one
-- out: character_set str, collation_name str, zone str, modes str, isolation str
SELECT @@character_set_connection AS character_set, @@collation_connection AS collation_name,
       @@time_zone AS zone, @@sql_mode AS modes,
       (SELECT variable_value FROM information_schema.session_variables
        WHERE variable_name IN ('tx_isolation', 'transaction_isolation') LIMIT 1) AS isolation;

-- name: probe_connection :one
-- out: id u64
SELECT CONNECTION_ID() AS id;

-- name: probe_kill :exec
-- in: id u64
KILL CONNECTION :id;

-- name: probe_no_waiting :exec
SET SESSION innodb_lock_wait_timeout = 0;

-- name: probe_damage :exec
-- in: document_id u64
UPDATE document_part SET bytes = CONCAT('x', SUBSTRING(bytes, 2))
WHERE document_id = :document_id AND number = 2;

-- name: probe_lose :exec
-- in: document_id u64
DELETE FROM document_part WHERE document_id = :document_id AND number = 5;

-- name: probe_parts :one
-- in: document_id u64
-- out: parts u64, largest u64
SELECT COUNT(*) AS parts, COALESCE(MAX(LENGTH(bytes)), 0) AS largest FROM document_part
WHERE document_id = :document_id;

-- name: probe_tables :one
-- in: name str
-- out: total u64
SELECT COUNT(*) FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_name = :name;

-- name: probe_child_create :exec
CREATE TABLE probe_child (
    probe_id BIGINT UNSIGNED NOT NULL,
    FOREIGN KEY (probe_id) REFERENCES probe (id)
) ENGINE=InnoDB;

-- name: probe_child_insert :exec
-- in: probe_id u64
INSERT INTO probe_child (probe_id) VALUES (:probe_id);

-- Wrong on purpose: db_check_statements gets here only if what stands above fits.
-- name: probe_misplaced :one
-- in: id u64
-- out: id u64, maybe_big ?u64
SELECT maybe_big, id FROM probe WHERE id = :id;

-- Of t/unit/migrate.c, where its table is.
-- name: probe_words :many
-- out: id i64, text str
SELECT id, text FROM word ORDER BY id;
