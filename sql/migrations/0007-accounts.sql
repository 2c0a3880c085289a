-- The life of accounts: how people come to have one, and what guards it.

-- Counts what others change of it (role, disabled): a form names the version it was filled from.
ALTER TABLE account ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1;

-- Messages that carry a link which opens something to whoever has it: their text is forgotten once
-- they are sent.
ALTER TABLE message ADD COLUMN is_secret BOOLEAN NOT NULL DEFAULT FALSE;

-- An account that somebody is asked to make: the link of the mail is the key, and the row goes when
-- it is used or withdrawn. One of an address and an establishment at a time; scope is what makes
-- that hold for operators, who have none.
CREATE TABLE invitation (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    token_hash BINARY(32) NOT NULL UNIQUE,  -- SHA-256 of the link's token
    email VARCHAR(254) NOT NULL,
    role ENUM('operator', 'admin', 'member') NOT NULL,
    establishment_id BIGINT UNSIGNED NULL,
    scope BIGINT UNSIGNED NOT NULL,         -- establishment_id, or 0
    account_id BIGINT UNSIGNED NULL,        -- who invites; NULL: the command line
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    UNIQUE KEY invitation_address (scope, email),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id),
    FOREIGN KEY (account_id) REFERENCES account (id),
    CHECK ((role = 'operator') = (establishment_id IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Who forgot the password: each mail's link works for an hour, and all of an account's go when one
-- is used.
CREATE TABLE password_reset (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,  -- SHA-256 of the link's token
    account_id BIGINT UNSIGNED NOT NULL,
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    KEY password_reset_age (expires_at),
    FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A session is shown to whose it is, and ended by its number: the token's hash is nobody's to see.
-- agent is what the browser says of itself.
ALTER TABLE session
    ADD COLUMN id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE FIRST,
    ADD COLUMN agent VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- An account that is to have another address: once both have confirmed it, each by its own link.
CREATE TABLE email_change (
    account_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    new_email VARCHAR(254) NOT NULL,
    old_hash BINARY(32) NOT NULL UNIQUE,  -- SHA-256 of the token sent to the present address
    new_hash BINARY(32) NOT NULL UNIQUE,  -- and to the new one
    old_confirmed BOOLEAN NOT NULL DEFAULT FALSE,
    new_confirmed BOOLEAN NOT NULL DEFAULT FALSE,
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The second factor (TOTP, RFC 6238). Its key is derived from salt and the platform's secret, so that
-- the table alone makes no code.
CREATE TABLE second_factor (
    account_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    salt BINARY(20) NOT NULL,
    confirmed_at DATETIME NULL,             -- NULL until its first code was typed: not in force
    last_step BIGINT UNSIGNED NOT NULL DEFAULT 0,  -- of the last code taken: none is taken twice
    created_at DATETIME NOT NULL,
    FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Codes on paper, each taken once, which deletes it; code_hash is a MAC of it.
CREATE TABLE recovery_code (
    account_id BIGINT UNSIGNED NOT NULL,
    code_hash BINARY(32) NOT NULL,
    PRIMARY KEY (account_id, code_hash),
    FOREIGN KEY (account_id) REFERENCES second_factor (account_id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Who has given the password and is to give the code: between the two there is no session.
CREATE TABLE sign_in_step (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,  -- SHA-256 of the cookie's token
    account_id BIGINT UNSIGNED NOT NULL,
    expires_at DATETIME NOT NULL,
    KEY sign_in_step_age (expires_at),
    FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
