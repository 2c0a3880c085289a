/* The database room on a real MariaDB: the statements of t/unit/probe.sql. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "db/db.h"
#include "db/document.h"
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
static bool failed(enum err err, enum err wanted, const char *key)
{
    const struct failure *last = err_last();

    if (err == wanted && strcmp(last->key, key) == 0)
        return true;
    printf("# %s, %s: %s\n", err_name(err), last->key, last->detail);
    return false;
}

static bool done(enum err err)
{
    return err == ERR_OK || failed(err, ERR_OK, "");
}

static const unsigned char some_bytes[] = {0, 1, 0xff, 0, '\'', '\\', 0};

static struct probe_insert_in full(const char *label)
{
    return (struct probe_insert_in){
        .label = label,
        .small = UINT32_MAX,
        .whole = INT64_MIN,
        .truth = true,
        .bytes = {some_bytes, sizeof some_bytes},
        .instant = 1801436399, /* 2027-01-31T22:59:59Z */
        .day = "2028-02-29",
        .maybe_label = "",
        .maybe_big = UINT64_MAX,
        .has_maybe_big = true,
        .maybe_truth = false,
        .has_maybe_truth = true,
        .maybe_bytes = {some_bytes, 0},
        .maybe_instant = 0,
        .has_maybe_instant = true,
        .maybe_day = "1900-01-01",
    };
}

static struct probe_insert_in bare(const char *label)
{
    return (struct probe_insert_in){.label = label, .day = "2027-01-01"};
}

static uint64_t insert(struct stage *stage, struct probe_insert_in in)
{
    struct db_done result = {0};

    return done(db_probe_insert(stage->db, stage->arena, &in, &result)) ? result.insert_id : 0;
}

static const struct probe_by_id_row *by_id(struct stage *stage, uint64_t id)
{
    struct probe_by_id_row *row = NULL;

    done(db_probe_by_id(stage->db, stage->arena, &(struct probe_by_id_in){.id = id}, &row));
    return row;
}

static uint64_t count(struct stage *stage)
{
    struct probe_count_row *row = NULL;

    done(db_probe_count(stage->db, stage->arena, &row));
    return row ? row->total : UINT64_MAX;
}

static void test_session(struct stage *stage)
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

static void test_values(struct stage *stage)
{
    const char *label = "Œuvré « ł, ş » € ’ \xf0\x9f\x8e\x93";
    const struct probe_by_id_row *row = by_id(stage, insert(stage, full(label)));

    if (!OK(row, "a row with every value is stored and found"))
        return;
    IS_STR(row->label, label, "text comes back as it was, four-byte characters included");
    OK(row->small == UINT32_MAX && row->whole == INT64_MIN && row->truth,
       "numbers come back at their limits");
    OK(bytes_equal(row->bytes, (struct bytes){some_bytes, sizeof some_bytes}),
       "bytes come back with NULs and quotes");
    IS_INT(row->instant, 1801436399, "an instant comes back to the second");
    IS_STR(row->shown_instant, "2027-01-31 22:59:59", "an instant is stored in UTC");
    IS_STR(row->day, "2028-02-29", "a day comes back");
    IS_STR(row->maybe_label, "", "an empty text is not NULL");
    OK(row->has_maybe_big && row->maybe_big == UINT64_MAX, "a nullable number comes back");
    OK(row->has_maybe_truth && !row->maybe_truth, "false is not NULL");
    OK(row->maybe_bytes.data && row->maybe_bytes.length == 0, "empty bytes are not NULL");
    OK(row->has_maybe_instant && row->maybe_instant == 0, "the epoch is not NULL");
    IS_STR(row->maybe_day, "1900-01-01", "a nullable day comes back");
}

static void test_nulls(struct stage *stage)
{
    uint64_t id = insert(stage, bare("bare"));
    const struct probe_by_id_row *row = by_id(stage, id);
    struct probe_wrong_null_row *wrong;
    struct probe_insert_in in = bare(NULL);

    if (!OK(row, "a row of NULLs is stored and found"))
        return;
    OK(!row->maybe_label && !row->has_maybe_big && !row->has_maybe_truth &&
           !row->maybe_bytes.data && !row->has_maybe_instant && !row->maybe_day,
       "NULLs come back as NULLs");
    OK(row->bytes.data && row->bytes.length == 0, "no bytes are stored as empty bytes");
    OK(failed(
           db_probe_wrong_null(stage->db, stage->arena, &(struct probe_wrong_null_in){id}, &wrong),
           ERR_INTERNAL, "db-fault") &&
           !wrong,
       "a NULL in a column that is declared without is a fault");
    OK(failed(db_probe_insert(stage->db, stage->arena, &in, NULL), ERR_INTERNAL, "db-fault"),
       "a NULL for a value that is declared without is a fault");
}

static void test_wrong_values(struct stage *stage)
{
    struct probe_insert_in no_day = bare("no day"), long_text = bare("long"), same = bare("bare");
    struct probe_too_small_row *small;
    struct probe_negative_row *negative;
    struct probe_all_row *all;
    uint64_t id = insert(stage, full("limits"));

    no_day.day = "2027-02-29";
    OK(failed(db_probe_insert(stage->db, stage->arena, &no_day, NULL), ERR_INTERNAL, "db-fault"),
       "a day that does not exist is not sent");
    long_text.label = "123456789 123456789 123456789 123456789 123456789 1";
    OK(failed(db_probe_insert(stage->db, stage->arena, &long_text, NULL), ERR_INTERNAL,
              "db-fault") &&
           strstr(err_last()->detail, "column 'label'") && !strstr(err_last()->detail, "123456"),
       "a text too long is refused, and the log names the column without the text");
    OK(failed(db_probe_insert(stage->db, stage->arena, &same, NULL), ERR_CONFLICT,
              "db-duplicate") &&
           strstr(err_last()->detail, "key 'label'") && !strstr(err_last()->detail, "bare"),
       "a duplicate is a conflict, and the log names the key without the value");
    OK(failed(db_probe_too_small(stage->db, stage->arena, &(struct probe_too_small_in){id}, &small),
              ERR_INTERNAL, "db-fault"),
       "a number that does not fit 32 bits is a fault");
    OK(failed(
           db_probe_negative(stage->db, stage->arena, &(struct probe_negative_in){id}, &negative),
           ERR_INTERNAL, "db-fault"),
       "a negative number where none can be is a fault");
    OK(failed(db_probe_all(stage->db, stage->arena, &all), ERR_INTERNAL, "db-fault") && !all,
       "two rows where one is expected are a fault");
    OK(!by_id(stage, 999999), "no row is no error");
}

static void test_references(struct stage *stage)
{
    struct probe_child_insert_in in = {.probe_id = 999999};

    OK(done(db_probe_child_create(stage->db, stage->arena, NULL)), "a table that refers is made");
    OK(failed(db_probe_child_insert(stage->db, stage->arena, &in, NULL), ERR_CONFLICT,
              "db-referenced"),
       "a row that refers to none is a conflict");
}

static const char *labels(struct stage *stage, struct probe_list_in in)
{
    struct probe_list_row *rows;
    char *text = arena_strdup(stage->arena, "");
    size_t length;

    if (!done(db_probe_list(stage->db, stage->arena, &in, &rows, &length)))
        return "failed";
    for (size_t i = 0; i < length; i++)
        text = arena_printf(stage->arena, "%s%s ", text, rows[i].label);
    return text;
}

static void test_choices(struct stage *stage)
{
    struct probe_list_in in = {.least = 1002};

    for (uint64_t id = 1001; id <= 1005; id++) {
        struct probe_insert_in row = bare(arena_printf(stage->arena, "%d", (int)id));
        row.id = id;
        row.has_id = true;
        insert(stage, row);
    }
    IS_STR(labels(stage, in), "1002 1003 1004 1005 ", "the first option is chosen by zero");
    in.order = PROBE_LIST_ORDER_DOWN;
    IS_STR(labels(stage, in), "1005 1004 1003 1002 ", "another option sorts otherwise");
    in.which = PROBE_LIST_WHICH_EVEN;
    IS_STR(labels(stage, in), "1004 1002 ", "two choices combine");
    in.order = PROBE_LIST_ORDER_NEAR;
    IS_STR(labels(stage, in), "1002 1004 ", "an option may hold a parameter");
    in.least = 2000;
    IS_STR(labels(stage, in), "", "a list may be empty");
    memset(&in.order, 0x7f, sizeof in.order);
    IS_STR(labels(stage, in), "failed", "an option that is none is a fault");
}

static void test_done(struct stage *stage)
{
    struct probe_set_small_in in = {.id = 1001, .small = 7};
    struct db_done result;

    OK(done(db_probe_set_small(stage->db, stage->arena, &in, &result)) && result.affected == 1,
       "an update counts its row");
    OK(done(db_probe_set_small(stage->db, stage->arena, &in, &result)) && result.affected == 1,
       "an update counts a row it finds, though it changes nothing");
    in.id = 999999;
    OK(done(db_probe_set_small(stage->db, stage->arena, &in, &result)) && result.affected == 0,
       "an update that finds no row says so");
}

/* Transactions -------------------------------------------------------------------------------- */

static enum err two_rows(void *arg)
{
    struct stage *stage = arg;

    insert(stage, bare("first"));
    insert(stage, bare("second"));
    return db_in_transaction(stage->db) ? ERR_OK : ERR_INTERNAL;
}

static enum err two_rows_and_a_failure(void *arg)
{
    struct stage *stage = arg;

    insert(stage, bare("third"));
    insert(stage, bare("fourth"));
    return err_raise(ERR_FORBIDDEN, "test-failure", "the body failed");
}

static enum err one_in_another(void *arg)
{
    return db_transaction(((struct stage *)arg)->db, two_rows, arg);
}

static enum err duplicate_swallowed(void *arg)
{
    struct stage *stage = arg;
    struct probe_insert_in same = bare("first");

    insert(stage, bare("fifth"));
    return db_probe_insert(stage->db, stage->arena, &same, NULL) == ERR_CONFLICT ? ERR_OK
                                                                                 : ERR_INTERNAL;
}

static jmp_buf edge;

static enum err jump(void *arg)
{
    insert(arg, bare("sixth"));
    longjmp(edge, 1);
}

static void test_transactions(struct stage *stage)
{
    uint64_t before = count(stage);

    OK(done(db_transaction(stage->db, two_rows, stage)) && !db_in_transaction(stage->db),
       "a transaction is committed");
    IS_INT(count(stage), before + 2, "what it did is there");
    OK(failed(db_transaction(stage->db, two_rows_and_a_failure, stage), ERR_FORBIDDEN,
              "test-failure"),
       "a body's error comes out of its transaction");
    IS_INT(count(stage), before + 2, "what a failed body did is undone");
    OK(failed(db_transaction(stage->db, one_in_another, stage), ERR_INTERNAL, "db-fault"),
       "a transaction in a transaction is a fault");
    OK(done(db_transaction(stage->db, duplicate_swallowed, stage)),
       "a body may go on after a duplicate");
    IS_INT(count(stage), before + 3, "and keeps what it did before");
    if (setjmp(edge) == 0)
        db_transaction(stage->db, jump, stage);
    OK(db_in_transaction(stage->db), "a jump leaves the transaction open");
    db_rollback(stage->db);
    OK(!db_in_transaction(stage->db) && count(stage) == before + 3,
       "a rollback at the request's edge undoes it");
    insert(stage, bare("seventh"));
    db_rollback(stage->db);
    IS_INT(count(stage), before + 4, "a rollback outside of a transaction undoes nothing");
}

struct crossing {
    struct stage *stage;
    uint64_t first, second; /* the rows to be locked, in this order */
    int tell, wait;         /* pipes to the other, and from it */
    int tries;
};

/* Locks one row, waits until the other has locked the other one, and wants that too: the first
 * time these two end in a deadlock. */
static enum err cross(void *arg)
{
    struct crossing *crossing = arg;
    struct stage *stage = crossing->stage;
    char sign = '!';

    crossing->tries++;
    ERR_TRY(db_probe_add(stage->db, stage->arena, &(struct probe_add_in){crossing->first}, NULL));
    if (crossing->tries == 1 &&
        (write(crossing->tell, &sign, 1) != 1 || read(crossing->wait, &sign, 1) != 1))
        return ERR_INTERNAL;
    return db_probe_add(stage->db, stage->arena, &(struct probe_add_in){crossing->second}, NULL);
}

/* The other side of the deadlock, in a process of its own: exits with its number of tries. */
static _Noreturn void be_the_other(const struct settings *settings, int tell, int wait)
{
    struct arena *arena = arena_new((size_t)1024 * 1024);
    struct stage stage = {.arena = arena, .settings = settings};
    struct crossing crossing = {&stage, 1002, 1001, tell, wait, 0};

    if (!done(db_open(arena, settings, &stage.db)) ||
        !done(db_transaction(stage.db, cross, &crossing)))
        _exit(99);
    arena_free(arena);
    _exit(crossing.tries);
}

static void test_deadlock(struct stage *stage)
{
    int there[2], back[2], status = 0;
    struct crossing crossing;
    uint32_t before = by_id(stage, 1001)->small;
    pid_t other;

    if (pipe(there) != 0 || pipe(back) != 0 || (other = fork()) < 0) {
        OK(false, "two processes are there");
        return;
    }
    if (other == 0)
        be_the_other(stage->settings, back[1], there[0]);
    crossing = (struct crossing){stage, 1001, 1002, there[1], back[0], 0};
    OK(done(db_transaction(stage->db, cross, &crossing)), "one side of a deadlock succeeds");
    waitpid(other, &status, 0);
    OK(WIFEXITED(status) && WEXITSTATUS(status) < 99, "the other side of a deadlock succeeds");
    OK(crossing.tries + WEXITSTATUS(status) >= 3, "because one of them tried again");
    IS_INT(by_id(stage, 1001)->small, before + 2, "and each did its work once");
    close(there[0]);
    close(there[1]);
    close(back[0]);
    close(back[1]);
}

struct waiting {
    struct stage *stage;
    int tries;
    bool swallow;
};

static enum err want_a_lock(void *arg)
{
    struct waiting *waiting = arg;
    struct stage *stage = waiting->stage;
    enum err err;

    waiting->tries++;
    insert(stage, bare("eighth"));
    err = db_probe_add(stage->db, stage->arena, &(struct probe_add_in){1001}, NULL);
    return waiting->swallow ? ERR_OK : err;
}

static enum err hold_a_lock(void *arg)
{
    struct stage *stage = arg, other = *stage;
    struct waiting waiting = {&other, 0, false};
    uint64_t before = count(stage);

    ERR_TRY(db_probe_add(stage->db, stage->arena, &(struct probe_add_in){1001}, NULL));
    ERR_TRY(db_open(stage->arena, stage->settings, &other.db));
    ERR_TRY(db_probe_no_waiting(other.db, stage->arena, NULL));
    OK(failed(db_transaction(other.db, want_a_lock, &waiting), ERR_UNAVAILABLE, "db-busy"),
       "a lock that is not to be had is said to be busy");
    IS_INT(waiting.tries, 3, "after three tries");
    waiting = (struct waiting){&other, 0, true};
    OK(failed(db_transaction(other.db, want_a_lock, &waiting), ERR_UNAVAILABLE, "db-busy"),
       "a body that overlooks it is not committed");
    IS_INT(count(stage), before, "and nothing of it stays");
    db_close(other.db);
    return ERR_OK;
}

/* Connections --------------------------------------------------------------------------------- */

static uint64_t connection_of(struct stage *stage)
{
    struct probe_connection_row *row = NULL;

    done(db_probe_connection(stage->db, stage->arena, &row));
    return row ? row->id : 0;
}

/* Ends the connection of that number from another one. */
static void kill_connection(struct stage *stage, uint64_t id)
{
    struct stage other = *stage;

    if (done(db_open(stage->arena, stage->settings, &other.db)))
        done(db_probe_kill(other.db, stage->arena, &(struct probe_kill_in){id}, NULL));
    db_close(other.db);
    /* The server closes it in its own time. */
    usleep(100 * 1000);
}

static enum err lose_connection(void *arg)
{
    struct stage *stage = arg;
    struct probe_insert_in in = bare("tenth");

    insert(stage, bare("ninth"));
    kill_connection(stage, connection_of(stage));
    /* Overlooked here on purpose: the transaction must not commit without its first row. */
    db_probe_insert(stage->db, stage->arena, &in, NULL);
    return ERR_OK;
}

static void test_connection(struct stage *stage)
{
    uint64_t before = count(stage), first = connection_of(stage);
    struct settings nowhere = *stage->settings;
    struct db *none;

    kill_connection(stage, first);
    IS_INT(count(stage), before, "a connection lost while idle is replaced unseen");
    OK(connection_of(stage) != first, "by a new one");
    test_session(stage);
    OK(failed(db_transaction(stage->db, lose_connection, stage), ERR_UNAVAILABLE, "db-unavailable"),
       "a connection lost in a transaction makes that fail");
    IS_INT(count(stage), before, "with nothing of it left");
    OK(done(db_transaction(stage->db, two_rows_and_a_failure, stage)) ||
           err_last()->code == ERR_FORBIDDEN,
       "and the next transaction has a connection again");
    nowhere.db_socket = "/nonexistent/socket";
    OK(failed(db_open(stage->arena, &nowhere, &none), ERR_UNAVAILABLE, "db-unavailable"),
       "a server that is not there is said to be unavailable");
    OK(failed(db_probe_add(none, stage->arena, &(struct probe_add_in){1}, NULL), ERR_UNAVAILABLE,
              "db-unavailable"),
       "and is tried again at the next statement");
    db_rollback(none);
    db_close(none);
}

/* Drift --------------------------------------------------------------------------------------- */

static bool drifts(struct stage *stage, const char *statement)
{
    enum err err = db_check_statements(stage->db);

    if (err == ERR_INTERNAL && strncmp(err_last()->detail, statement, strlen(statement)) == 0)
        return true;
    printf("# %s: %s\n", err_name(err), err_last()->detail);
    return false;
}

static void test_drift(struct stage *stage)
{
    OK(drifts(stage, "probe_misplaced: column 1 is called maybe_big, but field 1 is id"),
       "a column in another's place is found");
    OK(done(db_probe_retype(stage->db, stage->arena, NULL)) &&
           drifts(stage, "probe_by_id: column 3 (small) is of another type"),
       "a column of another type is found");
    OK(done(db_probe_type_again(stage->db, stage->arena, NULL)) &&
           done(db_probe_rename(stage->db, stage->arena, NULL)) &&
           drifts(stage, "probe_insert: 1054"),
       "a column that is gone is found");
    OK(done(db_probe_name_again(stage->db, stage->arena, NULL)) && drifts(stage, "probe_misplaced"),
       "and nothing is found once it is there again");
}

/* Documents ----------------------------------------------------------------------------------- */

static enum err store_and_fail(void *arg)
{
    struct stage *stage = arg;

    ERR_TRY(
        db_document_store(stage->db, stage->arena, bytes_of("content"), "text/plain", &stage->id));
    return err_raise(ERR_FORBIDDEN, "test-failure", "the body failed");
}

static void test_documents(struct stage *stage)
{
    size_t size = (size_t)5 * 1024 * 1024 + 1;
    unsigned char *content = arena_alloc(stage->arena, size);
    struct bytes whole = {content, size};
    struct probe_parts_row *parts;
    struct document document;
    uint64_t id, empty;
    int64_t now = clock_now();

    crypto_random(content, size);
    OK(done(db_document_store(stage->db, stage->arena, whole, "application/pdf", &id)),
       "a document of 5 MiB and a byte is stored");
    OK(done(db_probe_parts(stage->db, stage->arena, &(struct probe_parts_in){id}, &parts)) &&
           parts->parts == 6 && parts->largest == 1024 * 1024,
       "in parts of a MiB");
    OK(done(db_document_load(stage->db, stage->arena, id, &document)) &&
           bytes_equal(document.content, whole),
       "it is loaded byte for byte");
    OK(document.id == id && document.size == size &&
           strcmp(document.media_type, "application/pdf") == 0 && document.sha256.length == 32 &&
           document.created_at >= now - 5 && document.created_at <= now + 60,
       "with its size, type, hash and time");
    OK(done(db_document_info(stage->db, stage->arena, id, &document)) && document.size == size &&
           !document.content.data,
       "all but its content is to be had alone");
    OK(done(db_document_store(stage->db, stage->arena, whole, "application/pdf", &empty)) &&
           empty != id,
       "the same content again is another document");
    OK(done(db_probe_damage(stage->db, stage->arena, &(struct probe_damage_in){id}, NULL)) &&
           failed(db_document_load(stage->db, stage->arena, id, &document), ERR_INTERNAL,
                  "document-damaged"),
       "a changed byte is noticed");
    OK(done(db_probe_lose(stage->db, stage->arena, &(struct probe_lose_in){id}, NULL)) &&
           failed(db_document_load(stage->db, stage->arena, id, &document), ERR_INTERNAL,
                  "document-damaged"),
       "a lost part is noticed");
    OK(failed(db_document_load(stage->db, stage->arena, 999999, &document), ERR_NOT_FOUND,
              "document-missing"),
       "a document that never was is not found");
    OK(done(db_document_remove(stage->db, stage->arena, id)) &&
           done(db_probe_parts(stage->db, stage->arena, &(struct probe_parts_in){id}, &parts)) &&
           parts->parts == 0 &&
           failed(db_document_remove(stage->db, stage->arena, id), ERR_NOT_FOUND,
                  "document-missing"),
       "a document is removed with its parts, once");
    OK(done(db_document_store(stage->db, stage->arena, bytes_of(""), "text/plain", &empty)) &&
           done(db_document_load(stage->db, stage->arena, empty, &document)) &&
           document.content.length == 0,
       "an empty document is stored and loaded");
    OK(failed(db_transaction(stage->db, store_and_fail, stage), ERR_FORBIDDEN, "test-failure") &&
           failed(db_document_info(stage->db, stage->arena, stage->id, &document), ERR_NOT_FOUND,
                  "document-missing"),
       "a document stored in a transaction goes with it");
}

int main(void)
{
    struct settings settings = database_settings();
    struct stage stage = {.arena = arena_new((size_t)64 * 1024 * 1024), .settings = &settings};
    size_t applied;

    clock_open();
    if (!done(db_open(stage.arena, &settings, &stage.db)) ||
        !done(db_migrate(stage.db, stage.arena, PARAPHE_SOURCE "/sql/migrations", &applied)) ||
        !done(db_probe_create(stage.db, stage.arena, NULL)))
        database_give_up("the tables of the test cannot be made");
    test_session(&stage);
    test_values(&stage);
    test_nulls(&stage);
    test_wrong_values(&stage);
    test_references(&stage);
    test_choices(&stage);
    test_done(&stage);
    test_transactions(&stage);
    test_deadlock(&stage);
    OK(done(db_transaction(stage.db, hold_a_lock, &stage)), "who holds the lock is not disturbed");
    test_connection(&stage);
    test_documents(&stage);
    test_drift(&stage);
    db_close(stage.db);
    arena_free(stage.arena);
    return tap_end();
}
