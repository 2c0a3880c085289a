-- What a host does with its placements itself (« Liste des stages »): drafts, cancellation with a
-- reason; and the waiting list of one that is full.

-- A draft is seen by its host alone.
ALTER TABLE placement
    MODIFY COLUMN state ENUM('published', 'closed', 'cancelled', 'draft') NOT NULL
        DEFAULT 'published',
    ADD COLUMN cancel_reason VARCHAR(1000) NULL;  -- what the schools were told

-- The trainees that wait for a place, in the order of id. active is 1, or NULL once the wait has
-- ended: a trainee waits for a placement once, and may wait again (see registration). It ends by a
-- registration, by the school of origin's will, or because the placement does not take place.
CREATE TABLE waiting (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    placement_id BIGINT UNSIGNED NOT NULL,
    trainee_id BIGINT UNSIGNED NOT NULL,
    account_id BIGINT UNSIGNED NOT NULL,  -- who asked for it
    active TINYINT NULL DEFAULT 1,
    outcome ENUM('registered', 'withdrawn', 'cancelled') NULL,
    created_at DATETIME NOT NULL,
    ended_at DATETIME NULL,
    UNIQUE KEY waiting_once (placement_id, trainee_id, active),
    KEY waiting_order (placement_id, active, id),
    FOREIGN KEY (placement_id) REFERENCES placement (id),
    FOREIGN KEY (trainee_id) REFERENCES trainee (id) ON DELETE CASCADE,
    FOREIGN KEY (account_id) REFERENCES account (id),
    CHECK ((active IS NULL) = (outcome IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
