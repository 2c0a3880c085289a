/* A forgotten password: a link by mail, with which a new one is chosen. */
#ifndef PARAPHE_DOMAIN_ACCOUNT_PASSWORD_H
#define PARAPHE_DOMAIN_ACCOUNT_PASSWORD_H

#include "domain/context.h"

/* Queues the mail with a link that works for an hour, where an active account has that address;
 * nothing where none has, and the caller is not told which. */
enum err password_forgotten(struct context *ctx, const char *email);

/* Whose password the link with that token is for. Errors: ERR_NOT_FOUND "password-link-void". */
enum err password_link_look(struct context *ctx, const char *token, const char **email);

/* The new password. Ends all sessions of the account and all its links, and tells it by mail.
 * Errors: as above; ERR_INVALID "password-too-short". */
enum err password_choose(struct context *ctx, const char *token, const char *password);

#endif
