/* The database: one connection a process, named statements, transactions.
 *
 * The statements themselves are functions in db/statements.h, made at build time from
 * sql/statements/ (src/db/README says how to write one). Everything read lives in the arena it
 * was asked with.
 *
 * Errors: a duplicate key is ERR_CONFLICT "db-duplicate"; a row that is referred to, or refers to
 * one that is gone, ERR_CONFLICT "db-referenced"; a deadlock or a lock not obtained in 5 s
 * ERR_UNAVAILABLE "db-busy"; a server that is away ERR_UNAVAILABLE "db-unavailable"; what only a
 * fault of ours explains ERR_INTERNAL "db-fault". The details name the statement and the key or
 * column, never a value. */
#ifndef PARAPHE_DB_DB_H
#define PARAPHE_DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"

struct db;

/* What a statement without rows did. */
struct db_done {
    uint64_t affected;  /* rows inserted, deleted, or found by an UPDATE (changed or not) */
    uint64_t insert_id; /* the AUTO_INCREMENT value given, or 0 */
};

/* Connects with settings->db_*: the session is UTF-8 (utf8mb4_unicode_520_ci), UTC, strict,
 * READ COMMITTED. The connection and the settings must outlive the arena's next reset, which
 * closes it; after a fork each process opens its own. ERR_UNAVAILABLE if the server is not
 * there. */
enum err db_open(struct arena *arena, const struct settings *settings, struct db **db);

/* Closes at once; harmless twice. */
void db_close(struct db *db);

/* Begins, runs body(arg), commits. If body fails all is rolled back and its error returned; on a
 * deadlock or lock timeout the body runs again, three times in all, so it must start from arg
 * anew. A transaction in a transaction is ERR_INTERNAL. A connection lost on the way is
 * ERR_UNAVAILABLE; was it lost during the commit, then nobody knows whether it took place. */
enum err db_transaction(struct db *db, enum err (*body)(void *arg), void *arg);

bool db_in_transaction(const struct db *db);

/* From now on tell(db) runs at the end of each transaction that changed rows, as a part of it; and
 * after each statement that did so outside of one. */
void db_on_change(struct db *db, enum err (*tell)(struct db *db));

/* Undoes a transaction that was left by a jump (base/arena.h). Harmless outside: call it at the end
 * of every request. A connection that the server has closed meanwhile is noticed and replaced at
 * the next statement outside a transaction. */
void db_rollback(struct db *db);

/* Prepares every statement and compares its parameters and columns (count, order, type) with what
 * sql/statements declares; ERR_INTERNAL "db-drift" names the first that differs. */
enum err db_check_statements(struct db *db);

#endif
