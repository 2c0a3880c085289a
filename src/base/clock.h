/* Time and dates.
 *
 * Instants are seconds since 1970-01-01T00:00:00Z (int64_t), stored UTC; days are text
 * YYYY-MM-DD. Both are shown and typed in Europe/Paris (domain.md). A function that depends on
 * the present takes it as a value, so that tests set it. */
#ifndef PARAPHE_BASE_CLOCK_H
#define PARAPHE_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* Sets the process to Europe/Paris; call once at start. */
void clock_open(void);

/* The system's present. */
int64_t clock_now(void);

/* A monotonic count of microseconds, for durations. */
int64_t clock_monotonic_us(void);

/* Returns at that count, at once where it has passed. */
void clock_wait_until_us(int64_t monotonic);

/* The day in Paris at that instant, "2027-02-03". */
const char *clock_day(struct arena *arena, int64_t instant);

/* Whether text is an existing day of the years 1900 to 2199, as YYYY-MM-DD. */
bool clock_is_day(const char *text);

/* Whether text is a time of the day as HH:MM, 00:00 to 23:59. */
bool clock_is_time(const char *text);

/* The first instant after that one at which it is a full hour, or that full hour (0 to 23) in
 * Paris. */
int64_t clock_next_full_hour(int64_t after);
int64_t clock_next_hour(int64_t after, int hour);

/* Midnight in Paris before that instant, or that instant. */
int64_t clock_day_began(int64_t instant);

/* Midnight in Paris with which the day begins that is so many days after one that satisfies
 * clock_is_day. */
int64_t clock_midnight(const char *day, int days);

/* Days from one day to another (negative if earlier). Both must satisfy clock_is_day. */
int clock_days_between(const char *from, const char *to);

/* The day so many days after (before, where negative) one that satisfies clock_is_day. */
const char *clock_day_after(struct arena *arena, const char *day, int days);

/* "2027-02-03" ↔ "03-02-2027". clock_parse_french takes also 3/2/2027 and 03.02.2027; it returns
 * NULL where the text is no such day. */
const char *clock_french_day(struct arena *arena, const char *day);
const char *clock_parse_french(struct arena *arena, const char *text);

/* "mercredi 3 février 2027" (the first of a month: "1er"). */
const char *clock_french_long_day(struct arena *arena, const char *day);

/* "03-02-2027 à 09 h 15", in Paris; the spaces are non-breaking. */
const char *clock_french_instant(struct arena *arena, int64_t instant);

/* "08:05:00" or "08:05" → "8 h 05" (a full hour: "8 h"); the spaces are non-breaking. */
const char *clock_french_time(struct arena *arena, const char *time);

/* The year in which the school year of that day began: it does on 1 September. */
int clock_school_year_began(const char *day);

/* The school year of that day, "2026-2027". */
const char *clock_school_year(struct arena *arena, const char *day);

#endif
