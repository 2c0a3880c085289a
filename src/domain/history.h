/* The append-only history of a convention, each row sealed over the one before it. */
#ifndef PARAPHE_DOMAIN_HISTORY_H
#define PARAPHE_DOMAIN_HISTORY_H

#include "base/crypto.h"
#include "domain/context.h"
#include "domain/moves.h"

/* The end of a convention's chain, as its row holds it; length 0 before the first event. */
struct history_end {
    uint32_t length;
    unsigned char head[CRYPTO_SHA256_SIZE];
};

/* Appends one row, by the context's actor, and moves the end, which the caller writes into the
 * convention; inside the caller's transaction and under the convention's lock. document: 0 for
 * none. detail: a reason, "" for none, at most 1,000 characters. */
enum err history_append(struct context *ctx, uint64_t convention, struct history_end *end,
                        enum convention_event event, uint64_t document, const char *detail);

/* What is wrong with a chain: a row says something else than was sealed; a row is missing, at the
 * end or before; there is one more than the convention keeps; the convention keeps another end. */
enum history_fault { HISTORY_HOLDS, HISTORY_CHANGED, HISTORY_MISSING, HISTORY_ADDED, HISTORY_END };

struct history_finding {
    enum history_fault fault;
    uint32_t sequence; /* the first row that does not hold */
    uint32_t events;   /* rows there are */
};

/* Recomputes the chain of one convention. */
struct history_chains_row;
enum err history_examine(struct context *ctx, const struct history_chains_row *row,
                         struct history_finding *found);

/* Recomputes the chain of every convention. *broken: conventions whose rows were changed, removed
 * or added behind the platform's back, in order of id. */
enum err history_verify(struct context *ctx, uint64_t **broken, size_t *count);

/* Fills ctx->meanwhile with the convention's last event, and answers
 * ERR_CONFLICT "convention-out-of-date". */
enum err history_conflict(struct context *ctx, uint64_t convention);

#endif
