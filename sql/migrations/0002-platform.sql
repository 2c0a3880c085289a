-- The platform's own words (establishment, account, licence, placement, trainee, registration,
-- convention) and the history of conventions. Times are UTC; days are the calendar's.
--
-- Columns named folded_… hold text_fold() of what is shown, for searching and sorting without
-- regard to case and accents; opened ligatures make it up to twice as long. Columns named version count the changes of a row that two people
-- may change: an update names the version it saw.

-- Pixels decoded in the inspector's sandbox from a logo or a signature: rows of RGB, 8 bits each.
CREATE TABLE image (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    width INT UNSIGNED NOT NULL,
    height INT UNSIGNED NOT NULL,
    pixels_id BIGINT UNSIGNED NOT NULL,
    source_id BIGINT UNSIGNED NOT NULL,
    created_at DATETIME NOT NULL,
    FOREIGN KEY (pixels_id) REFERENCES document (id),
    FOREIGN KEY (source_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE establishment (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    uai CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
    name VARCHAR(200) NOT NULL,
    folded_name VARCHAR(400) NOT NULL,
    address VARCHAR(300) NOT NULL DEFAULT '',
    postal_code VARCHAR(10) NOT NULL DEFAULT '',
    city VARCHAR(100) NOT NULL DEFAULT '',
    phone VARCHAR(30) NOT NULL DEFAULT '',
    email VARCHAR(254) NOT NULL,
    head_name VARCHAR(150) NOT NULL DEFAULT '',
    head_title VARCHAR(150) NOT NULL DEFAULT '',
    board_day DATE NULL,              -- the day its board approved the convention
    convention_text MEDIUMTEXT NULL,  -- Markdown of its own; NULL for the standard text
    logo_id BIGINT UNSIGNED NULL,
    signature_id BIGINT UNSIGNED NULL,
    licence_ends_on DATE NULL,        -- the last day of its licences, read with every request
    created_at DATETIME NOT NULL,
    FOREIGN KEY (logo_id) REFERENCES image (id),
    FOREIGN KEY (signature_id) REFERENCES image (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The revision of what an establishment's pages show, see domain/revision.h. It has a table of its
-- own: rows that refer to an establishment hold a shared lock on it until their transaction ends, so
-- that two which then changed the establishment itself would wait for each other.
CREATE TABLE establishment_revision (
    establishment_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    number BIGINT UNSIGNED NOT NULL,
    FOREIGN KEY (establishment_id) REFERENCES establishment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Operators belong to no establishment; admins and members to one.
CREATE TABLE account (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email VARCHAR(254) NOT NULL UNIQUE,
    name VARCHAR(150) NOT NULL,
    password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role ENUM('operator', 'admin', 'member') NOT NULL,
    establishment_id BIGINT UNSIGNED NULL,
    disabled_at DATETIME NULL,
    created_at DATETIME NOT NULL,
    FOREIGN KEY (establishment_id) REFERENCES establishment (id),
    CHECK ((role = 'operator') = (establishment_id IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE licence (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    establishment_id BIGINT UNSIGNED NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,            -- the last day it holds
    created_at DATETIME NOT NULL,
    KEY licence_end (establishment_id, ends_on),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id),
    CHECK (starts_on <= ends_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE placement (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    host_id BIGINT UNSIGNED NOT NULL,
    title VARCHAR(200) NOT NULL,
    folded_title VARCHAR(400) NOT NULL,
    course VARCHAR(200) NOT NULL DEFAULT '',       -- the course of study discovered
    description TEXT NOT NULL,                     -- Markdown
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    starts_at CHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- 08:30, in Paris
    ends_at CHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    place VARCHAR(200) NOT NULL DEFAULT '',        -- room or meeting place
    person_name VARCHAR(150) NOT NULL DEFAULT '',  -- person in charge
    person_phone VARCHAR(30) NOT NULL DEFAULT '',
    meals ENUM('canteen', 'packed', 'home') NOT NULL DEFAULT 'canteen',
    transport ENUM('family', 'school', 'foot') NOT NULL DEFAULT 'family',
    capacity INT UNSIGNED NOT NULL,
    closes_on DATE NOT NULL,                       -- last day of registration
    state ENUM('published', 'closed', 'cancelled') NOT NULL DEFAULT 'published',
    version INT UNSIGNED NOT NULL DEFAULT 1,
    created_at DATETIME NOT NULL,
    KEY placement_day (host_id, first_day),
    KEY placement_open (state, closes_on),
    FOREIGN KEY (host_id) REFERENCES establishment (id),
    CHECK (first_day <= last_day),
    CHECK (capacity BETWEEN 1 AND 1000)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A pupil, known to the school of origin alone. The same pupil is the same folded names and birth
-- date in one school.
CREATE TABLE trainee (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    origin_id BIGINT UNSIGNED NOT NULL,
    last_name VARCHAR(100) NOT NULL,
    first_name VARCHAR(100) NOT NULL,
    folded_name VARCHAR(401) NOT NULL,             -- last name, '/', first name
    birth_day DATE NOT NULL,
    class_name VARCHAR(50) NOT NULL,
    guardian_name VARCHAR(150) NOT NULL,
    guardian_email VARCHAR(254) NOT NULL,
    guardian_phone VARCHAR(30) NOT NULL,
    guardian_address VARCHAR(300) NOT NULL DEFAULT '',
    version INT UNSIGNED NOT NULL DEFAULT 1,
    created_at DATETIME NOT NULL,
    UNIQUE KEY trainee_identity (origin_id, folded_name, birth_day),
    FOREIGN KEY (origin_id) REFERENCES establishment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- active is 1, or NULL once cancelled: a unique key takes any number of NULLs, so a trainee stands
-- on a placement once, and may be registered again after a cancellation.
CREATE TABLE registration (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    placement_id BIGINT UNSIGNED NOT NULL,
    trainee_id BIGINT UNSIGNED NOT NULL,
    active TINYINT NULL DEFAULT 1,
    created_at DATETIME NOT NULL,
    cancelled_at DATETIME NULL,
    UNIQUE KEY registration_once (placement_id, trainee_id, active),
    FOREIGN KEY (placement_id) REFERENCES placement (id),
    FOREIGN KEY (trainee_id) REFERENCES trainee (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- host_id, origin_id, first_day and the folded columns repeat what the registration leads to, so
-- that the lists of conventions are found and sorted by index. history_length and history_head
-- are the end of the convention's chain of history rows.
CREATE TABLE convention (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    registration_id BIGINT UNSIGNED NOT NULL UNIQUE,
    host_id BIGINT UNSIGNED NOT NULL,
    origin_id BIGINT UNSIGNED NOT NULL,
    first_day DATE NOT NULL,
    folded_trainee VARCHAR(401) NOT NULL,
    folded_search VARCHAR(2000) NOT NULL,
    state ENUM('not_returned', 'pending', 'validated', 'cancelled') NOT NULL,
    incomplete_reason VARCHAR(1000) NULL,  -- « Incomplète » while not NULL, in pending alone
    original_id BIGINT UNSIGNED NULL,      -- the convention_original in force
    deposit_id BIGINT UNSIGNED NULL,       -- the deposit in force: in pending and validated
    version INT UNSIGNED NOT NULL DEFAULT 1,
    history_length INT UNSIGNED NOT NULL DEFAULT 0,
    history_head BINARY(32) NULL,
    created_at DATETIME NOT NULL,
    KEY convention_host (host_id, state, first_day),
    KEY convention_origin (origin_id, state, first_day),
    FOREIGN KEY (registration_id) REFERENCES registration (id),
    FOREIGN KEY (host_id) REFERENCES establishment (id),
    FOREIGN KEY (origin_id) REFERENCES establishment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What was drawn, with the identification it carries. Its bytes never change; a corrected one is
-- a new row, and the earlier one is then replaced.
CREATE TABLE convention_original (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    convention_id BIGINT UNSIGNED NOT NULL,
    public_id BINARY(16) NOT NULL UNIQUE,
    short_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
    document_id BIGINT UNSIGNED NOT NULL,
    pages INT UNSIGNED NOT NULL,
    created_at DATETIME NOT NULL,
    replaced_at DATETIME NULL,
    FOREIGN KEY (convention_id) REFERENCES convention (id),
    FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A returned file, and how it was recognised.
CREATE TABLE deposit (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    convention_id BIGINT UNSIGNED NOT NULL,
    document_id BIGINT UNSIGNED NOT NULL,
    account_id BIGINT UNSIGNED NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    finding ENUM('signed', 'on_screen', 'scan', 'altered', 'unknown') NOT NULL,
    by_hand BOOLEAN NOT NULL,              -- the depositor said whose it is
    pages INT UNSIGNED NOT NULL,
    created_at DATETIME NOT NULL,
    KEY deposit_convention (convention_id),
    FOREIGN KEY (convention_id) REFERENCES convention (id),
    FOREIGN KEY (document_id) REFERENCES document (id),
    FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The signatures the inspector found in it, in the order they were made.
CREATE TABLE deposit_signature (
    deposit_id BIGINT UNSIGNED NOT NULL,
    number INT UNSIGNED NOT NULL,
    field VARCHAR(200) NOT NULL,
    signer VARCHAR(200) NOT NULL,
    issuer VARCHAR(400) NOT NULL,
    digest VARCHAR(40) NOT NULL,
    signed_at DATETIME NULL,               -- as the signer claims
    valid_from DATETIME NULL,              -- of the certificate
    valid_until DATETIME NULL,
    integrity BOOLEAN NOT NULL,
    chain VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    changes_after VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (deposit_id, number),
    FOREIGN KEY (deposit_id) REFERENCES deposit (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What the inspector remarked: the key of a sentence in views/errors.txt, and where.
CREATE TABLE deposit_remark (
    deposit_id BIGINT UNSIGNED NOT NULL,
    number INT UNSIGNED NOT NULL,
    warning BOOLEAN NOT NULL,
    sentence VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    detail VARCHAR(300) NOT NULL,
    PRIMARY KEY (deposit_id, number),
    FOREIGN KEY (deposit_id) REFERENCES deposit (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- An uploaded file that waits for its depositor's word (whose it is, or that it is the proposed
-- one), so that nothing need be sent twice. Kept for a day.
CREATE TABLE upload (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    establishment_id BIGINT UNSIGNED NOT NULL,
    document_id BIGINT UNSIGNED NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    created_at DATETIME NOT NULL,
    KEY upload_age (created_at),
    FOREIGN KEY (account_id) REFERENCES account (id),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id),
    FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Append-only. hash is the keyed digest of the row and of the hash before it in the same
-- convention; the convention holds the last.
CREATE TABLE history (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    convention_id BIGINT UNSIGNED NOT NULL,
    sequence INT UNSIGNED NOT NULL,
    event ENUM('generate', 'deposit', 'validate', 'mark_incomplete', 'invalidate', 'regenerate',
               'reissue', 'cancel') NOT NULL,
    account_id BIGINT UNSIGNED NULL,       -- NULL: the platform itself
    actor_name VARCHAR(150) NOT NULL,
    actor_establishment VARCHAR(200) NOT NULL,
    created_at DATETIME NOT NULL,
    address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    document_id BIGINT UNSIGNED NULL,
    detail VARCHAR(1000) NOT NULL,
    hash BINARY(32) NOT NULL,
    UNIQUE KEY history_sequence (convention_id, sequence),
    FOREIGN KEY (convention_id) REFERENCES convention (id),
    FOREIGN KEY (account_id) REFERENCES account (id),
    FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
