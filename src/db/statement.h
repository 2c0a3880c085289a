/* Constant descriptors of named statements, and the engine that runs them.
 *
 * Only the generated db/statements.c makes descriptors and calls the engine; everybody else
 * calls the generated functions. */
#ifndef PARAPHE_DB_STATEMENT_H
#define PARAPHE_DB_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

enum db_type { DB_U64, DB_U32, DB_I64, DB_BOOL, DB_STR, DB_BLOB, DB_TIME, DB_DATE };

enum db_kind { DB_EXEC, DB_ONE, DB_MANY };

/* A member of a struct: a value sent, or a column read. */
struct db_field {
    const char *name;
    enum db_type type;
    bool nullable;
    size_t offset;
    size_t has_offset; /* of bool has_NAME; only where a NULL cannot be told by the value itself */
};

/* A choice of SQL text, kept as an enum in the struct of what goes in. */
struct db_choice {
    const char *name;
    size_t offset;
    size_t count; /* of options */
};

/* One text of a statement: there are as many as combinations of choices. */
struct db_variant {
    const char *sql;
    const unsigned char *parameters; /* for each `?`, the index of the field that fills it */
    size_t parameter_count;
};

struct db_statement {
    const char *name;
    enum db_kind kind;
    const struct db_field *in;
    size_t in_count;
    const struct db_field *out;
    size_t out_count;
    size_t row_size;
    const struct db_choice *choices;
    size_t choice_count;
    const struct db_variant *variants; /* the last choice varies fastest */
    size_t variant_count;
    size_t slot; /* of the first variant among all */
};

/* Every statement of the program, and how many variants they have together. */
extern const struct db_statement db_statements[];
extern const size_t db_statement_count, db_slot_count;

/* Run a statement of that kind with the values of the struct `in` (NULL if it takes none). The
 * rows are structs of row_size bytes in the arena. */
enum err db_run_exec(struct db *db, struct arena *arena, const struct db_statement *statement,
                     const void *in, struct db_done *done);
enum err db_run_one(struct db *db, struct arena *arena, const struct db_statement *statement,
                    const void *in, void **row);
enum err db_run_many(struct db *db, struct arena *arena, const struct db_statement *statement,
                     const void *in, void **rows, size_t *count);

#endif
