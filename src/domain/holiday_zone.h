/* The zone whose school holidays an establishment has. */
#ifndef PARAPHE_DOMAIN_HOLIDAY_ZONE_H
#define PARAPHE_DOMAIN_HOLIDAY_ZONE_H

#include <stdbool.h>

#include "domain/context.h"

/* Of the establishment that acts: 'A', 'B', 'C' or 0 for none, as its admins chose or by its
 * département; and whether it has the public holidays of Alsace-Moselle. */
enum err holiday_zone_of(struct context *ctx, char *zone, bool *alsace);

/* The choice itself: "A", "B", "C", "none", or "" for by the département; and what that gives. */
enum err holiday_zone_choice(struct context *ctx, const char **choice, char *derived);

/* Chooses for the establishment that acts. ERR_INVALID "holiday-zone" for any other word. */
enum err holiday_zone_choose(struct context *ctx, const char *choice);

#endif
