/* Importing a school's trainees from a table: kept on the server, previewed row by row, and then
 * written as a whole or not at all.
 *
 * Who has the folded names and the birth date of a trainee of the school is that trainee: so a
 * table can be imported again, and changes what is different in it. What a table leaves empty is
 * left as it is. */
#ifndef PARAPHE_DOMAIN_TRAINEE_IMPORT_H
#define PARAPHE_DOMAIN_TRAINEE_IMPORT_H

#include "domain/trainee_table.h"

#define IMPORT_DIGEST_LENGTH 64
#define IMPORT_REISSUES_MOST 200 /* conventions that one import may replace */

enum import_outcome {
    IMPORT_CREATE,
    IMPORT_CHANGE,
    IMPORT_SAME,
    IMPORT_DOUBLE, /* the trainee of an earlier row, which counts */
    IMPORT_REFUSED,
    IMPORT_OUTCOMES
};

/* A value that becomes another; column as in struct trainee_fault. */
struct import_change {
    const char *column;
    const char *from;
    const char *to;
};
#define IMPORT_CHANGES_MOST 7

/* What becomes of a row. */
struct import_row {
    const struct trainee_line *line;
    enum import_outcome outcome;
    uint64_t id;            /* of the trainee there already, 0 for none */
    uint32_t version;       /* of that trainee */
    struct trainee trainee; /* as it will be */
    struct import_change changes[IMPORT_CHANGES_MOST];
    size_t change_count;
    size_t conventions; /* of that trainee, that a correction may replace */
    size_t double_of;   /* the number of the earlier row */
};

struct import_plan {
    const char *file_name;
    const char *class_name;
    struct import_row *rows;
    size_t count;
    size_t totals[IMPORT_OUTCOMES];
    size_t conventions; /* of all who are changed */
    size_t lacking;     /* who then cannot be registered yet (trainee_is_complete) */
    const char **unused;
    size_t unused_count;
    char digest[IMPORT_DIGEST_LENGTH + 1]; /* the same for the same plan alone */
};

/* By the origin: keeps a file in place of the account's earlier one. Errors: as
 * trainee_table_read, *table then tells more; ERR_FORBIDDEN for an operator. */
enum err trainee_import_keep(struct context *ctx, struct bytes file, const char *file_name,
                             const char *class_name, struct trainee_table *table, uint64_t *id);

/* What would become of each row now. ERR_NOT_FOUND "import-gone". */
enum err trainee_import_plan(struct context *ctx, uint64_t id, struct import_plan *plan);

/* Writes all of it in one transaction, where the plan is still the one of that digest. reissue: as
 * trainee_correct. Errors: ERR_NOT_FOUND "import-gone" (also where it is done already);
 * ERR_CONFLICT "import-changed" or "import-faults"; ERR_TOO_LARGE "import-too-many-conventions". */
enum err trainee_import_confirm(struct context *ctx, uint64_t id, const char *digest, bool reissue);

/* Forgets the file. ERR_NOT_FOUND "import-gone". */
enum err trainee_import_abandon(struct context *ctx, uint64_t id);

/* Forgets files that nobody said a word about for a day. *count: how many. */
enum err trainee_import_purge(struct context *ctx, unsigned *count);

#endif
