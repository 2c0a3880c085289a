/* Days as calendars lay them out: in weeks from Monday (ISO 8601) and in months.
 *
 * A day is text YYYY-MM-DD that satisfies clock_is_day; a week is "2026-W48", a month "2026-11".
 * What lies outside of the years 1900 to 2199 is no day, week or month. */
#ifndef PARAPHE_BASE_DATES_H
#define PARAPHE_BASE_DATES_H

#include <stdbool.h>

#include "base/arena.h"

/* The day so many days later (earlier, where days is negative). */
const char *dates_add(struct arena *arena, const char *day, int days);

/* 1 for Monday to 7 for Sunday. */
int dates_weekday(const char *day);

/* The Monday of its week. */
const char *dates_monday(struct arena *arena, const char *day);

/* The week of that day: that of a year to which its Thursday belongs. */
const char *dates_week(struct arena *arena, const char *day);

/* The Monday of a week; NULL where text is none, or where that year has no such week. */
const char *dates_week_monday(struct arena *arena, const char *text);

/* The week's number, 1 to 53. */
int dates_week_number(struct arena *arena, const char *day);

/* The month of that day. */
const char *dates_month(struct arena *arena, const char *day);

/* The first day of a month; NULL where text is none. */
const char *dates_month_first(struct arena *arena, const char *text);

/* The first day of the month so many months later. */
const char *dates_add_months(struct arena *arena, const char *day, int months);

/* The day of the month, 1 to 31. */
int dates_date(const char *day);

/* "novembre 2026"; "25 novembre"; "lundi". */
const char *dates_french_month(struct arena *arena, const char *day);
const char *dates_french_date(struct arena *arena, const char *day);
const char *dates_french_weekday(const char *day);

#endif
