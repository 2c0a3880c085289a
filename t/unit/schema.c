/* The platform's own schema and statements, as they are in sql/. */
#include "base/arena.h"
#include "base/crypto.h"
#include "db/db.h"
#include "db/document.h"
#include "db/migrate.h"

#include "t/unit/database.h"
#include "t/unit/tap.h"

#define MIGRATIONS PARAPHE_SOURCE "/sql/migrations"

int main(void)
{
    struct arena *arena = arena_new((size_t)32 * 1024 * 1024);
    struct settings settings = database_settings();
    struct db *db;
    size_t applied;

    OK(db_open(arena, &settings, &db) == ERR_OK, "the database is opened");
    if (!OK(db_migrate(db, arena, MIGRATIONS, &applied) == ERR_OK && applied >= 2,
            "every migration is applied to an empty database"))
        printf("# %s\n", err_last()->detail);
    OK(db_migrate(db, arena, MIGRATIONS, &applied) == ERR_OK && applied == 0,
       "a second run finds nothing to do");
    if (!OK(db_check_statements(db) == ERR_OK, "every statement fits the schema"))
        printf("# %s\n", err_last()->detail);
    arena_free(arena);
    return tap_end();
}
