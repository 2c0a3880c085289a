/* Mustache's syntax: template text becomes a list of parts. Inside of this room only.
 *
 * Blocks and overrides are kept as text, without the indentation they were written with, and are
 * parsed again where they are put: so the indentation of the place, which the specification wants
 * "prepended to each line before rendering", is prepended literally. */
#ifndef PARAPHE_VIEW_PARSE_H
#define PARAPHE_VIEW_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* Template text, and where it comes from. */
struct view_source {
    const char *file;
    unsigned line; /* of its first character */
    const char *text;
    size_t length;
    const char *open; /* the delimiters in force, "{{" and "}}" in a file */
    const char *close;
};

enum view_part_kind {
    VIEW_PART_TEXT,
    VIEW_PART_VALUE,
    VIEW_PART_RAW,      /* {{{x}}} and {{&x}} */
    VIEW_PART_SECTION,  /* {{#x}}…{{/x}} */
    VIEW_PART_INVERTED, /* {{^x}}…{{/x}} */
    VIEW_PART_PARTIAL,  /* {{>x}} */
    VIEW_PART_PARENT,   /* {{<x}}…{{/x}}; its inner parts are blocks */
    VIEW_PART_BLOCK     /* {{$x}}…{{/x}} */
};

struct view_part {
    struct view_part *next;
    enum view_part_kind kind;
    unsigned line;
    const char *name; /* "" for text */
    const char *text; /* of a text */
    size_t length;    /* of it */
    const struct view_part *inner;
    const char *indent;         /* for the lines of what is put here: partial, parent, block */
    bool indent_first;          /* the first line as well: the tag stands alone on its line */
    struct view_source content; /* of a block, without the indentation of its first line */
};

/* The parts of the text, NULL for an empty one. ERR_INVALID "view-template" with file and line. */
enum err view_parse(struct arena *arena, const struct view_source *source,
                    const struct view_part **parts);

/* The same text with each line that is not empty indented; the first one only where so wished. */
struct view_source view_indent(struct arena *arena, const struct view_source *source,
                               const char *indent, bool first);

#endif
