/* The private address at which programs read an account's calendar.
 *
 * Its token is 256 random bits; the database has their SHA-256 alone. So an address is shown once,
 * when it is made: who has lost it makes a new one, which ends the old. */
#ifndef PARAPHE_DOMAIN_FEED_H
#define PARAPHE_DOMAIN_FEED_H

#include "domain/context.h"

struct feed_state {
    bool exists;
    int64_t created_at;
    bool was_read;
    int64_t read_at; /* the last time, give or take an hour */
};

/* What the account that acts has. */
enum err feed_state(struct context *ctx, struct feed_state *state);

/* A new address for the account that acts; *token is what it ends with. replace: in the place of
 * one there is; otherwise one that is there already is ERR_CONFLICT "feed-exists". */
enum err feed_make(struct context *ctx, bool replace, const char **token);

/* Takes the address away; nothing where there is none. */
enum err feed_remove(struct context *ctx);

struct feed_owner {
    uint64_t establishment;
    const char *establishment_name;
};

/* Whose calendar that is, and that it was read now. ERR_NOT_FOUND where the token is none, the
 * account is disabled or belongs to no establishment. */
enum err feed_open(struct context *ctx, const char *token, struct feed_owner *owner);

#endif
