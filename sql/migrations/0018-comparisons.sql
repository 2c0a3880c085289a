-- Returned files beside their originals, as they were when they came (inspect/comparison.h): made
-- once, at the deposit, so that pages show it at once. All of it goes with its deposit.

-- boxes: a letter for each box to sign in, of the host, the origin, the guardian and the trainee:
-- empty, (un)clear: n, written, printed, signed, unknown. more_differences: there are more than are
-- kept.
CREATE TABLE deposit_comparison (
    deposit_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    boxes CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    more_differences BOOLEAN NOT NULL,
    FOREIGN KEY (deposit_id) REFERENCES deposit (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Each page of the original: which page of the returned file it is (0: none was found), and how it
-- was found, drawn or registered (a scan) or none.
CREATE TABLE deposit_page (
    deposit_id BIGINT UNSIGNED NOT NULL,
    page INT UNSIGNED NOT NULL,
    returned INT UNSIGNED NOT NULL,
    pairing VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (deposit_id, page),
    FOREIGN KEY (deposit_id) REFERENCES deposit (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What was added or changed. x, y, width and height: on the original's page, in ten thousandths of
-- its width and height; outline: its corners on the returned page, likewise, as "x,y x,y x,y x,y".
-- text: what the original says there.
CREATE TABLE deposit_difference (
    deposit_id BIGINT UNSIGNED NOT NULL,
    number INT UNSIGNED NOT NULL,
    kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    place VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    page INT UNSIGNED NOT NULL,
    x INT UNSIGNED NOT NULL,
    y INT UNSIGNED NOT NULL,
    width INT UNSIGNED NOT NULL,
    height INT UNSIGNED NOT NULL,
    outline VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    text VARCHAR(96) NOT NULL,
    PRIMARY KEY (deposit_id, number),
    FOREIGN KEY (deposit_id) REFERENCES deposit (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The boxes of the deposit that came last, for the list of those that wait; NULL where it could not
-- be compared.
ALTER TABLE convention ADD COLUMN boxes CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NULL;
