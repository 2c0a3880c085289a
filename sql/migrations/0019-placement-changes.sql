-- Who changed a placement last (at changed_at), and what: names of columns with commas between them,
-- or "publish", "close", "cancel". It is told to whoever acts on a page that is out of date.
ALTER TABLE placement
    ADD COLUMN changed_by VARCHAR(150) NOT NULL DEFAULT '',
    ADD COLUMN changed_what VARCHAR(200) NOT NULL DEFAULT '';
