/* How long personal data are kept: to the end of the school year that follows the placement's, as
 * article 12 of the convention promises (views/convention.md). A school year ends on 31 August.
 * General Data Protection Regulation, article 5(1)(e). */
#ifndef PARAPHE_DOMAIN_RETENTION_H
#define PARAPHE_DOMAIN_RETENTION_H

#include "domain/context.h"

/* The first day (YYYY-MM-DD) of a placement that is still kept on that day: what ended before is
 * erased. */
const char *retention_kept_from(struct arena *arena, const char *today);

/* Erases some of the conventions whose time has passed, each in a transaction of its own, with all
 * that belongs to them: files, deposits, mails, history, registration, and the trainee where
 * nothing else is known of it; then trainees who were entered before that time and never
 * registered. *done: how many conventions and such trainees; 0 when nothing is left to erase. */
enum err retention_erase(struct context *ctx, uint64_t *done);

#endif
