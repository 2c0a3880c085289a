#include "base/dates.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

#define THURSDAY 3 /* days after Monday */

static const char *const months[] = {
    "janvier", "février", "mars",      "avril",   "mai",      "juin",
    "juillet", "août",    "septembre", "octobre", "novembre", "décembre",
};
static const char *const weekdays[] = {
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
};
static const char epoch[] = "1970-01-01"; /* a Thursday */

static int year_of(const char *day)
{
    return (int)strtol(day, NULL, 10);
}

static int month_of(const char *day)
{
    return (int)strtol(day + 5, NULL, 10);
}

int dates_date(const char *day)
{
    return (int)strtol(day + 8, NULL, 10);
}

/* Civil from days since 1970-01-01, counted in years that begin in March, so that a leap day is the
 * last of its year. */
const char *dates_add(struct arena *arena, const char *day, int days)
{
    int number = clock_days_between(epoch, day) + days + 719468; /* since 0000-03-01 */
    int era = number / 146097, of_era = number % 146097;
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * of_year + 2) / 153;
    int date = of_year - (153 * month + 2) / 5 + 1;

    month = month < 10 ? month + 3 : month - 9;
    return arena_printf(arena, "%04d-%02d-%02d", year_of_era + era * 400 + (month <= 2), month,
                        date);
}

int dates_weekday(const char *day)
{
    int since = (clock_days_between(epoch, day) + THURSDAY) % 7;

    return (since < 0 ? since + 7 : since) + 1;
}

const char *dates_monday(struct arena *arena, const char *day)
{
    return dates_add(arena, day, 1 - dates_weekday(day));
}

/* ISO 8601: the first week of a year is the one that has its first Thursday. */
static int week_number(struct arena *arena, const char *day, int *year)
{
    const char *thursday = dates_add(arena, dates_monday(arena, day), THURSDAY);

    *year = year_of(thursday);
    return clock_days_between(arena_printf(arena, "%04d-01-01", *year), thursday) / 7 + 1;
}

int dates_week_number(struct arena *arena, const char *day)
{
    int year;

    return week_number(arena, day, &year);
}

const char *dates_week(struct arena *arena, const char *day)
{
    int year, number = week_number(arena, day, &year);

    return arena_printf(arena, "%04d-W%02d", year, number);
}

const char *dates_week_monday(struct arena *arena, const char *text)
{
    int year, number, length = 0;
    const char *monday;

    if (!text || strlen(text) != 8 || sscanf(text, "%4d-W%2d%n", &year, &number, &length) != 2 ||
        length != 8 || year < 1901 || year > 2198 || number < 1)
        return NULL;
    /* 4 January lies in the first week. */
    monday = dates_add(arena, dates_monday(arena, arena_printf(arena, "%04d-01-04", year)),
                       7 * (number - 1));
    return strcmp(dates_week(arena, monday), text) == 0 ? monday : NULL;
}

const char *dates_month(struct arena *arena, const char *day)
{
    return arena_strndup(arena, day, 7);
}

const char *dates_month_first(struct arena *arena, const char *text)
{
    const char *first;

    if (!text || strlen(text) != 7)
        return NULL;
    first = arena_printf(arena, "%s-01", text);
    return clock_is_day(first) && year_of(first) > 1900 && year_of(first) < 2199 ? first : NULL;
}

const char *dates_add_months(struct arena *arena, const char *day, int count)
{
    int number = year_of(day) * 12 + month_of(day) - 1 + count;

    return arena_printf(arena, "%04d-%02d-01", number / 12, number % 12 + 1);
}

const char *dates_french_month(struct arena *arena, const char *day)
{
    return arena_printf(arena, "%s %d", months[month_of(day) - 1], year_of(day));
}

const char *dates_french_date(struct arena *arena, const char *day)
{
    int date = dates_date(day);

    return arena_printf(arena, "%d%s %s", date, date == 1 ? "er" : "", months[month_of(day) - 1]);
}

const char *dates_french_weekday(const char *day)
{
    return weekdays[dates_weekday(day) - 1];
}
