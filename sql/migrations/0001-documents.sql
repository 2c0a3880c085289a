-- Files kept in the database: the platform's PDFs and images. A document's bytes never change.

CREATE TABLE document (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sha256 BINARY(32) NOT NULL,
    size BIGINT UNSIGNED NOT NULL,
    media_type VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- 1 MiB each but the last, so that no packet is larger; numbered from 0.
CREATE TABLE document_part (
    document_id BIGINT UNSIGNED NOT NULL,
    number INT UNSIGNED NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (document_id, number),
    FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
