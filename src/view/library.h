/* The template files of one load: read once each, from a directory or given as text. Inside of
 * this room only. */
#ifndef PARAPHE_VIEW_LIBRARY_H
#define PARAPHE_VIEW_LIBRARY_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define VIEW_FILE_MOST ((size_t)1024 * 1024)

struct view_file {
    struct view_file *next;
    const char *name;
    struct bytes text;
};

struct view_library {
    struct arena *arena;
    const char *directory; /* NULL: only what was added */
    struct view_file *files;
    size_t work; /* bytes compiled so far, bounded: templates can multiply */
};

void view_library_add(struct view_library *library, const char *name, struct bytes text);

/* *found is NULL where there is no such file. ERR_INVALID for a file that is too large, not UTF-8
 * or unreadable, or whose name leads out of the directory. */
enum err view_library_find(struct view_library *library, const char *name,
                           const struct view_file **found);

#endif
