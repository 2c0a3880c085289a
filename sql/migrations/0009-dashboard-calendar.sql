-- What the dashboards and the calendar ask for.

-- The newest events are found by their time, the conventions of a week by its days.
ALTER TABLE history ADD KEY history_time (created_at);
ALTER TABLE convention ADD KEY convention_day (first_day, state);

-- Failed messages are found by the establishment they are for.
ALTER TABLE message ADD KEY message_establishment (establishment_id, state);

-- Who never came: sessions are deleted once they have ended.
ALTER TABLE account ADD COLUMN last_sign_in_at DATETIME NULL;
UPDATE account a
SET a.last_sign_in_at = (SELECT MAX(s.created_at) FROM session s WHERE s.account_id = a.id);

-- The calendar's days. changed_at is when the row last changed, for programs that subscribe to it;
-- connections keep their time in UTC (sql/statements/schema.sql).
ALTER TABLE placement
    ADD COLUMN changed_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    ADD KEY placement_first_day (first_day);
UPDATE placement SET changed_at = created_at;

-- The zone of its school holidays; NULL: by the département.
ALTER TABLE establishment ADD COLUMN holiday_zone ENUM('A', 'B', 'C', 'none') NULL;

-- The private address of an account's calendar. Whoever reads this table cannot open it.
CREATE TABLE calendar_feed (
    account_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    token_hash BINARY(32) NOT NULL UNIQUE,  -- SHA-256 of the address's token
    created_at DATETIME NOT NULL,
    read_at DATETIME NULL,                  -- the last time, give or take an hour
    FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
