-- E-mail to be sent, filled in the transaction that causes a message (src/mail/README).
--
-- next_attempt_at alone says what is due: of a queued message, when it is to be tried; of one
-- being sent, when the lease of its mailer ends and another may take it; NULL once it is sent or
-- given up. So one index serves every claim, and holds open messages in the order of need.
CREATE TABLE message (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    public_id BINARY(16) NOT NULL UNIQUE,      -- of the Message-ID, the same at every attempt
    name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- views/mail/NAME.md
    to_address VARCHAR(254) NOT NULL,
    to_name VARCHAR(200) NOT NULL,
    subject VARCHAR(1000) NOT NULL,
    body_text MEDIUMTEXT NOT NULL,
    body_html MEDIUMTEXT NOT NULL,
    attachment_document_id BIGINT UNSIGNED NULL,
    attachment_name VARCHAR(500) NULL,
    convention_id BIGINT UNSIGNED NULL,        -- what it is about
    establishment_id BIGINT UNSIGNED NULL,     -- whom it is for
    state ENUM('queued', 'sending', 'sent', 'failed') NOT NULL DEFAULT 'queued',
    attempts INT UNSIGNED NOT NULL DEFAULT 0,
    next_attempt_at DATETIME NULL,
    claimed_at DATETIME NULL,
    claimed_by VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
    error_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    last_error VARCHAR(500) NOT NULL DEFAULT '',  -- the server's own words, for the operator
    created_at DATETIME NOT NULL,
    sent_at DATETIME NULL,
    KEY message_due (next_attempt_at),
    KEY message_state (state, id),
    KEY message_convention (convention_id, id),
    FOREIGN KEY (attachment_document_id) REFERENCES document (id),
    FOREIGN KEY (convention_id) REFERENCES convention (id),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id),
    CHECK ((attachment_document_id IS NULL) = (attachment_name IS NULL)),
    CHECK ((next_attempt_at IS NULL) = (state IN ('sent', 'failed')))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
