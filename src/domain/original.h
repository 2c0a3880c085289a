/* The original of a convention: drawn from what the database says, stored, put in force. */
#ifndef PARAPHE_DOMAIN_ORIGINAL_H
#define PARAPHE_DOMAIN_ORIGINAL_H

#include "domain/context.h"

struct original {
    uint64_t id; /* convention_original.id */
    uint64_t document;
};

/* Draws the convention with a new identification and makes it the original in force; the one
 * before it is marked as replaced. Inside the caller's transaction, the convention being its own
 * (new, or locked). replaced: convention_original.id of the one before, 0 for none. */
enum err original_issue(struct context *ctx, uint64_t convention, uint64_t replaced,
                        struct original *original);

/* Brings what the lists find and sort the convention by up to date with the data, and leaves its
 * original as it is. */
enum err original_index(struct context *ctx, uint64_t convention);

#endif
