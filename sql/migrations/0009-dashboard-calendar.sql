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
