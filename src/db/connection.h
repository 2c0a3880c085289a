/* What the files of this room share, and nobody else sees: the connection and its library. */
#ifndef PARAPHE_DB_CONNECTION_H
#define PARAPHE_DB_CONNECTION_H

#include <mysql.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "db/db.h"
#include "db/statement.h"

/* A truth value of the library: MariaDB's and MySQL's differ. */
#ifdef LIBMARIADB
typedef my_bool db_truth;
#else
typedef bool db_truth;
#endif

struct db {
    struct arena *arena; /* the process's: it lives as long as this */
    const struct settings *settings;
    MYSQL *mysql;          /* NULL while not connected */
    MYSQL_STMT **prepared; /* one a slot, NULL until first used on this connection */
    bool patient;          /* wait for the server as long as it takes */
    bool bound;            /* what is under way depends on this very connection */
    bool lost;             /* the connection is of no more use */
    bool in_transaction;
    enum err (*tell)(struct db *db); /* of changes; NULL for nobody */
    bool changed;                    /* the transaction has something to tell */
    bool doomed;                     /* the transaction can only be rolled back … */
    bool again;                      /* … and is worth another try */
};

/* Makes sure of a connection, a new one if need be; in a transaction, that it has not failed. */
enum err db_ready(struct db *db);

/* That a statement has changed rows: to be told now, or when the transaction is committed. */
enum err db_changed(struct db *db);

/* Drops the connection and makes a new one. */
enum err db_connect(struct db *db);

/* The statement of that variant, prepared on this connection. ERR_INTERNAL "db-drift" where the
 * server counts other parameters or columns than the descriptor. */
enum err db_prepare(struct db *db, const struct db_statement *statement, size_t variant,
                    MYSQL_STMT **prepared);

/* Raises what the server or the library said about what was being done. */
enum err db_fail(struct db *db, const char *doing, unsigned number, const char *state,
                 const char *message);
enum err db_fail_statement(struct db *db, const struct db_statement *statement, MYSQL_STMT *stmt);

#endif
