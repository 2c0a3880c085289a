/* The actor's own second factor (http/second_factor.h); each change of it is told by mail.
 * Resetting another's is member_reset_factor's (domain/account_member.h). */
#ifndef PARAPHE_DOMAIN_ACCOUNT_FACTOR_H
#define PARAPHE_DOMAIN_ACCOUNT_FACTOR_H

#include "domain/context.h"

/* What was begun is given up after that: a session that somebody took must not end it. */
#define FACTOR_BEGUN_SECONDS (15 * 60)

/* A new key, not yet in force, in the place of one that was begun before. ERR_CONFLICT
 * "factor-already" where one is in force. */
enum err factor_begin(struct context *ctx);

/* The key that was begun, to be shown to its owner: in base32, and as the address that
 * authenticators read from the QR code. ERR_NOT_FOUND "factor-not-begun". */
enum err factor_show(struct context *ctx, const char *email, const char **key,
                     const char **address);

/* Puts it in force, if code is its; *codes: ten recovery codes, to be shown once. Errors:
 * ERR_INVALID "factor-wrong", ERR_CONFLICT "factor-already", ERR_NOT_FOUND "factor-not-begun". */
enum err factor_confirm(struct context *ctx, const char *code, const char *const **codes);

/* New recovery codes; the earlier ones no longer work. */
enum err factor_renew_codes(struct context *ctx, const char *const **codes);

/* Signing in takes the password alone from now on. ERR_CONFLICT "factor-off" where it does. */
enum err factor_disable(struct context *ctx);

#endif
