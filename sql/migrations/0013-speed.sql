-- What keeps lists fast where there are a hundred thousand conventions.

-- The revision of everything, raised by each transaction that changes anything (http/cache.h): the
-- sum of all rows. A connection raises a row of its own, so that transactions do not wait for each
-- other.
CREATE TABLE platform_revision (
    shard INT UNSIGNED NOT NULL PRIMARY KEY,
    number BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
INSERT INTO platform_revision (shard, number)
VALUES (0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1),
       (8, 1), (9, 1), (10, 1), (11, 1), (12, 1), (13, 1), (14, 1), (15, 1),
       (16, 1), (17, 1), (18, 1), (19, 1), (20, 1), (21, 1), (22, 1), (23, 1),
       (24, 1), (25, 1), (26, 1), (27, 1), (28, 1), (29, 1), (30, 1), (31, 1);

-- Conventions are found, counted and sorted by their indices alone: by day, with the mark
-- « Incomplète », and by name. Who looks is host or origin, so that each index is there twice.
ALTER TABLE convention
    ADD COLUMN incomplete BOOLEAN GENERATED ALWAYS AS (incomplete_reason IS NOT NULL) VIRTUAL;
ALTER TABLE convention
    DROP KEY convention_host,
    DROP KEY convention_origin,
    DROP KEY convention_day,
    ADD KEY convention_host (host_id, state, first_day, folded_trainee, incomplete),
    ADD KEY convention_origin (origin_id, state, first_day, folded_trainee, incomplete, host_id),
    ADD KEY convention_day (first_day, state, incomplete),
    ADD KEY convention_host_name (host_id, state, folded_trainee),
    ADD KEY convention_origin_name (origin_id, state, folded_trainee, host_id);

-- The next placements that anybody may go to, and a school's trainees by class.
ALTER TABLE placement ADD KEY placement_next (state, first_day, starts_at);
ALTER TABLE trainee ADD KEY trainee_class (origin_id, class_name);
