-- Work that the clock makes due, see src/tasks/README. next_at alone says when a task may be
-- taken: of a waiting one, when it is due; of one being done, when the lease of who does it ends
-- and another may take it.
CREATE TABLE task (
    name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    next_at DATETIME NOT NULL,
    claimed_by VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
    done_at DATETIME NULL,            -- when it was last done to its end
    failures INT UNSIGNED NOT NULL DEFAULT 0,     -- in a row
    last_error VARCHAR(500) NOT NULL DEFAULT ''   -- for the operator
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
