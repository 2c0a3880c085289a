/* Invitations: an account that somebody is asked, by mail, to make. */
#ifndef PARAPHE_DOMAIN_ACCOUNT_INVITATION_H
#define PARAPHE_DOMAIN_ACCOUNT_INVITATION_H

#include "domain/context.h"

#define INVITATION_DAYS 7

struct invitation {
    const char *email;
    enum role role;
    uint64_t establishment; /* 0 for operators */
};

/* Queues the mail with the link, which works for seven days. An admin invites into the own
 * establishment, an operator into any. Errors: ERR_FORBIDDEN; ERR_INVALID "email-invalid";
 * ERR_CONFLICT "member-already" (of this establishment), "email-taken" (has an account elsewhere),
 * "invitation-open". */
enum err invitation_send(struct context *ctx, const struct invitation *invitation);

/* A new link by a new mail; the earlier one no longer works. Errors: ERR_CONFLICT "invitation-gone"
 * for one that was used or withdrawn, ERR_NOT_FOUND for one of another establishment. */
enum err invitation_resend(struct context *ctx, uint64_t id);

/* The link no longer works. Errors: as above. */
enum err invitation_withdraw(struct context *ctx, uint64_t id);

/* What the link with that token offers. Errors: ERR_NOT_FOUND "invitation-void" where it is none,
 * or no longer. */
struct invitation_offer {
    uint64_t id;
    const char *email;
    enum role role;
    uint64_t establishment;
    const char *establishment_name; /* "" for operators */
};
enum err invitation_look(struct context *ctx, const char *token, struct invitation_offer *offer);

/* Makes the account, which ends the invitation. Errors: as above; ERR_INVALID "password-too-short",
 * ERR_CONFLICT "email-taken". */
enum err invitation_accept(struct context *ctx, const char *token, const char *name,
                           const char *password, uint64_t *account);

#endif
