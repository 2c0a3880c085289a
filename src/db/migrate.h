/* Brings the database's schema to where this program needs it. */
#ifndef PARAPHE_DB_MIGRATE_H
#define PARAPHE_DB_MIGRATE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

/* Carries out the files NNNN-name.sql of directory dir that the database has not seen yet, in
 * their order, each once; *applied says how many. A named lock keeps two runs apart. Errors
 * (ERR_CONFLICT "schema-…" or ERR_INVALID "schema-…") name the file, and the line where a
 * statement failed. MariaDB and MySQL cannot undo changes of tables: what preceded a failed
 * statement in its file stays done, and the detail says so. */
enum err db_migrate(struct db *db, struct arena *arena, const char *dir, size_t *applied);

#endif
