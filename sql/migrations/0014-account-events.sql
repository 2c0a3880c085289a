-- What became of an account, for its owner, for its establishment's admins and for operators: what
-- guards it, its role and establishment, whether it may sign in. Rows are only ever added, but for
-- those that are old.
CREATE TABLE account_event (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    kind VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role ENUM('operator', 'admin', 'member') NOT NULL,  -- from then on
    establishment VARCHAR(200) NOT NULL,                -- likewise; '' for operators
    actor VARCHAR(400) NOT NULL,                        -- '' for the platform itself
    address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME NOT NULL,
    KEY account_event_of (account_id, id),
    KEY account_event_age (created_at),
    FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
