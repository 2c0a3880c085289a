/* Who acts, when, from where, and with what means: the first argument of every domain function. */
#ifndef PARAPHE_DOMAIN_CONTEXT_H
#define PARAPHE_DOMAIN_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/settings.h"
#include "base/err.h"

struct db;
struct views;

enum role { ROLE_NONE, ROLE_OPERATOR, ROLE_ADMIN, ROLE_MEMBER };

struct actor {
    uint64_t account;       /* 0: the platform itself */
    uint64_t establishment; /* 0: an operator, or the platform */
    enum role role;
    const char *name;
    const char *establishment_name;
};

/* What somebody else did meanwhile; filled where a function answers ERR_CONFLICT with the key
 * "convention-out-of-date" or, where it is known, "placement-out-of-date". */
struct meanwhile {
    const char *event; /* as in the history: "validate", "deposit" …; for a placement what it was
                        * that changed: "title,place", or "publish" … */
    const char *actor_name;
    const char *actor_establishment;
    int64_t at;
};

struct context {
    struct arena *arena; /* results live here */
    struct db *db;
    const struct settings *settings;
    const struct views *views;
    int64_t now;
    const char *address; /* IP address of the request, "" for none */
    struct actor actor;
    struct meanwhile meanwhile;
};

/* The same with an arena of its own, which goes with ctx's: for work of many like parts, whose
 * results nobody keeps. Reset it after each, so that a hundred take no more memory than one. */
struct context context_part(const struct context *ctx);

#endif
