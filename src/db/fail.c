#include "db/connection.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <string.h>

/* Numbers that not both MariaDB's and MySQL's headers name. */
#define KILLED_BY_ADMIN 1927        /* MariaDB ER_CONNECTION_KILLED */
#define IDLE_TOO_LONG 4031          /* MySQL ER_CLIENT_INTERACTION_TIMEOUT */
#define LOST_WITH_SYSTEM_ERROR 2055 /* CR_SERVER_LOST_EXTENDED */
#define NODE_NOT_READY 1047         /* Galera: WSREP has not yet prepared node */

enum meaning { BUSY, LOST, AWAY, DUPLICATE, REFERENCED, FAULT };

static enum meaning meaning_of(unsigned number)
{
    switch (number) {
    case ER_LOCK_DEADLOCK:
    case ER_LOCK_WAIT_TIMEOUT:
        return BUSY;
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_COMMANDS_OUT_OF_SYNC:
    case ER_SERVER_SHUTDOWN:
    case KILLED_BY_ADMIN:
    case IDLE_TOO_LONG:
    case LOST_WITH_SYSTEM_ERROR:
    case ER_OPTION_PREVENTS_STATEMENT: /* read-only: the cluster's writer is another by now */
        return LOST;
    case ER_QUERY_INTERRUPTED:
    case ER_CON_COUNT_ERROR:
    case NODE_NOT_READY:
        return AWAY;
    case ER_DUP_ENTRY:
        return DUPLICATE;
    case ER_ROW_IS_REFERENCED_2:
    case ER_NO_REFERENCED_ROW_2:
        return REFERENCED;
    default:
        return FAULT;
    }
}

/* What of the message may be logged: messages about data (classes 22 and 23 of the SQL standard's
 * states) quote values, but name the key or the column after them. */
static const char *harmless(const char *state, const char *message)
{
    static const char *const beginnings[] = {" for key ", " for column ", " FOREIGN KEY ",
                                             "CONSTRAINT "};
    const char *rest = NULL;

    if (strncmp(state, "22", 2) != 0 && strncmp(state, "23", 2) != 0)
        return message;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        for (const char *at = message; (at = strstr(at, beginnings[i])); at++)
            rest = rest && rest > at ? rest : at;
    return rest ? rest : "";
}

enum err db_fail(struct db *db, const char *doing, unsigned number, const char *state,
                 const char *message)
{
    enum meaning meaning = meaning_of(number);
    const char *said = harmless(state, message);

    if (meaning == LOST)
        db->lost = true;
    if (meaning == BUSY || meaning == LOST) {
        db->again = meaning == BUSY && db->in_transaction;
        db->doomed = db->in_transaction;
    }
    switch (meaning) {
    case BUSY:
        return err_raise(ERR_UNAVAILABLE, "db-busy", "%s: %u: %s", doing, number, said);
    case LOST:
    case AWAY:
        return err_raise(ERR_UNAVAILABLE, "db-unavailable", "%s: %u: %s", doing, number, said);
    case DUPLICATE:
        return err_raise(ERR_CONFLICT, "db-duplicate", "%s: %u: %s", doing, number, said);
    case REFERENCED:
        return err_raise(ERR_CONFLICT, "db-referenced", "%s: %u: %s", doing, number, said);
    case FAULT:
        break;
    }
    return err_raise(ERR_INTERNAL, "db-fault", "%s: %u (%s): %s", doing, number, state, said);
}

enum err db_fail_statement(struct db *db, const struct db_statement *statement, MYSQL_STMT *stmt)
{
    return db_fail(db, statement->name, mysql_stmt_errno(stmt), mysql_stmt_sqlstate(stmt),
                   mysql_stmt_error(stmt));
}
