/* Cuts a file of SQL into its statements, as the server would: by the semicolons that stand in no
 * quotes and no comment. */
#ifndef PARAPHE_DB_SCRIPT_H
#define PARAPHE_DB_SCRIPT_H

#include "base/bytes.h"
#include "base/err.h"

struct script {
    struct bytes rest; /* what is not yet read */
    int line;          /* where it begins, counted from 1 */
};

/* The next statement without its semicolon, as a part of the script's own bytes, and the line it
 * begins on; of length 0 after the last. Comments between statements are left out, those within
 * are kept; the comment that is a hint or a command of one server (beginning with an exclamation
 * mark or a plus) belongs to its statement.
 * ERR_INVALID "schema-file" where a quote or a comment is not closed; line says where it opens. */
enum err script_next(struct script *script, struct bytes *statement, int *line);

#endif
