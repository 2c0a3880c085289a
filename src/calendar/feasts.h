/* French public holidays (Code du travail L3133-1), and those of Alsace-Moselle (L3134-13). */
#ifndef PARAPHE_CALENDAR_FEASTS_H
#define PARAPHE_CALENDAR_FEASTS_H

#include <stdbool.h>

#include "base/arena.h"

/* Easter Sunday of a year of the Gregorian calendar, YYYY-MM-DD. */
const char *calendar_easter(struct arena *arena, int year);

/* Which public holiday that day is, as a word ("easter-monday"; its name on screen is the sentence
 * "feast-" and the word); NULL where it is none. alsace: the two of Alsace-Moselle as well. */
const char *calendar_feast(struct arena *arena, const char *day, bool alsace);

#endif
