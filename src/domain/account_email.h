/* Another address for an account, once the present one and the new one have confirmed it. */
#ifndef PARAPHE_DOMAIN_ACCOUNT_EMAIL_H
#define PARAPHE_DOMAIN_ACCOUNT_EMAIL_H

#include "domain/context.h"

/* Asked by the actor, whose address now is present: queues one mail with a link to each, good for a
 * day. It takes the place of an earlier one. Whether the new address has an account is told to none
 * but who holds it, at the end. Errors: ERR_INVALID "email-invalid", ERR_CONFLICT "email-same". */
enum err email_change_ask(struct context *ctx, const char *present, const char *email);

/* By the actor: nothing comes of it. */
enum err email_change_cancel(struct context *ctx);

/* What the link with that token confirms. Errors: ERR_NOT_FOUND "email-link-void". */
struct email_change_offer {
    uint64_t account;
    const char *email;
    const char *new_email;
    bool is_new;    /* the link went to the new address */
    bool confirmed; /* it was confirmed by this link already */
};
enum err email_change_look(struct context *ctx, const char *token,
                           struct email_change_offer *offer);

/* Confirms it for the link's address. *complete: so has the other one, and the account has its new
 * address. Errors: as above; ERR_CONFLICT "email-taken". */
enum err email_change_confirm(struct context *ctx, const char *token, bool *complete);

/* Refuses it: nothing comes of it. Errors: as above. */
enum err email_change_refuse(struct context *ctx, const char *token);

#endif
