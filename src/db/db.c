#include "db/connection.h"

#include <poll.h>

#include "db/statements.h"

/* Seconds. A server that does not answer within them counts as lost. */
#define CONNECT_TIMEOUT 5
#define ANSWER_TIMEOUT 30

/* How often the body of a transaction is tried when others hold its locks. */
#define ATTEMPTS 3

static void drop(struct db *db)
{
    if (!db->mysql)
        return;
    for (size_t i = 0; i < db_slot_count; i++) {
        if (db->prepared[i])
            mysql_stmt_close(db->prepared[i]);
        db->prepared[i] = NULL;
    }
    mysql_close(db->mysql);
    db->mysql = NULL;
}

static void close_with_arena(void *db)
{
    db_close(db);
}

enum err db_open(struct arena *arena, const struct settings *settings, struct db **db)
{
    struct db *new = ARENA_NEW(arena, struct db);

    *new = (struct db){.arena = arena,
                       .settings = settings,
                       .prepared = ARENA_NEW_ARRAY(arena, db_slot_count, MYSQL_STMT *)};
    arena_on_reset(arena, close_with_arena, new);
    *db = new;
    return db_connect(new);
}

void db_close(struct db *db)
{
    db_rollback(db);
    drop(db);
}

/* TLS or nothing, with a certificate that names the host and that a known authority signed. */
static void ask_for_tls(MYSQL *mysql, const struct settings *settings)
{
#ifdef LIBMARIADB
    my_bool yes = 1;
    mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &yes);
    mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
#else
    unsigned mode = SSL_MODE_VERIFY_IDENTITY;
    mysql_options(mysql, MYSQL_OPT_SSL_MODE, &mode);
#endif
    if (settings->db_tls_ca[0])
        mysql_options(mysql, MYSQL_OPT_SSL_CA, settings->db_tls_ca);
    else
        mysql_options(mysql, MYSQL_OPT_SSL_CAPATH, "/etc/ssl/certs");
}

static void set_options(MYSQL *mysql, const struct db *db)
{
    bool by_socket = db->settings->db_socket[0];
    unsigned protocol = by_socket ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
    unsigned connect_timeout = CONNECT_TIMEOUT, answer_timeout = ANSWER_TIMEOUT, no = 0;

    mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol);
    mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect_timeout);
    if (!db->patient) {
        mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &answer_timeout);
        mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &answer_timeout);
    }
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &no);
    if (db->settings->db_tls)
        ask_for_tls(mysql, db->settings);
}

static enum err set_up_session(struct db *db)
{
    bool bound = db->bound;
    enum err err;

    db->bound = true;
    err = db_session_collation(db, db->arena, NULL);
    if (err == ERR_OK)
        err = db_session_modes(db, db->arena, NULL);
    if (err == ERR_OK)
        err = db_session_isolation(db, db->arena, NULL);
    db->bound = bound;
    return err;
}

enum err db_connect(struct db *db)
{
    const struct settings *settings = db->settings;
    bool by_socket = settings->db_socket[0];
    enum err err = ERR_OK;

    drop(db);
    db->lost = false;
    db->mysql = mysql_init(NULL);
    if (!db->mysql)
        return err_raise(ERR_UNAVAILABLE, "db-unavailable", "no memory for a connection");
    set_options(db->mysql, db);
    /* CLIENT_FOUND_ROWS: an UPDATE counts the rows it found, changed or not. */
    if (!mysql_real_connect(db->mysql, by_socket ? NULL : settings->db_host, settings->db_user,
                            settings->db_password, settings->db_name,
                            by_socket ? 0 : settings->db_port,
                            by_socket ? settings->db_socket : NULL, CLIENT_FOUND_ROWS))
        err = err_raise(ERR_UNAVAILABLE, "db-unavailable", "connecting: %u: %s",
                        mysql_errno(db->mysql), mysql_error(db->mysql));
    if (err == ERR_OK)
        err = set_up_session(db);
    if (err != ERR_OK)
        drop(db);
    return err;
}

/* An idle connection has nothing to read; if there is something, the server said goodbye or hung
 * up, and a ping tells which. */
static bool alive(MYSQL *mysql)
{
#ifdef LIBMARIADB
    struct pollfd server = {.fd = mysql_get_socket(mysql), .events = POLLIN};
#else
    struct pollfd server = {.fd = mysql->net.fd, .events = POLLIN};
#endif
    return poll(&server, 1, 0) == 0 || mysql_ping(mysql) == 0;
}

enum err db_ready(struct db *db)
{
    if (db->doomed)
        return err_raise(ERR_UNAVAILABLE, db->again ? "db-busy" : "db-unavailable",
                         "the transaction had failed already");
    if (db->in_transaction || db->bound) {
        if (!db->mysql || db->lost)
            return err_raise(ERR_UNAVAILABLE, "db-unavailable", "the connection was lost");
    } else if (!db->mysql || db->lost || !alive(db->mysql)) {
        return db_connect(db);
    }
    return ERR_OK;
}

/* One exchange with the server, where switching autocommit off and on again would be two. */
static enum err begin(struct db *db)
{
    static const char text[] = "START TRANSACTION";

    ERR_TRY(db_ready(db));
    if (mysql_real_query(db->mysql, text, sizeof text - 1))
        return db_fail(db, "begin", mysql_errno(db->mysql), mysql_sqlstate(db->mysql),
                       mysql_error(db->mysql));
    db->in_transaction = true;
    return ERR_OK;
}

static void leave(struct db *db)
{
    db->in_transaction = db->changed = db->doomed = db->again = false;
}

void db_on_change(struct db *db, enum err (*tell)(struct db *db))
{
    db->tell = tell;
}

/* What tells makes changes itself, which are not told of. */
static enum err tell_of_changes(struct db *db)
{
    enum err (*tell)(struct db * db) = db->tell;
    enum err err;

    db->changed = false;
    db->tell = NULL;
    err = tell(db);
    db->tell = tell;
    return err;
}

enum err db_changed(struct db *db)
{
    if (!db->tell || db->bound)
        return ERR_OK;
    db->changed = true;
    return db->in_transaction ? ERR_OK : tell_of_changes(db);
}

static enum err commit(struct db *db)
{
    ERR_TRY(db_ready(db));
    if (db->changed)
        ERR_TRY(tell_of_changes(db));
    if (mysql_commit(db->mysql))
        return db_fail(db, "commit", mysql_errno(db->mysql), mysql_sqlstate(db->mysql),
                       mysql_error(db->mysql));
    leave(db);
    return ERR_OK;
}

enum err db_transaction(struct db *db, enum err (*body)(void *arg), void *arg)
{
    if (db->in_transaction)
        return err_raise(ERR_INTERNAL, "db-fault", "a transaction was begun within another");
    for (int attempt = 1;; attempt++) {
        enum err err;
        bool again;

        ERR_TRY(begin(db));
        err = body(arg);
        if (err == ERR_OK)
            err = commit(db);
        if (err == ERR_OK)
            return ERR_OK;
        again = db->again;
        db_rollback(db);
        if (!again || attempt == ATTEMPTS)
            return err;
    }
}

bool db_in_transaction(const struct db *db)
{
    return db->in_transaction;
}

void db_rollback(struct db *db)
{
    if (!db->in_transaction)
        return;
    if (!db->lost && mysql_rollback(db->mysql))
        db->lost = true;
    leave(db);
}
