-- Work that the clock makes due (src/tasks/README).

-- A task that the table does not have yet; one that is there is left as it is.
-- name: task_register :exec
-- in: name str, next_at time
INSERT INTO task (name, next_at)
SELECT :name, :next_at
FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM task WHERE name = :name);

-- The task, if it is due and nobody is taking it at this moment; locked until the transaction ends.
-- name: task_due :one
-- in: name str, now time
-- out: name str, failures u32
SELECT name, failures
FROM task
WHERE name = :name AND next_at <= :now
FOR UPDATE SKIP LOCKED;

-- name: task_claim :exec
-- in: name str, runner str, lease_ends_at time
UPDATE task SET claimed_by = :runner, next_at = :lease_ends_at WHERE name = :name;

-- The rest changes nothing where the lease ended meanwhile, and the task is another's.

-- name: task_keep :exec
-- in: name str, runner str, lease_ends_at time
UPDATE task SET next_at = :lease_ends_at WHERE name = :name AND claimed_by = :runner;

-- name: task_done :exec
-- in: name str, runner str, now time, next_at time
UPDATE task
SET claimed_by = NULL, done_at = :now, next_at = :next_at, failures = 0, last_error = ''
WHERE name = :name AND claimed_by = :runner;

-- name: task_failed :exec
-- in: name str, runner str, next_at time, last_error str
UPDATE task
SET claimed_by = NULL, next_at = :next_at, failures = failures + 1, last_error = :last_error
WHERE name = :name AND claimed_by = :runner;

-- By the operator: due now, unless somebody is at it.
-- name: task_hasten :exec
-- in: name str, now time
UPDATE task SET next_at = :now WHERE name = :name AND (claimed_by IS NULL OR next_at <= :now);

-- name: task_list :many
-- out: name str, next_at time, claimed_by ?str, done_at ?time, failures u32, last_error str
SELECT name, next_at, claimed_by, done_at, failures, last_error FROM task ORDER BY name;
