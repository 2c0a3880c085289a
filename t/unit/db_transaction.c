/* Transactions and connections on a real MariaDB: what is undone, tried again, replaced. */
#include "t/unit/probe.h"

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

static enum err one_row(void *arg)
{
    static int number;
    struct stage *stage = arg;

    insert(stage, bare(arena_printf(stage->arena, "changed %d", ++number)));
    return ERR_OK;
}

static enum err one_row_and_a_failure(void *arg)
{
    ERR_TRY(one_row(arg));
    return err_raise(ERR_FORBIDDEN, "test-failure", "the body failed");
}

static int told;
static bool told_inside;

static enum err tell(struct db *db)
{
    told++;
    told_inside = db_in_transaction(db);
    return ERR_OK;
}

static enum err refuse_to_tell(struct db *db)
{
    (void)db;
    return err_raise(ERR_UNAVAILABLE, "test-failure", "nobody listens");
}

static enum err look(void *arg)
{
    return count(arg) > 0 ? ERR_OK : ERR_INTERNAL;
}

static void test_changes(struct stage *stage)
{
    uint64_t before = count(stage);

    db_on_change(stage->db, tell);
    db_transaction(stage->db, look, stage);
    count(stage);
    IS_INT(told, 0, "nothing is told of a transaction that only looks");
    db_transaction(stage->db, one_row, stage);
    OK(told == 1 && told_inside, "a transaction that changes something tells of it once, inside");
    db_transaction(stage->db, one_row_and_a_failure, stage);
    IS_INT(told, 1, "nothing is told of one that failed");
    insert(stage, bare("changed alone"));
    OK(told == 2 && !told_inside, "a statement outside of a transaction tells as well");
    db_on_change(stage->db, refuse_to_tell);
    OK(failed(db_transaction(stage->db, one_row, stage), ERR_UNAVAILABLE, "test-failure"),
       "who cannot tell does not commit");
    db_on_change(stage->db, NULL);
    IS_INT(count(stage), before + 2, "the changes are those told of");
}

/* Reads a row that is larger than the arena may be, until that jumps. */
static void test_full_arena(struct stage *stage)
{
    size_t size = (size_t)512 * 1024;
    struct probe_insert_in in = bare("large");
    struct arena *small = arena_new((size_t)128 * 1024);
    struct probe_by_id_row *row = NULL;
    uint64_t id;

    in.bytes = (struct bytes){arena_alloc(stage->arena, size), size};
    id = insert(stage, in);
    if (setjmp(edge) == 0) {
        arena_catch(small, &edge);
        db_probe_by_id(stage->db, small, &(struct probe_by_id_in){id}, &row);
    }
    OK(!row, "a row too large for the arena jumps to the request's edge");
    db_rollback(stage->db);
    OK(by_id(stage, id) && by_id(stage, id)->bytes.length == size && count(stage) > 0,
       "and the connection goes on with the next request");
    arena_free(small);
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

int main(void)
{
    struct settings settings;
    struct stage stage = stage_open(&settings);

    for (uint64_t id = 1001; id <= 1002; id++) {
        struct probe_insert_in row = bare(arena_printf(stage.arena, "%d", (int)id));

        row.id = id;
        row.has_id = true;
        insert(&stage, row);
    }
    test_transactions(&stage);
    test_changes(&stage);
    test_full_arena(&stage);
    test_deadlock(&stage);
    OK(done(db_transaction(stage.db, hold_a_lock, &stage)), "who holds the lock is not disturbed");
    test_connection(&stage);
    return stage_end(&stage);
}
