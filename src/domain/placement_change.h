/* A host changes a placement's data, or offers it again on other days. */
#ifndef PARAPHE_DOMAIN_PLACEMENT_CHANGE_H
#define PARAPHE_DOMAIN_PLACEMENT_CHANGE_H

#include <stddef.h>

#include "domain/placement.h"

/* What came of a change. */
struct placement_changed {
    size_t reissued; /* conventions not yet returned that have a new original */
    size_t promoted; /* trainees of the waiting list that got a place */
    size_t told;     /* schools that got a mail, because the conventions say otherwise now */
};

/* By the host's accounts, in one transaction. version: of the data that were seen. reissue: whether
 * the conventions not yet returned are made anew, where what they say has changed; those returned
 * keep the text that was signed. Where it has changed, each school with somebody registered is
 * told. Errors: as placement_check and placement_lock_own; ERR_CONFLICT "placement-is-cancelled" or
 * "placement-same"; ERR_INVALID "placement-capacity-taken" below what is registered. */
enum err placement_change(struct context *ctx, uint64_t id, uint32_t version, bool reissue,
                          const struct placement *placement, struct placement_changed *changed);

#define PLACEMENT_REPEAT_MOST 60 /* days at once */

/* The same placement, as the host offers it now, on other first days (YYYY-MM-DD); last day and
 * last day of registration are moved along. Days on which it is offered already are passed over.
 * *made: how many there are now more. Errors: as placement_lock_own; ERR_INVALID
 * "placement-repeat-days" (none, too many, or not a day) or "placement-closing-past". */
enum err placement_repeat(struct context *ctx, uint64_t id, const char *const *days, size_t count,
                          bool draft, size_t *made);

#endif
