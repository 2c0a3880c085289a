/* The waiting list of a placement that is full: who waits longest gets the next place.
 *
 * While registration is open, nobody waits beside a free place: whatever frees one (a registration
 * cancelled, a greater capacity, a later closing day) promotes in the same transaction, under the
 * placement's lock. */
#ifndef PARAPHE_DOMAIN_WAITING_H
#define PARAPHE_DOMAIN_WAITING_H

#include <stddef.h>

#include "domain/registration.h"

/* By the origin: puts a trainee on the list, kept as registration_make does. Where a place is free
 * by now, the trainee is registered. *convention: what that made, 0 for one who waits. Errors:
 * ERR_NOT_FOUND; ERR_CONFLICT "placement-closed", "placement-past-closing",
 * "trainee-already-registered" or "trainee-already-waiting"; ERR_FORBIDDEN for an operator. */
enum err waiting_join(struct context *ctx, uint64_t placement, const struct trainee *trainee,
                      uint64_t *convention);

/* By the origin: takes an entry off the list of that placement. Errors: ERR_NOT_FOUND; ERR_CONFLICT
 * "waiting-ended" where it is off already. */
enum err waiting_leave(struct context *ctx, uint64_t placement, uint64_t id);

/* Inside the caller's transaction, under the placement's lock: registers who waits, first come
 * first, as long as registration is open and places are left. Each registration is the platform's
 * own, and its school gets the convention by mail. *promoted: how many. */
enum err waiting_promote(struct context *ctx, uint64_t placement, size_t *promoted);

/* Inside the caller's transaction: the placement does not take place; each school is told. */
enum err waiting_cancel_all(struct context *ctx, uint64_t placement, const char *reason);

#endif
