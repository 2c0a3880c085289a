-- What the operator's pages keep and look for.

-- Who added a licence; NULL: the operator, by the command line.
ALTER TABLE licence
    ADD COLUMN account_id BIGINT UNSIGNED NULL,
    ADD FOREIGN KEY (account_id) REFERENCES account (id);

-- The list of establishments by the end of their licence.
ALTER TABLE establishment ADD KEY establishment_licence (licence_ends_on);
