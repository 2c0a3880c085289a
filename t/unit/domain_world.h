/* A platform without web: the real schema in an empty database, views, fonts, a secret, two schools
 * and a placement, for tests of the domain's transactions. */
#ifndef PARAPHE_T_DOMAIN_WORLD_H
#define PARAPHE_T_DOMAIN_WORLD_H

#include "db/db.h"
#include "domain/establishment.h"
#include "domain/placement.h"
#include "domain/registration.h"
#include "view/view.h"

#define WORLD_NOW 1801483200 /* 1 February 2027, 14:00 in Paris */

struct world {
    struct arena *arena;
    struct settings settings;
    struct views *views;
    struct views *no_mails; /* views without those of mails: every mail fails */
    struct db *db;
    uint64_t host, origin;
    char directory[32];
};

/* Ends the program where something is missing. */
void world_open(struct world *world);
void world_close(struct world *world);

/* The first account of that school acts, at WORLD_NOW. */
struct context world_context(const struct world *world, uint64_t establishment);

/* A placement of the host with that many places, on 3 February 2027. */
uint64_t world_placement(struct world *world, uint32_t capacity);

/* A trainee who is told from others by the last name. */
struct trainee world_trainee(const char *last_name);

/* A convention of the origin's on a placement of its own. */
uint64_t world_convention(struct world *world, const char *last_name);

/* What the SQL statement answers, in its first row's first column: a number. */
uint64_t world_number(struct world *world, const char *sql);

/* Carries the statement out, behind the platform's back. */
void world_tamper(struct world *world, const char *sql);

#endif
