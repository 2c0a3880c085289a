/* The content lines of a file of cards, unfolded and taken apart. Inside of this room only. */
#ifndef PARAPHE_CARD_LINES_H
#define PARAPHE_CARD_LINES_H

#include "base/buf.h"

struct card_lines {
    struct arena *arena;
    const char *at;
    const char *end;
    bool keeps_spaces; /* 2.1: a line is folded where a space is, which stays */
    struct buf line;   /* the one at hand, without its folds */
};

struct card_property {
    const char *name;  /* in capitals, without its group */
    const char *value; /* as it stands; decoded where it was encoded. Not UTF-8 as yet */
    size_t length;
    const char *charset; /* "" for none */
    bool is_binary;      /* base64 */
    bool is_preferred;
    bool is_fax;
    bool is_work;
    bool is_too_long; /* value is only its beginning */
};

struct card_lines card_lines_of(struct arena *arena, struct bytes text);

/* The next line that is a property; false at the end. It lives until the next call. */
bool card_lines_next(struct card_lines *lines, struct card_property *property);

#endif
