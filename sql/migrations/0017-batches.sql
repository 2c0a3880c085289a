-- Several conventions that came at once: in one PDF of a copier, in several files, in a ZIP. They
-- wait, part by part, for their depositor's word. Kept for a day.
CREATE TABLE batch (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    establishment_id BIGINT UNSIGNED NOT NULL,
    created_at DATETIME NOT NULL,
    KEY batch_age (created_at),
    FOREIGN KEY (account_id) REFERENCES account (id),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Pages that belong together, in a PDF of their own: document_id, NULL where there is none (a file
-- that cannot be read) or where it has become a deposit's. is_whole: the file as it came, whose
-- bytes stay; else pages first_page … of it. is_digital: it is signed or names its convention in its
-- metadata, and is never put together with others.
-- code: what the pages' codes say (domain/batch.h); convention_id whose they are, never another
-- establishment's. state: waiting, aside or deposited. typed is what the depositor wrote last,
-- problem the sentence why it was not deposited.
CREATE TABLE batch_part (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    batch_id BIGINT UNSIGNED NOT NULL,
    number INT UNSIGNED NOT NULL,
    document_id BIGINT UNSIGNED,
    file_name VARCHAR(255) NOT NULL,
    first_page INT UNSIGNED NOT NULL,
    pages INT UNSIGNED NOT NULL,
    is_whole BOOLEAN NOT NULL,
    is_digital BOOLEAN NOT NULL,
    code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    convention_id BIGINT UNSIGNED,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    typed VARCHAR(300),
    problem VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    UNIQUE KEY batch_part_number (batch_id, number),
    FOREIGN KEY (batch_id) REFERENCES batch (id) ON DELETE CASCADE,
    FOREIGN KEY (document_id) REFERENCES document (id),
    FOREIGN KEY (convention_id) REFERENCES convention (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
