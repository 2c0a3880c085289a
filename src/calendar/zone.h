/* The zone of school holidays that an establishment is in (arrêté of the school calendar: the
 * académies of the zones A, B and C). Corsica and overseas are in none: they have calendars of
 * their own. */
#ifndef PARAPHE_CALENDAR_ZONE_H
#define PARAPHE_CALENDAR_ZONE_H

#include <stdbool.h>

/* 'A', 'B' or 'C', by the département in the UAI's first three digits or, where these are none of
 * metropolitan France, in the postal code's first two; 0 where it is in none of the zones. */
char calendar_zone(const char *uai, const char *postal_code);

/* Whether it is in Bas-Rhin, Haut-Rhin or Moselle. */
bool calendar_is_alsace(const char *uai, const char *postal_code);

#endif
