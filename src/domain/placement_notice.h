/* The mails about a placement, to the schools that have trainees on it or waiting for it; queued in
 * the transaction that causes them. */
#ifndef PARAPHE_DOMAIN_PLACEMENT_NOTICE_H
#define PARAPHE_DOMAIN_PLACEMENT_NOTICE_H

#include <stddef.h>

#include "domain/placement.h"

struct waiting_all_row;

/* To each school with somebody registered: what the conventions say of the placement is otherwise
 * now. *told: how many schools. */
enum err placement_notice_changed(struct context *ctx, const struct placement_lock_row *before,
                                  const struct placement *after, size_t *told);

/* To the school of a trainee who waited: the placement does not take place. */
enum err placement_notice_waiting(struct context *ctx, uint64_t placement,
                                  const struct waiting_all_row *waiting, const char *reason);

#endif
