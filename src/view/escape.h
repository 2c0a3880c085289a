/* Escaping of values, by where they go. Inside of this room only; view.h says what each does. */
#ifndef PARAPHE_VIEW_ESCAPE_H
#define PARAPHE_VIEW_ESCAPE_H

#include "base/buf.h"

enum view_escape {
    VIEW_ESCAPE_NONE,
    VIEW_ESCAPE_HTML,
    VIEW_ESCAPE_MARKDOWN,
    VIEW_ESCAPE_SUBJECT /* one line: control characters as spaces */
};

/* The escaping that a template's name asks for. */
enum view_escape view_escape_of(const char *name);

void view_put_escaped(struct buf *out, enum view_escape escape, const char *text);

#endif
