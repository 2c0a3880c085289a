/* What a template is compiled to. Inside of this room only.
 *
 * A piece of code is a run of instructions. Values are found without looking at names: so many
 * frames up, through so many pointers, at that offset. Frames are the structs of the sections one
 * is in, the page's own struct being the first. */
#ifndef PARAPHE_VIEW_CODE_H
#define PARAPHE_VIEW_CODE_H

#include "view/escape.h"
#include "view/library.h"
#include "view/type.h"

#define VIEW_FRAMES_MOST 32 /* sections in sections */
#define VIEW_CALLS_MOST 100 /* pieces of code in pieces of code */

/* Where a value is. */
struct view_access {
    unsigned up;                    /* frames above the innermost */
    size_t hop_count;               /* of the objects a dotted name goes through */
    const size_t *hops;             /* offset of each one's pointer */
    const struct view_field *field; /* NULL for nodes: */
    const char *const *names;       /* the parts of the name, up to NULL; none for "." */
    bool is_count;                  /* of a list: how many, not which */
};

enum view_operation {
    VIEW_DO_PUT,     /* text of the template */
    VIEW_DO_VALUE,   /* a value, escaped */
    VIEW_DO_SECTION, /* code, once or for each row, where the value is true */
    VIEW_DO_UNLESS,  /* code, once, where it is not */
    VIEW_DO_CALL     /* code: a partial or parent */
};

struct view_instruction {
    enum view_operation operation;
    enum view_escape escape;
    struct view_access access;
    const char *text;
    size_t length;
    const struct view_code *code;
};

struct view_code {
    struct view_instruction *instructions;
    size_t count;
    size_t capacity;
};

/* Compiles the file of that name for data of that type; what it takes lives in the library's
 * arena. ERR_INVALID "view-template" with file and line. */
enum err view_compile(struct view_library *library, const char *name, const struct view_type *type,
                      const struct view_code **compiled);

/* Appends what the code makes of data. ERR_INTERNAL where sections or partials nest too deeply,
 * which only nodes can make them do; ERR_TOO_LARGE where out is full. */
enum err view_run(const struct view_code *code, const struct view_type *type, const void *data,
                  struct buf *out);

#endif
