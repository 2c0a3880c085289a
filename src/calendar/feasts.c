#include "calendar/feasts.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/dates.h"

static const struct {
    const char *date; /* MM-DD */
    const char *word;
    bool alsace;
} fixed[] = {
    {"01-01", "new-year", false},  {"05-01", "labour", false},     {"05-08", "victory", false},
    {"07-14", "national", false},  {"08-15", "assumption", false}, {"11-01", "all-saints", false},
    {"11-11", "armistice", false}, {"12-25", "christmas", false},  {"12-26", "stephen", true},
};

static const struct {
    int days; /* after Easter Sunday */
    const char *word;
    bool alsace;
} movable[] = {
    {-2, "good-friday", true},
    {1, "easter-monday", false},
    {39, "ascension", false},
    {50, "whit-monday", false},
};

/* The rule of 1582 (Clavius), in the form of Meeus, Astronomical Algorithms, chapter 8. */
const char *calendar_easter(struct arena *arena, int year)
{
    int golden = year % 19, century = year / 100, of_century = year % 100;
    int drift = (century - (century + 8) / 25 + 1) / 3; /* of the moon, against 19 years */
    int epact = (19 * golden + century - century / 4 - drift + 15) % 30;
    int to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    int late = (golden + 11 * epact + 22 * to_sunday) / 451; /* never after 25 April */
    int since_march = epact + to_sunday - 7 * late + 114;

    return arena_printf(arena, "%04d-%02d-%02d", year, since_march / 31, since_march % 31 + 1);
}

const char *calendar_feast(struct arena *arena, const char *day, bool alsace)
{
    int after_easter = clock_days_between(calendar_easter(arena, (int)strtol(day, NULL, 10)), day);

    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        if (strcmp(fixed[i].date, day + 5) == 0 && (alsace || !fixed[i].alsace))
            return fixed[i].word;
    for (size_t i = 0; i < sizeof movable / sizeof movable[0]; i++)
        if (movable[i].days == after_easter && (alsace || !movable[i].alsace))
            return movable[i].word;
    return NULL;
}
