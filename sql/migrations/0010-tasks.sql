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

-- How an establishment writes and is written to. No row: as the defaults say.
CREATE TABLE correspondence (
    establishment_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    version INT UNSIGNED NOT NULL DEFAULT 1,
    reply_to VARCHAR(254) NOT NULL DEFAULT '',        -- of mails in its name; '' for none
    closing VARCHAR(1000) NOT NULL DEFAULT '',        -- their last words, plain text
    remind BOOLEAN NOT NULL DEFAULT FALSE,            -- of conventions with it as host
    remind_origin BOOLEAN NOT NULL DEFAULT TRUE,
    remind_host BOOLEAN NOT NULL DEFAULT TRUE,        -- by a summary
    FOREIGN KEY (establishment_id) REFERENCES establishment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Who gets what is sent to the establishment's own address as well.
CREATE TABLE correspondence_recipient (
    establishment_id BIGINT UNSIGNED NOT NULL,
    number INT UNSIGNED NOT NULL,
    address VARCHAR(254) NOT NULL,
    PRIMARY KEY (establishment_id, number),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- How many days before the placement a host's reminders go out.
CREATE TABLE reminder_step (
    establishment_id BIGINT UNSIGNED NOT NULL,
    days INT UNSIGNED NOT NULL,
    PRIMARY KEY (establishment_id, days),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What was sent, for a placement on that day: one that is put off is reminded of anew. A unique key
-- takes any number of NULLs: by hand as often as one likes, of itself once a step.
CREATE TABLE reminder (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    convention_id BIGINT UNSIGNED NOT NULL,
    first_day DATE NOT NULL,          -- of the placement
    days INT UNSIGNED NULL,           -- the step; NULL for one by hand
    sent_at DATETIME NOT NULL,
    summarised BOOLEAN NOT NULL,      -- the host was told, or does not want to be
    UNIQUE KEY reminder_once (convention_id, first_day, days),
    KEY reminder_summary (summarised),
    FOREIGN KEY (convention_id) REFERENCES convention (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

ALTER TABLE history MODIFY COLUMN event
    ENUM('generate', 'deposit', 'validate', 'mark_incomplete', 'invalidate', 'regenerate',
         'reissue', 'cancel', 'remind') NOT NULL;

ALTER TABLE message ADD COLUMN reply_to VARCHAR(254) NOT NULL DEFAULT '' AFTER to_name;

-- The origins of a host's conventions, without reading all of these.
ALTER TABLE convention ADD KEY convention_host_origin (host_id, origin_id);
