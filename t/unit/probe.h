/* What the tests of the database room share: its probe tables (t/unit/probe.sql) on a database. */
#ifndef PARAPHE_T_PROBE_H
#define PARAPHE_T_PROBE_H

#include "base/arena.h"
#include "base/clock.h"
#include "db/db.h"
#include "db/migrate.h"
#include "t/unit/probe_statements.h"

#include "t/unit/database.h"
#include "t/unit/tap.h"

struct stage {
    struct arena *arena;
    const struct settings *settings;
    struct db *db;
    uint64_t id; /* of what was stored last in a transaction */
};

/* Whether the failure last raised is this one; tells which it is otherwise. */
static inline bool failed(enum err err, enum err wanted, const char *key)
{
    const struct failure *last = err_last();

    if (err == wanted && strcmp(last->key, key) == 0)
        return true;
    printf("# %s, %s: %s\n", err_name(err), last->key, last->detail);
    return false;
}

static inline bool done(enum err err)
{
    return err == ERR_OK || failed(err, ERR_OK, "");
}

static inline struct probe_insert_in bare(const char *label)
{
    return (struct probe_insert_in){.label = label, .day = "2027-01-01"};
}

static inline uint64_t insert(struct stage *stage, struct probe_insert_in in)
{
    struct db_done result = {0};

    return done(db_probe_insert(stage->db, stage->arena, &in, &result)) ? result.insert_id : 0;
}

static inline const struct probe_by_id_row *by_id(struct stage *stage, uint64_t id)
{
    struct probe_by_id_row *row = NULL;

    done(db_probe_by_id(stage->db, stage->arena, &(struct probe_by_id_in){.id = id}, &row));
    return row;
}

static inline uint64_t count(struct stage *stage)
{
    struct probe_count_row *row = NULL;

    done(db_probe_count(stage->db, stage->arena, &row));
    return row ? row->total : UINT64_MAX;
}

static inline void test_session(struct stage *stage)
{
    struct probe_session_row *row = NULL;

    if (!OK(done(db_probe_session(stage->db, stage->arena, &row)) && row, "a session is read"))
        return;
    IS_STR(row->character_set, "utf8mb4", "text goes as UTF-8");
    IS_STR(row->collation_name, "utf8mb4_unicode_520_ci", "text is compared as French wants it");
    IS_STR(row->zone, "+00:00", "times are UTC");
    OK(strstr(row->modes, "STRICT_ALL_TABLES") && strstr(row->modes, "ONLY_FULL_GROUP_BY"),
       "the server is strict");
    IS_STR(row->isolation, "READ-COMMITTED", "a transaction sees what others have committed");
}

/* A database with the platform's tables and the probe. */
static inline struct stage stage_open(struct settings *settings)
{
    struct stage stage = {.arena = arena_new((size_t)64 * 1024 * 1024), .settings = settings};
    size_t applied;

    *settings = database_settings();
    clock_open();
    if (!done(db_open(stage.arena, settings, &stage.db)) ||
        !done(db_migrate(stage.db, stage.arena, PARAPHE_SOURCE "/sql/migrations", &applied)) ||
        !done(db_probe_create(stage.db, stage.arena, NULL)))
        database_give_up("the tables of the test cannot be made");
    return stage;
}

/* Ends the test; returns what main is to return. */
static inline int stage_end(struct stage *stage)
{
    db_close(stage->db);
    arena_free(stage->arena);
    return tap_end();
}

#endif
