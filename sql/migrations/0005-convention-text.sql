-- What an establishment's admins change themselves (« Options »).

-- Counts the changes of its data, images and text aside: a form names the version it was filled
-- from.
ALTER TABLE establishment ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1;

-- Every text its conventions had, in the order of id; the last is the one in force, which stands
-- in establishment.convention_text too. No row: the standard text from the beginning.
CREATE TABLE wording (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    establishment_id BIGINT UNSIGNED NOT NULL,
    text MEDIUMTEXT NULL,             -- Markdown; NULL for the standard text
    account_id BIGINT UNSIGNED NULL,  -- NULL: the operator, by the command line
    created_at DATETIME NOT NULL,
    KEY wording_establishment (establishment_id, id),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id),
    FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

INSERT INTO wording (establishment_id, text, account_id, created_at)
SELECT id, convention_text, NULL, created_at
FROM establishment
WHERE convention_text IS NOT NULL;
