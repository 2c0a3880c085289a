/* The life of a placement: published from a draft, closed and opened again, cancelled. */
#ifndef PARAPHE_DOMAIN_PLACEMENT_MOVES_H
#define PARAPHE_DOMAIN_PLACEMENT_MOVES_H

#include "domain/context.h"

enum placement_move {
    PLACEMENT_PUBLISH, /* a draft, or one that was closed; who waits may get a place */
    PLACEMENT_CLOSE,   /* to registrations: who is registered stays */
    PLACEMENT_CANCEL,  /* with a reason: all registrations and their conventions too */
    PLACEMENT_DISCARD, /* a draft: it is gone */
    PLACEMENT_MOVES
};

/* Whether that state allows the move. */
bool placement_may(enum placement_move move, const char *state);

/* By the host's accounts, in one transaction. version: the one that was seen. reason: of a
 * cancellation, at most 1,000 characters; NULL otherwise. A cancellation cancels every registration
 * as convention_move does, ends the waiting list, and each school concerned gets its mails.
 * Errors: as placement_lock_own; ERR_CONFLICT "placement-cannot-…" where the state forbids it, or
 * "placement-publish-late" past the last day of registration; ERR_INVALID
 * "placement-reason-missing" or "reason-too-long". */
enum err placement_move(struct context *ctx, uint64_t id, enum placement_move move,
                        uint32_t version, const char *reason);

#endif
