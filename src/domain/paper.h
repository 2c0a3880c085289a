/* The original of a convention: drawn from what the database says, stored, put in force. */
#ifndef PARAPHE_DOMAIN_PAPER_H
#define PARAPHE_DOMAIN_PAPER_H

#include "domain/context.h"

struct paper {
    uint64_t original; /* convention_original.id */
    uint64_t document;
};

/* Draws the convention with a new identification and makes it the original in force; one before
 * it is marked as replaced. Inside the caller's transaction, the convention being its own (new, or
 * locked). replaced: convention_original.id of the one before, 0 for none. */
enum err paper_issue(struct context *ctx, uint64_t convention, uint64_t replaced,
                     struct paper *paper);

/* The names a convention is sorted by and found by. */
const char *paper_folded_trainee(struct arena *arena, const char *last_name,
                                 const char *first_name);

#endif
