-- A table of trainees between its preview and the word that its rows be kept. One of an account at a
-- time, for a day at most.
CREATE TABLE trainee_import (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL UNIQUE,
    establishment_id BIGINT UNSIGNED NOT NULL,
    document_id BIGINT UNSIGNED NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    class_name VARCHAR(50) NOT NULL,   -- of the rows that name none
    created_at DATETIME NOT NULL,
    KEY trainee_import_age (created_at),
    FOREIGN KEY (account_id) REFERENCES account (id),
    FOREIGN KEY (establishment_id) REFERENCES establishment (id),
    FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
