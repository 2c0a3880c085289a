/* The lists behind the operator's dashboard. */
#ifndef PARAPHE_PAGES_OVERSIGHT_H
#define PARAPHE_PAGES_OVERSIGHT_H

#include "http/http.h"

enum oversight {
    OVERSIGHT_ENDING,   /* licences that end within 30 days */
    OVERSIGHT_ENDED,    /* licences that have ended */
    OVERSIGHT_EMPTY,    /* establishments that nobody can act for */
    OVERSIGHT_ACCOUNTS, /* accounts that were never signed in with */
    OVERSIGHT_COUNT
};

const char *page_oversight_url(struct exchange *x, enum oversight which);

/* How many rows that list has; pattern as for LIKE, "%" for all. */
enum err page_oversight_count(struct exchange *x, enum oversight which, const char *pattern,
                              uint64_t *total);

#endif
