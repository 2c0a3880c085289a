-- The session of a connection (db.c), and the versions of the schema (db/migrate.h).

-- name: session_collation :exec
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- innodb_lock_wait_timeout is in seconds: a request waits no longer for another's lock.
-- name: session_modes :exec
SET SESSION time_zone = '+00:00',
    SESSION innodb_lock_wait_timeout = 5,
    SESSION sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

-- name: session_isolation :exec
SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;

-- 1 once the lock is ours, 0 where it was not to be had in time. MySQL takes names of up to 64
-- characters, which a database's name alone may have.
-- name: schema_lock :one
-- in: seconds u32
-- out: locked bool
SELECT COALESCE(GET_LOCK(CONCAT('paraphe:', LEFT(SHA2(DATABASE(), 256), 40)), :seconds), 0)
       AS locked;

-- name: schema_unlock :one
-- out: unlocked bool
SELECT COALESCE(RELEASE_LOCK(CONCAT('paraphe:', LEFT(SHA2(DATABASE(), 256), 40))), 0) AS unlocked;

-- name: schema_create :exec
CREATE TABLE IF NOT EXISTS schema_migration (
    version INT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    sha256 BINARY(32) NOT NULL,
    applied_at DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- name: schema_applied :many
-- out: version u32, name str, sha256 blob
SELECT version, name, sha256 FROM schema_migration ORDER BY version;

-- name: schema_record :exec
-- in: version u32, name str, sha256 blob
INSERT INTO schema_migration (version, name, sha256, applied_at)
VALUES (:version, :name, :sha256, UTC_TIMESTAMP());
