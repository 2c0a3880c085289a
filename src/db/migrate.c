#include "db/migrate.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/crypto.h"
#include "base/log.h"
#include "db/connection.h"
#include "db/script.h"
#include "db/statements.h"

/* How long to wait for another run to end, in seconds. */
#define LOCK_SECONDS 60

#define LARGEST_FILE (4 * 1024 * 1024)

struct migration {
    uint32_t version;
    const char *name; /* of the file */
    struct bytes text;
    unsigned char sha256[CRYPTO_SHA256_SIZE];
};

struct run {
    struct db *db;
    struct arena *arena;
    const char *dir;
    struct migration *migrations; /* in order of their versions */
    size_t count;
};

/* The directory ------------------------------------------------------------------------------- */

static enum err read_file(const struct run *run, struct migration *migration)
{
    const char *path = arena_printf(run->arena, "%s/%s", run->dir, migration->name);
    FILE *file = fopen(path, "re");
    struct stat stat;
    unsigned char *data;
    size_t size, read;

    if (!file)
        return err_raise(ERR_INVALID, "schema-file", "%s: %s", path, strerror(errno));
    if (fstat(fileno(file), &stat) != 0 || !S_ISREG(stat.st_mode) || stat.st_size > LARGEST_FILE) {
        fclose(file);
        return err_raise(ERR_INVALID, "schema-file", "%s: no file, or over 4 MiB", path);
    }
    size = (size_t)stat.st_size;
    data = arena_alloc(run->arena, size);
    read = fread(data, 1, size, file);
    fclose(file);
    if (read != size)
        return err_raise(ERR_INVALID, "schema-file", "%s: cannot be read", path);
    migration->text = (struct bytes){data, size};
    crypto_sha256(migration->text, migration->sha256);
    return ERR_OK;
}

static int is_sql(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".sql") == 0;
}

/* 0 where the name is not NNNN-name.sql. */
static uint32_t version_of(const char *name)
{
    uint32_t version = 0;

    for (int i = 0; i < 4; i++) {
        if (name[i] < '0' || name[i] > '9')
            return 0;
        version = version * 10 + (uint32_t)(name[i] - '0');
    }
    return name[4] == '-' ? version : 0;
}

static enum err take_entry(struct run *run, const char *name)
{
    struct migration *migration = &run->migrations[run->count];

    migration->name = arena_strdup(run->arena, name);
    migration->version = version_of(name);
    if (migration->version == 0)
        return err_raise(ERR_INVALID, "schema-file", "%s/%s: not of the form NNNN-name.sql",
                         run->dir, name);
    if (run->count > 0 && migration[-1].version == migration->version)
        return err_raise(ERR_INVALID, "schema-file", "%s: %s and %s have the same number", run->dir,
                         migration[-1].name, name);
    run->count++;
    return read_file(run, migration);
}

static enum err read_dir(struct run *run)
{
    struct dirent **entries;
    int found = scandir(run->dir, &entries, is_sql, alphasort);
    enum err err = ERR_OK;

    if (found < 0)
        return err_raise(ERR_INVALID, "schema-file", "%s: %s", run->dir, strerror(errno));
    run->migrations = ARENA_NEW_ARRAY(run->arena, (size_t)found, struct migration);
    for (int i = 0; i < found; i++) {
        if (err == ERR_OK)
            err = take_entry(run, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    if (err == ERR_OK && run->count == 0)
        err = err_raise(ERR_INVALID, "schema-file", "%s: no migrations", run->dir);
    return err;
}

/* The database -------------------------------------------------------------------------------- */

static enum err run_statement(const struct run *run, const struct migration *migration,
                              struct bytes statement, int line)
{
    MYSQL *mysql = run->db->mysql;
    MYSQL_RES *rows;
    enum err err;

    if (mysql_real_query(mysql, (const char *)statement.data, (unsigned long)statement.length)) {
        err = db_fail(run->db, migration->name, mysql_errno(mysql), mysql_sqlstate(mysql),
                      mysql_error(mysql));
        return err_raise(err, "schema-failed",
                         "%s/%s:%d: %s (what stands above this line was carried out and stays)",
                         run->dir, migration->name, line,
                         arena_strdup(run->arena, err_last()->detail));
    }
    rows = mysql_store_result(mysql);
    if (rows)
        mysql_free_result(rows);
    return ERR_OK;
}

/* Reads the whole file once before anything of it is carried out, so that a quote left open harms
 * nothing. */
static enum err check_script(const struct run *run, const struct migration *migration)
{
    struct script script = {migration->text, 1};
    struct bytes statement;
    int line;

    do {
        if (script_next(&script, &statement, &line) != ERR_OK)
            return err_raise(ERR_INVALID, "schema-file", "%s/%s: %s", run->dir, migration->name,
                             arena_strdup(run->arena, err_last()->detail));
    } while (statement.length > 0);
    return ERR_OK;
}

static enum err apply(const struct run *run, const struct migration *migration)
{
    struct script script = {migration->text, 1};
    struct schema_record_in record = {.version = migration->version,
                                      .name = migration->name,
                                      .sha256 = {migration->sha256, sizeof migration->sha256}};
    struct bytes statement;
    int line;

    ERR_TRY(check_script(run, migration));
    for (;;) {
        ERR_TRY(script_next(&script, &statement, &line));
        if (statement.length == 0)
            break;
        ERR_TRY(run_statement(run, migration, statement, line));
    }
    ERR_TRY(db_schema_record(run->db, run->arena, &record, NULL));
    log_write(LOG_INFO, "schema: %s applied", migration->name);
    return ERR_OK;
}

static const struct migration *with_version(const struct run *run, uint32_t version)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->migrations[i].version == version)
            return &run->migrations[i];
    return NULL;
}

/* Whether what the database has seen is what the directory holds. */
static enum err compare(const struct run *run, const struct schema_applied_row *applied,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct migration *migration = with_version(run, applied[i].version);

        if (!migration)
            return err_raise(ERR_CONFLICT, "schema-newer",
                             "%s has been applied and is not in %s: is the program too old?",
                             applied[i].name, run->dir);
        if (!bytes_equal(applied[i].sha256,
                         (struct bytes){migration->sha256, sizeof migration->sha256}))
            return err_raise(
                ERR_CONFLICT, "schema-changed",
                "%s/%s has been changed since it was applied: write a new file instead", run->dir,
                migration->name);
    }
    return ERR_OK;
}

static enum err apply_new(const struct run *run, size_t *applied)
{
    struct schema_applied_row *rows;
    uint32_t newest = 0;
    size_t count;

    ERR_TRY(db_schema_create(run->db, run->arena, NULL));
    ERR_TRY(db_schema_applied(run->db, run->arena, &rows, &count));
    ERR_TRY(compare(run, rows, count));
    if (count > 0)
        newest = rows[count - 1].version;
    for (size_t i = 0; i < run->count; i++) {
        const struct migration *migration = &run->migrations[i];
        bool known = false;

        for (size_t j = 0; j < count; j++)
            known = known || rows[j].version == migration->version;
        if (known)
            continue;
        if (migration->version < newest)
            return err_raise(
                ERR_CONFLICT, "schema-order",
                "%s/%s is new, but its number is below that of %s: give it a higher one", run->dir,
                migration->name, rows[count - 1].name);
        ERR_TRY(apply(run, migration));
        ++*applied;
    }
    return ERR_OK;
}

static enum err with_lock(const struct run *run, size_t *applied)
{
    struct schema_lock_row *lock;
    struct schema_unlock_row *unlock;
    struct failure failure;
    enum err err;

    ERR_TRY(db_schema_lock(run->db, run->arena, &(struct schema_lock_in){.seconds = LOCK_SECONDS},
                           &lock));
    if (!lock->locked)
        return err_raise(ERR_UNAVAILABLE, "schema-locked",
                         "another run has been migrating for over %d s", LOCK_SECONDS);
    err = apply_new(run, applied);
    failure = *err_last();
    if (db_schema_unlock(run->db, run->arena, &unlock) != ERR_OK)
        run->db->lost = true; /* the server drops the lock with the connection */
    return err == ERR_OK ? ERR_OK : err_raise(err, failure.key, "%s", failure.detail);
}

enum err db_migrate(struct db *db, struct arena *arena, const char *dir, size_t *applied)
{
    struct run run = {.db = db, .arena = arena, .dir = dir};
    enum err err;

    *applied = 0;
    ERR_TRY(read_dir(&run));
    /* A connection of its own kind: changing a large table takes longer than a request may wait,
     * and the named lock is bound to it. */
    db->patient = true;
    err = db_connect(db);
    db->bound = true;
    if (err == ERR_OK)
        err = with_lock(&run, applied);
    db->patient = db->bound = false;
    db->lost = true; /* the next statement finds a session as requests want it */
    return err;
}
