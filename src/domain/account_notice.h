/* What an account is told, by mail, when something that guards it was changed: should somebody else
 * have done it, its owner learns of it while there is still time. */
#ifndef PARAPHE_DOMAIN_ACCOUNT_NOTICE_H
#define PARAPHE_DOMAIN_ACCOUNT_NOTICE_H

#include "domain/context.h"

enum account_notice {
    ACCOUNT_PASSWORD_CHANGED, /* by who is signed in */
    ACCOUNT_PASSWORD_CHOSEN,  /* by the link of a mail */
    ACCOUNT_FACTOR_ON,
    ACCOUNT_FACTOR_OFF,
    ACCOUNT_FACTOR_RESET, /* by somebody else */
    ACCOUNT_RECOVERY_CODES,
    ACCOUNT_SESSIONS_ENDED,
};

/* Queues that mail to the account's address; in the caller's transaction. It says who did it where
 * that is not the account itself, when, from which address, and what to do if it was not meant. */
enum err account_tell(struct context *ctx, uint64_t account, enum account_notice notice);

#endif
