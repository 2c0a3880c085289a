/* Importing establishments from a table: kept on the server, previewed row by row, and then written
 * as a whole or not at all.
 *
 * The UAI says which establishment a row is: so a table can be imported again, and changes what is
 * different in it. What a table leaves empty is left as it is. */
#ifndef PARAPHE_DOMAIN_DIRECTORY_IMPORT_H
#define PARAPHE_DOMAIN_DIRECTORY_IMPORT_H

#include "base/bytes.h"
#include "domain/establishment.h"

#define DIRECTORY_DIGEST_LENGTH 64
#define DIRECTORY_FIELDS 6 /* that a table may change: all but the UAI */

/* What is wrong with a row: column is one of "uai", "name", "email", "address", "postal_code",
 * "city", "phone"; sentence a key of views/errors.txt; text what stands there. */
struct directory_fault {
    const char *column;
    const char *sentence;
    const char *text;
};
#define DIRECTORY_FAULTS_MOST (DIRECTORY_FIELDS + 1)

/* A row as it was read: no text is NULL, what the table does not say is "". */
struct directory_line {
    size_t number; /* as spreadsheet programs count them */
    struct establishment establishment;
    struct directory_fault faults[DIRECTORY_FAULTS_MOST];
    size_t fault_count;
};

struct directory_table {
    struct directory_line *lines;
    size_t count;
    const char **unused; /* titles that stand for nothing here */
    size_t unused_count;
    size_t open_quote; /* as struct table */
};

/* Errors: as table_read; ERR_INVALID "directory-columns" (there is no UAI) or "directory-no-rows".
 */
enum err directory_table_read(struct arena *arena, struct bytes file,
                              struct directory_table *table);

enum directory_outcome {
    DIRECTORY_CREATE,
    DIRECTORY_CHANGE,
    DIRECTORY_SAME,
    DIRECTORY_DOUBLE, /* says the same as an earlier row */
    DIRECTORY_REFUSED,
    DIRECTORY_OUTCOMES
};

struct directory_change {
    const char *column;
    const char *from;
    const char *to;
};

/* What becomes of a row. */
struct directory_row {
    struct directory_line *line;
    enum directory_outcome outcome;
    uint64_t id; /* of the establishment there already, 0 for none */
    uint32_t version;
    struct establishment establishment; /* as it will be */
    struct directory_change changes[DIRECTORY_FIELDS];
    size_t change_count;
    size_t double_of; /* the number of the earlier row */
};

struct directory_plan {
    const char *file_name;
    struct directory_row *rows;
    size_t count;
    size_t totals[DIRECTORY_OUTCOMES];
    const char **unused;
    size_t unused_count;
    const char *digest; /* the same for the same plan alone */
};

/* By an operator: keeps a file in place of the account's earlier one. Errors: as
 * directory_table_read. */
enum err directory_import_keep(struct context *ctx, struct bytes file, const char *file_name,
                               struct directory_table *table, uint64_t *id);

/* What would become of each row now. ERR_NOT_FOUND "directory-gone". */
enum err directory_import_plan(struct context *ctx, uint64_t id, struct directory_plan *plan);

/* Writes all of it in one transaction, where the plan is still the one of that digest. Errors:
 * ERR_NOT_FOUND "directory-gone" (also where it is done already); ERR_CONFLICT "directory-changed"
 * or "directory-faults". */
enum err directory_import_confirm(struct context *ctx, uint64_t id, const char *digest);

/* Forgets the file. ERR_NOT_FOUND "directory-gone". */
enum err directory_import_abandon(struct context *ctx, uint64_t id);

#endif
