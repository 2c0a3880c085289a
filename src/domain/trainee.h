/* Trainees: the pupils of a school of origin, which alone knows them. */
#ifndef PARAPHE_DOMAIN_TRAINEE_H
#define PARAPHE_DOMAIN_TRAINEE_H

#include <stddef.h>

#include "domain/context.h"

/* As typed and already checked for form (lengths, an e-mail that looks like one, a day). What is
 * said of the guardian may be "" until the trainee is registered (trainee_is_complete). */
struct trainee {
    const char *last_name;
    const char *first_name;
    const char *birth_day; /* YYYY-MM-DD */
    const char *class_name;
    const char *guardian_name;
    const char *guardian_email;
    const char *guardian_phone;
    const char *guardian_address; /* "" if not known */
};

/* Of a statement's row that has all of these columns. */
#define TRAINEE_OF(row)                                              \
    ((const struct trainee){.last_name = (row)->last_name,           \
                            .first_name = (row)->first_name,         \
                            .birth_day = (row)->birth_day,           \
                            .class_name = (row)->class_name,         \
                            .guardian_name = (row)->guardian_name,   \
                            .guardian_email = (row)->guardian_email, \
                            .guardian_phone = (row)->guardian_phone, \
                            .guardian_address = (row)->guardian_address})

/* What tells two trainees of a school apart, besides their birth dates. */
const char *trainee_folded_name(struct arena *arena, const struct trainee *trainee);

bool trainee_is_same(const struct trainee *a, const struct trainee *b);

/* Whether all is known that a registration needs: the guardian, and how to reach them. */
bool trainee_is_complete(const struct trainee *trainee);

/* Whether who was born that day can be a pupil today, 8 to 25 years old: a day of the right
 * century mistyped is the commonest mistake. */
bool trainee_age_fits(const char *birth_day, const char *today);

/* By the origin: a trainee without a registration. ERR_CONFLICT "trainee-same-as-another" where
 * the school has one of these names and this birth date. */
enum err trainee_add(struct context *ctx, const struct trainee *trainee, uint64_t *id);

/* By the origin: corrects the trainee's data. Where reissue is set, each of its conventions not yet
 * returned gets a new original with a new identification; the others, and those returned, keep
 * the text they have. *reissued: how many. Errors: ERR_NOT_FOUND; ERR_CONFLICT
 * "trainee-out-of-date" (version) or "trainee-same-as-another". */
enum err trainee_correct(struct context *ctx, uint64_t id, uint32_t version,
                         const struct trainee *trainee, bool reissue, size_t *reissued);

/* By the origin: removes a trainee who was never registered. Errors: ERR_NOT_FOUND; ERR_CONFLICT
 * "trainee-out-of-date" or "trainee-has-registrations". */
enum err trainee_remove(struct context *ctx, uint64_t id, uint32_t version);

/* Parts of a transaction of the caller's, who knows that the trainee is the actor's: a new row
 * (ERR_CONFLICT "trainee-same-as-another"); and other data, as trainee_correct. They leave the
 * revisions (domain/revision.h) to the caller. */
enum err trainee_insert(struct context *ctx, const struct trainee *trainee, uint64_t *id);
enum err trainee_write(struct context *ctx, uint64_t id, const struct trainee *trainee,
                       bool reissue, size_t *reissued);

#endif
