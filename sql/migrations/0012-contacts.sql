-- « Contacts »: the establishments one works with, as each establishment keeps them for itself, the
-- people there, and notes. Every row belongs to one owner, and nobody else ever reads it.

-- A partner. With partner_id its name and the like are those of the platform's establishment, and
-- the columns here are empty; without, they are as typed. identity tells two partners of an owner
-- apart that have no UAI: folded name, '/', folded city; NULL where there is a UAI.
CREATE TABLE contact (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    owner_id BIGINT UNSIGNED NOT NULL,
    partner_id BIGINT UNSIGNED NULL,
    uai CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
    identity VARCHAR(601) NULL,
    name VARCHAR(200) NOT NULL DEFAULT '',
    folded_name VARCHAR(400) NOT NULL DEFAULT '',
    address VARCHAR(300) NOT NULL DEFAULT '',
    postal_code VARCHAR(10) NOT NULL DEFAULT '',
    city VARCHAR(100) NOT NULL DEFAULT '',
    phone VARCHAR(30) NOT NULL DEFAULT '',
    email VARCHAR(254) NOT NULL DEFAULT '',
    version INT UNSIGNED NOT NULL DEFAULT 1,
    created_at DATETIME NOT NULL,
    UNIQUE KEY contact_uai (owner_id, uai),
    UNIQUE KEY contact_partner (owner_id, partner_id),
    UNIQUE KEY contact_identity (owner_id, identity),
    FOREIGN KEY (owner_id) REFERENCES establishment (id),
    FOREIGN KEY (partner_id) REFERENCES establishment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Somebody there. uid is the one of its vCard, so that a card that comes back is the same person.
CREATE TABLE contact_person (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    contact_id BIGINT UNSIGNED NOT NULL,
    uid VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name VARCHAR(150) NOT NULL,
    folded_name VARCHAR(300) NOT NULL,
    job VARCHAR(150) NOT NULL DEFAULT '',
    email VARCHAR(254) NOT NULL DEFAULT '',
    phone VARCHAR(30) NOT NULL DEFAULT '',
    version INT UNSIGNED NOT NULL DEFAULT 1,
    created_at DATETIME NOT NULL,
    UNIQUE KEY contact_person_name (contact_id, folded_name),
    KEY contact_person_uid (contact_id, uid),
    FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE contact_note (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    contact_id BIGINT UNSIGNED NOT NULL,
    account_id BIGINT UNSIGNED NOT NULL,
    text TEXT NOT NULL,               -- Markdown
    created_at DATETIME NOT NULL,
    KEY contact_note_contact (contact_id, id),
    FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE,
    FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What two establishments share is counted by these.
ALTER TABLE convention ADD KEY convention_of_host (host_id, origin_id, state),
                       ADD KEY convention_of_origin (origin_id, host_id, state);

-- Who worked together before there were contacts.
INSERT INTO contact (owner_id, partner_id, uai, created_at)
SELECT pair.owner_id, pair.partner_id, e.uai, UTC_TIMESTAMP()
FROM (SELECT host_id AS owner_id, origin_id AS partner_id FROM convention
      UNION
      SELECT origin_id, host_id FROM convention) pair
JOIN establishment e ON e.id = pair.partner_id
WHERE pair.owner_id <> pair.partner_id;

-- The establishment in whose name people wrote a message; '' for the platform's own mails.
ALTER TABLE message ADD COLUMN from_name VARCHAR(200) NOT NULL DEFAULT '' AFTER name;

-- What was written to contacts. token is the form's, so that one sent twice is one letter.
CREATE TABLE letter (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    owner_id BIGINT UNSIGNED NOT NULL,
    account_id BIGINT UNSIGNED NOT NULL,
    token BINARY(16) NOT NULL,
    subject VARCHAR(150) NOT NULL,
    text TEXT NOT NULL,               -- Markdown
    created_at DATETIME NOT NULL,
    UNIQUE KEY letter_token (owner_id, token),
    KEY letter_day (owner_id, created_at),
    FOREIGN KEY (owner_id) REFERENCES establishment (id),
    FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- To whom: one message each. The contact may be deleted later, the message is after a year.
CREATE TABLE letter_recipient (
    letter_id BIGINT UNSIGNED NOT NULL,
    number INT UNSIGNED NOT NULL,
    contact_id BIGINT UNSIGNED NULL,
    name VARCHAR(353) NOT NULL,
    address VARCHAR(254) NOT NULL,
    message_id BIGINT UNSIGNED NULL,
    PRIMARY KEY (letter_id, number),
    KEY letter_recipient_contact (contact_id, letter_id),
    FOREIGN KEY (letter_id) REFERENCES letter (id),
    FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE SET NULL,
    FOREIGN KEY (message_id) REFERENCES message (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
