/* The two halves of every move of a convention, inside one transaction of the caller's. */
#ifndef PARAPHE_DOMAIN_TRANSITION_H
#define PARAPHE_DOMAIN_TRANSITION_H

#include "domain/history.h"

struct transition {
    const struct move *move;
    uint64_t convention;
    uint64_t registration;
    uint64_t host;
    uint64_t origin;
    enum convention_state from;
    uint64_t original; /* convention_original in force */
    uint64_t original_document;
    uint64_t deposit;  /* deposit in force, 0 for none */
    uint64_t document; /* of the file in force: the deposit's, or else the original */
    struct history_end end;
};

/* Locks the convention and asks, in this order: is it the actor's to see (ERR_NOT_FOUND), may the
 * actor do this (ERR_FORBIDDEN), was the page up to date (ERR_CONFLICT "convention-out-of-date";
 * version 0 does not ask), does the state allow it (ERR_CONFLICT with the move's sentence). */
enum err transition_begin(struct context *ctx, uint64_t convention, enum convention_event event,
                          uint32_t version, struct transition *transition);

/* Moves the state, appends the history and queues the mails. deposit: the one now in force where
 * the move takes a deposited file; document: what the history's row shows, 0 for the file that is
 * in force before the move; reason: "" for none. */
enum err transition_finish(struct context *ctx, struct transition *transition, uint64_t deposit,
                           uint64_t document, const char *reason);

#endif
