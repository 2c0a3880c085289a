/* Accounts: who may sign in, for which establishment, in which role. */
#ifndef PARAPHE_DOMAIN_ACCOUNT_H
#define PARAPHE_DOMAIN_ACCOUNT_H

#include "domain/context.h"

struct account {
    const char *email;
    const char *name;
    const char *password; /* 12 characters or more */
    enum role role;
    uint64_t establishment; /* 0 for operators */
};

/* The word of a role in the database, and back (ROLE_NONE for none). */
const char *account_role(enum role role);
enum role account_role_of(const char *word);

/* Errors: ERR_INVALID "password-too-short", "email-invalid" or as texts_check; ERR_CONFLICT
 * "email-taken". */
enum err account_create(struct context *ctx, const struct account *account, uint64_t *id);

/* The account of that address. ERR_NOT_FOUND "email-unknown". */
enum err account_find(struct context *ctx, const char *email, uint64_t *id);

/* The two parts of it, for who is in a transaction, which a password's hash is too slow for. */
enum err account_hash_password(struct context *ctx, const char *password, const char **hash);
enum err account_insert(struct context *ctx, const struct account *account, const char *hash,
                        uint64_t *id);

/* A new password; who is signed in with the old one is signed out. Errors: ERR_NOT_FOUND
 * "email-unknown", ERR_INVALID "password-too-short". */
enum err account_set_password(struct context *ctx, const char *email, const char *password);

/* The actor's own new name. */
enum err account_rename(struct context *ctx, const char *name);

/* The actor's own new password, which ends all its sessions, this one too, and is told by mail.
 * Whether the actor knows the old one is http_password_check's. ERR_INVALID "password-too-short".
 */
enum err account_change_password(struct context *ctx, const char *password);

/* Signs the account out wherever it is signed in, and tells it by mail. */
enum err account_end_sessions(struct context *ctx, uint64_t account);

#endif
