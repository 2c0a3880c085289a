/* Registering a trainee on a placement, which makes the convention. */
#ifndef PARAPHE_DOMAIN_REGISTRATION_H
#define PARAPHE_DOMAIN_REGISTRATION_H

#include "domain/trainee.h"

struct placement_lock_row;

/* By the origin: one transaction that takes a place, keeps the trainee, draws and stores the
 * convention's original, begins its history and queues the mail to the origin. A trainee the
 * school already has (same names and birth date) is taken again; where the data just given
 * are others, they correct it (domain/trainee.h).
 * Errors: ERR_NOT_FOUND (no such placement), ERR_CONFLICT "placement-full", "placement-closed",
 * "placement-past-closing" or "trainee-already-registered"; ERR_FORBIDDEN for an operator. */
enum err registration_make(struct context *ctx, uint64_t placement, const struct trainee *trainee,
                           uint64_t *convention);

/* The parts of it, each inside the caller's transaction and under the placement's lock. */

/* Takes that lock, so that two who want the last place come one after the other. *left: the places
 * that are. Errors: ERR_NOT_FOUND; ERR_CONFLICT "placement-closed" or "placement-past-closing". */
enum err registration_lock_placement(struct context *ctx, uint64_t id,
                                     struct placement_lock_row **placement, unsigned *left);

/* registration_make as a part of another transaction, which locked the placement. */
enum err registration_make_in(struct context *ctx, uint64_t placement,
                              const struct trainee *trainee, uint64_t *convention);

/* The trainee the actor's school has under these names and birth date, or a new one. */
enum err registration_keep_trainee(struct context *ctx, const struct trainee *trainee,
                                   uint64_t *id);

/* Registers a trainee of that origin, with convention, original and history, by the context's
 * actor; asks of nothing but that the trainee is not registered yet, and sends no mail. */
struct registration_made {
    uint64_t convention;
    uint64_t document; /* of the original */
};
enum err registration_enter(struct context *ctx, const struct placement_lock_row *placement,
                            uint64_t origin, uint64_t trainee, struct registration_made *made);

/* What a convention tells was corrected, inside the caller's transaction: makes a new original of
 * one not yet returned (EVENT_REISSUE); or keeps the paper it has (EVENT_KEEP), and finds it by the
 * new data all the same. */
enum err registration_reissue(struct context *ctx, uint64_t convention);
enum err registration_keep(struct context *ctx, uint64_t convention);

#endif
