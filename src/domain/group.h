/* Registering several of a school's trainees on a placement in one go. */
#ifndef PARAPHE_DOMAIN_GROUP_H
#define PARAPHE_DOMAIN_GROUP_H

#include "domain/registration.h"

#define GROUP_MOST 100

/* Why one of them keeps all from being registered; sentence is a key of views/errors.txt. */
struct group_refusal {
    uint64_t trainee;
    const char *sentence;
};

/* By the origin: one transaction that registers all of them as registration_make does, each with
 * convention, history and mail, or none. trainees is put in order. Errors: ERR_INVALID
 * "group-nobody"; ERR_TOO_LARGE "group-too-large"; ERR_NOT_FOUND (no such placement); ERR_FORBIDDEN
 * for an operator; ERR_CONFLICT "placement-closed", "placement-past-closing", "group-no-places" or
 * "group-refused" (*refusals says who and why:
 * "trainee-already-registered", "group-trainee-lacking" or "group-trainee-gone"). */
enum err group_register(struct context *ctx, uint64_t placement, uint64_t *trainees, size_t count,
                        struct group_refusal **refusals, size_t *refused);

#endif
