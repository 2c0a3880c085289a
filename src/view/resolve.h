/* Names of a template, looked for in the structs that are in sight. Inside of this room only. */
#ifndef PARAPHE_VIEW_RESOLVE_H
#define PARAPHE_VIEW_RESOLVE_H

#include "base/arena.h"
#include "base/err.h"
#include "view/code.h"
#include "view/parse.h"

/* A struct whose names are in sight, and the ones around it. */
struct view_scope {
    const struct view_scope *outer;
    const struct view_type *type;
    unsigned depth;
};

/* The scope inside a section whose value is of that type; outer is NULL for the whole view. */
const struct view_scope *view_scope_push(struct arena *arena, const struct view_scope *outer,
                                         const struct view_type *type);

/* Where the value of a part's name is, seen from that scope; what *access points to lies in the
 * arena. ERR_INVALID "view-no-such-name" with file and line. */
enum err view_resolve(struct arena *arena, const struct view_scope *scope, const char *file,
                      const struct view_part *part, struct view_access *access);

#endif
