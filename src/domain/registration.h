/* Registering a trainee on a placement, which makes the convention; and correcting the trainee. */
#ifndef PARAPHE_DOMAIN_REGISTRATION_H
#define PARAPHE_DOMAIN_REGISTRATION_H

#include "domain/context.h"

/* As typed and already checked for form (lengths, an e-mail that looks like one, a day). */
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

/* By the origin: one transaction that takes a place, keeps the trainee, draws and stores the
 * convention's original, begins its history and queues the mail to the origin. A trainee the
 * school already has (same names and birth date) is taken again; where the data just given
 * are others, they correct it (trainee_correct).
 * Errors: ERR_NOT_FOUND (no such placement), ERR_CONFLICT "placement-full", "placement-closed",
 * "placement-past-closing" or "trainee-already-registered"; ERR_FORBIDDEN for an operator. */
enum err registration_make(struct context *ctx, uint64_t placement, const struct trainee *trainee,
                           uint64_t *convention);

/* By the origin: corrects the trainee's data. Each of its conventions not yet returned gets a new
 * original with a new identification (reissue); those returned keep the text that was signed.
 * *reissued: how many. Errors: ERR_NOT_FOUND; ERR_CONFLICT "trainee-out-of-date" (version) or
 * "trainee-same-as-another". */
enum err trainee_correct(struct context *ctx, uint64_t id, uint32_t version,
                         const struct trainee *trainee, size_t *reissued);

#endif
