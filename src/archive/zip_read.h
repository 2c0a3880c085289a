/* The files in a ZIP that came from outside, in memory.
 *
 * Nothing is written anywhere and no name is used as a path. The sizes that the archive tells are
 * held against the bounds before anything is unpacked, and unpacking stops at them. Archives within
 * it are not opened. */
#ifndef PARAPHE_ARCHIVE_ZIP_READ_H
#define PARAPHE_ARCHIVE_ZIP_READ_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

struct zip_bounds {
    size_t files; /* how many there may be */
    size_t file;  /* bytes of one */
    size_t total; /* bytes of all */
};

struct zip_member {
    const char *name;    /* UTF-8, without folders */
    const char *failure; /* NULL, or why it is not there: "zip-file-encrypted", "zip-file-damaged",
                            "zip-file-too-large" */
    struct bytes content;
};

/* Whether the file begins as a ZIP does. */
bool zip_is_one(struct bytes file);

/* Reads what is in it, in its order; folders, and what systems leave beside the files (__MACOSX, a
 * name that begins with a dot), are passed over. Errors: ERR_INVALID "zip-damaged";
 * ERR_TOO_LARGE "zip-too-many" or "zip-too-large" over the bounds of files and total. */
enum err zip_read(struct arena *arena, struct bytes zip, struct zip_bounds bounds,
                  struct zip_member **members, size_t *count);

#endif
