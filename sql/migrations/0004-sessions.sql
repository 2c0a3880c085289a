-- Who is signed in, and who tried to be.

-- token_hash is the SHA-256 of the cookie's token: whoever reads this table cannot sign in with it.
CREATE TABLE session (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    csrf BINARY(32) NOT NULL,         -- what each form of this session sends back
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,     -- however busy it is
    seen_at DATETIME NOT NULL,        -- last request, give or take five minutes
    address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    KEY session_expiry (expires_at),
    FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- One row an attempt that failed or is under way. email_hash is the SHA-256 of what was typed, so
-- that addresses of people without an account are not kept.
CREATE TABLE sign_in_attempt (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email_hash BINARY(32) NOT NULL,
    network VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- IPv4, or IPv6's /64
    tried_at DATETIME NOT NULL,
    KEY sign_in_attempt_email (email_hash, tried_at),
    KEY sign_in_attempt_network (network, tried_at),
    KEY sign_in_attempt_age (tried_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
