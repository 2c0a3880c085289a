-- What the operator's pages keep and look for.

-- Who added a licence; NULL: the operator, by the command line.
ALTER TABLE licence
    ADD COLUMN account_id BIGINT UNSIGNED NULL,
    ADD FOREIGN KEY (account_id) REFERENCES account (id);

-- How far a check of all chains of the history has come, and what it found. It goes through the
-- conventions by number, some at a time; checked_to is the last of them.
CREATE TABLE history_check (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    started_at DATETIME NOT NULL,
    finished_at DATETIME NULL,
    checked_to BIGINT UNSIGNED NOT NULL DEFAULT 0,
    conventions BIGINT UNSIGNED NOT NULL DEFAULT 0,
    events BIGINT UNSIGNED NOT NULL DEFAULT 0,
    broken BIGINT UNSIGNED NOT NULL DEFAULT 0,
    FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The first row of a convention's chain that does not hold, and in which way.
CREATE TABLE history_fault (
    check_id BIGINT UNSIGNED NOT NULL,
    convention_id BIGINT UNSIGNED NOT NULL,
    sequence INT UNSIGNED NOT NULL,
    kind ENUM('changed', 'missing', 'added', 'end') NOT NULL,
    PRIMARY KEY (check_id, convention_id),
    FOREIGN KEY (check_id) REFERENCES history_check (id),
    FOREIGN KEY (convention_id) REFERENCES convention (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The list of establishments by the end of their licence.
ALTER TABLE establishment ADD KEY establishment_licence (licence_ends_on);

-- What an establishment's admins were told of the end of its licence: so many days before it, or
-- fewer. Another end is told anew.
CREATE TABLE licence_notice (
    establishment_id BIGINT UNSIGNED NOT NULL,
    ends_on DATE NOT NULL,
    days INT UNSIGNED NOT NULL,
    sent_at DATETIME NOT NULL,
    PRIMARY KEY (establishment_id, ends_on, days),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A table of establishments that waits for its sender's word. Kept for a day, one an account.
CREATE TABLE directory_import (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL UNIQUE,
    document_id BIGINT UNSIGNED NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    created_at DATETIME NOT NULL,
    FOREIGN KEY (account_id) REFERENCES account (id),
    FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
