/* Migrations from directories made for the occasion, of the files in t/unit/migrations. */
#include "base/arena.h"
#include "db/db.h"
#include "db/migrate.h"
#include "t/unit/probe_statements.h"

#include "t/unit/database.h"
#include "t/unit/tap.h"

/* A file of the directory, and what is in it. */
struct entry {
    const char *name, *content;
};

static char directory[64];

static const char *path_of(struct arena *arena, const char *name)
{
    return arena_printf(arena, "%s/%s", directory, name);
}

/* Runs the migrations of a directory with these entries. */
static enum err migrate(struct db *db, struct arena *arena, const struct entry *entries,
                        size_t *applied)
{
    enum err err;

    for (const struct entry *entry = entries; entry->name; entry++)
        if (symlink(arena_printf(arena, PARAPHE_SOURCE "/t/unit/migrations/%s", entry->content),
                    path_of(arena, entry->name)) != 0)
            return err_raise(ERR_INTERNAL, "test-failure", "no link");
    err = db_migrate(db, arena, directory, applied);
    for (const struct entry *entry = entries; entry->name; entry++)
        unlink(path_of(arena, entry->name));
    return err;
}

static bool has_table(struct db *db, struct arena *arena, const char *name)
{
    struct probe_tables_row *row = NULL;

    return db_probe_tables(db, arena, &(struct probe_tables_in){name}, &row) == ERR_OK && row &&
           row->total == 1;
}

#define FILES(...)         \
    (const struct entry[]) \
    {                      \
        __VA_ARGS__,       \
        {                  \
            .name = NULL   \
        }                  \
    }
#define WORDS                         \
    {                                 \
        "0001-words.sql", "words.sql" \
    }
#define WITHOUT_END                               \
    {                                             \
        "0003-without-end.sql", "without-end.sql" \
    }

static void test_good(struct db *db, struct arena *arena)
{
    struct probe_words_row *words;
    size_t applied, count;

    if (!OK(migrate(db, arena, FILES(WORDS, WITHOUT_END), &applied) == ERR_OK && applied == 2,
            "files are applied"))
        printf("# %s\n", err_last()->detail);
    if (!OK(db_probe_words(db, arena, &words, &count) == ERR_OK && count == 7,
            "each statement of a file is carried out"))
        return;
    IS_STR(words[0].text, "semi;colon", "a semicolon in single quotes is text");
    IS_STR(words[1].text, "double;quote", "so it is in double quotes");
    IS_STR(words[2].text, "it's; 'so'", "quotes in quotes are text, doubled or with a backslash");
    IS_STR(words[3].text, "back\\", "a backslash before a backslash hides no quote");
    OK(words[4].id == 6, "-- without a space begins no comment");
    IS_STR(words[5].text, "-- no comment; # nor this /* nor this", "no comment begins in quotes");
    IS_STR(words[6].text, "the last needs no semicolon", "the end of the file ends a statement");
    OK(has_table(db, arena, "odd;name"), "a semicolon in backquotes is part of a name");
    OK(migrate(db, arena, FILES(WORDS, WITHOUT_END), &applied) == ERR_OK && applied == 0,
       "a file is applied once");
}

/* Whether migrating fails so, with a detail that has this in it. */
static bool refused(struct db *db, struct arena *arena, const struct entry *entries,
                    enum err wanted, const char *key, const char *detail)
{
    size_t applied;
    enum err err = migrate(db, arena, entries, &applied);

    if (err == wanted && strcmp(err_last()->key, key) == 0 && strstr(err_last()->detail, detail))
        return true;
    printf("# %s, %s: %s\n", err_name(err), err_last()->key, err_last()->detail);
    return false;
}

static void test_refused(struct db *db, struct arena *arena)
{
    OK(refused(db, arena, FILES({"0001-words.sql", "words-changed.sql"}, WITHOUT_END), ERR_CONFLICT,
               "schema-changed", "0001-words.sql"),
       "a file that was changed after it was applied is refused");
    OK(refused(db, arena, FILES(WORDS), ERR_CONFLICT, "schema-newer", "0003-without-end.sql"),
       "a database newer than the program is refused");
    OK(refused(db, arena, FILES(WORDS, {"0002-more.sql", "failing.sql"}, WITHOUT_END), ERR_CONFLICT,
               "schema-order", "0002-more.sql"),
       "a new file with an old number is refused");
    OK(refused(db, arena, FILES(WORDS, WITHOUT_END, {"4-more.sql", "failing.sql"}), ERR_INVALID,
               "schema-file", "4-more.sql"),
       "a file without a number of four digits is refused");
    OK(refused(db, arena, FILES(WORDS, {"0001-more.sql", "failing.sql"}), ERR_INVALID,
               "schema-file", "0001-words.sql"),
       "two files of one number are refused");
    OK(refused(db, arena, FILES(WORDS, {"0002-gone.sql", "nonexistent.sql"}), ERR_INVALID,
               "schema-file", "0002-gone.sql"),
       "a file that cannot be read is refused");
    OK(refused(db, arena, FILES({"README", "words.sql"}), ERR_INVALID, "schema-file",
               "no migrations"),
       "an empty directory is refused");
    OK(refused(db, arena, FILES(WORDS, WITHOUT_END, {"0004-open.sql", "unclosed.sql"}), ERR_INVALID,
               "schema-file", "0004-open.sql: line 3:") &&
           !has_table(db, arena, "early"),
       "a quote left open is found before anything of its file is carried out");
    OK(refused(db, arena, FILES(WORDS, WITHOUT_END, {"0005-more.sql", "failing.sql"}), ERR_INTERNAL,
               "schema-failed", "0005-more.sql:4:") &&
           has_table(db, arena, "more") && !has_table(db, arena, "never"),
       "a statement that fails is named by its line, and those after it are not carried out");
}

/* Two runs at once, in two processes, on an empty database: both succeed, one does the work. */
static void test_at_once(const struct settings *settings)
{
    pid_t pids[2];
    int status, applied = 0, failed = 0;

    for (int i = 0; i < 2; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            struct arena *arena = arena_new((size_t)8 * 1024 * 1024);
            struct db *db;
            size_t count = 0;

            if (db_open(arena, settings, &db) != ERR_OK ||
                db_migrate(db, arena, PARAPHE_SOURCE "/sql/migrations", &count) != ERR_OK)
                _exit(99);
            _exit((int)count);
        }
    }
    for (int i = 0; i < 2; i++) {
        waitpid(pids[i], &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) == 99)
            failed++;
        else
            applied += WEXITSTATUS(status);
    }
    IS_INT(failed, 0, "two runs at once both succeed");
    OK(applied >= 1, "and one of them does the work");
}

int main(void)
{
    struct arena *arena = arena_new((size_t)8 * 1024 * 1024);
    struct settings settings = database_settings();
    struct db *db;

    snprintf(directory, sizeof directory, P_tmpdir "/paraphe-migrations-XXXXXX");
    if (!mkdtemp(directory) || db_open(arena, &settings, &db) != ERR_OK)
        database_give_up("no directory or no database");
    test_good(db, arena);
    test_refused(db, arena);
    database_helper("create", database_socket, database_name);
    test_at_once(&settings);
    db_close(db);
    rmdir(directory);
    arena_free(arena);
    return tap_end();
}
