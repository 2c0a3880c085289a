-- What the inspector concludes for a signature, in the words of ETSI EN 319 102-1, and by when a
-- time stamp proves that it was there. Empty for deposits from before.
ALTER TABLE deposit_signature
    ADD COLUMN status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    ADD COLUMN indication VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    ADD COLUMN proven_at DATETIME NULL;
