/* What became of an account: kept for whom it concerns, and, where it is about what guards the
 * account, told by mail. Should somebody else have done it, its owner learns of it in time. */
#ifndef PARAPHE_DOMAIN_ACCOUNT_EVENT_H
#define PARAPHE_DOMAIN_ACCOUNT_EVENT_H

#include "domain/context.h"

#define ACCOUNT_EVENT_DAYS 365 /* so long they are kept */

enum account_event {
    ACCOUNT_PASSWORD_CHANGED, /* by who is signed in */
    ACCOUNT_PASSWORD_CHOSEN,  /* by the link of a mail */
    ACCOUNT_PASSWORD_SET,     /* by the command line; no mail */
    ACCOUNT_EMAIL_CHANGED,    /* no mail: both addresses had theirs, and confirmed it */
    ACCOUNT_FACTOR_ON,
    ACCOUNT_FACTOR_OFF,
    ACCOUNT_FACTOR_RESET, /* by somebody else */
    ACCOUNT_RECOVERY_CODES,
    ACCOUNT_SESSIONS_ENDED,
    ACCOUNT_PLACED,   /* another role, or another establishment */
    ACCOUNT_DISABLED, /* no mail */
    ACCOUNT_ENABLED,  /* no mail */
};

/* Keeps that it happened, and queues the mail to the account's address, which says who did it, when
 * and from where, and what to do if it was not meant. In the caller's transaction, after the
 * change: role and establishment are taken as they are now. */
enum err account_record(struct context *ctx, uint64_t account, enum account_event event);

/* Deletes those that are old. */
enum err account_events_purge(struct context *ctx, uint64_t *deleted);

#endif
