#include "base/clock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* U+00A0, between a number and what it counts. */
#define NBSP "\xc2\xa0"

static const char *const month_names[] = {
    "janvier", "février", "mars",      "avril",   "mai",      "juin",
    "juillet", "août",    "septembre", "octobre", "novembre", "décembre",
};
static const char *const weekday_names[] = {
    "dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
};

void clock_open(void)
{
    setenv("TZ", "Europe/Paris", 1);
    tzset();
}

int64_t clock_now(void)
{
    return (int64_t)time(NULL);
}

int64_t clock_monotonic_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void clock_wait_until_us(int64_t monotonic)
{
    struct timespec until = {.tv_sec = (time_t)(monotonic / 1000000),
                             .tv_nsec = (long)(monotonic % 1000000) * 1000};

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
        continue;
}

static struct tm paris(int64_t instant)
{
    time_t when = (time_t)instant;
    struct tm local;

    localtime_r(&when, &local);
    return local;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
static int day_number(int year, int month, int day)
{
    struct tm utc = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};

    return (int)(timegm(&utc) / 86400);
}

static struct tm day_of_number(int number)
{
    time_t when = (time_t)number * 86400;
    struct tm utc;

    gmtime_r(&when, &utc);
    return utc;
}

static bool split(const char *text, int *year, int *month, int *day)
{
    int length = 0;

    if (!text || strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9'))
            return false;
    return sscanf(text, "%4d-%2d-%2d%n", year, month, day, &length) == 3 && length == 10;
}

static bool exists(int year, int month, int day)
{
    struct tm back;

    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    back = day_of_number(day_number(year, month, day));
    return back.tm_mday == day && back.tm_mon == month - 1;
}

bool clock_is_day(const char *text)
{
    int year, month, day;

    return split(text, &year, &month, &day) && exists(year, month, day);
}

static int number_of(const char *text)
{
    int year = 1970, month = 1, day = 1;

    split(text, &year, &month, &day);
    return day_number(year, month, day);
}

static const char *format_day(struct arena *arena, const struct tm *tm)
{
    return arena_printf(arena, "%04d-%02d-%02d", tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday);
}

const char *clock_day(struct arena *arena, int64_t instant)
{
    struct tm local = paris(instant);

    return format_day(arena, &local);
}

int64_t clock_next_full_hour(int64_t after)
{
    return (after / 3600 + 1) * 3600;
}

int64_t clock_next_hour(int64_t after, int hour)
{
    struct tm local = paris(after);
    int64_t next;

    local.tm_hour = hour;
    local.tm_min = local.tm_sec = 0;
    local.tm_isdst = -1;
    next = (int64_t)mktime(&local);
    if (next > after)
        return next;
    local = paris(after);
    local.tm_mday++;
    local.tm_hour = hour;
    local.tm_min = local.tm_sec = 0;
    local.tm_isdst = -1;
    return (int64_t)mktime(&local);
}

int64_t clock_day_began(int64_t instant)
{
    struct tm local = paris(instant);

    local.tm_hour = local.tm_min = local.tm_sec = 0;
    local.tm_isdst = -1;
    return (int64_t)mktime(&local);
}

bool clock_is_time(const char *text)
{
    return strlen(text) == 5 && text[2] == ':' && text[0] >= '0' && text[0] <= '2' &&
           text[1] >= '0' && text[1] <= (text[0] == '2' ? '3' : '9') && text[3] >= '0' &&
           text[3] <= '5' && text[4] >= '0' && text[4] <= '9';
}

int64_t clock_midnight(const char *day, int days)
{
    struct tm local = {.tm_isdst = -1};

    split(day, &local.tm_year, &local.tm_mon, &local.tm_mday);
    local.tm_year -= 1900;
    local.tm_mon -= 1;
    local.tm_mday += days;
    return (int64_t)mktime(&local);
}

int clock_days_between(const char *from, const char *to)
{
    return number_of(to) - number_of(from);
}

const char *clock_day_after(struct arena *arena, const char *day, int days)
{
    struct tm tm = day_of_number(number_of(day) + days);

    return format_day(arena, &tm);
}

const char *clock_french_day(struct arena *arena, const char *day)
{
    int year, month, date;

    if (!split(day, &year, &month, &date))
        return "";
    return arena_printf(arena, "%02d-%02d-%04d", date, month, year);
}

const char *clock_parse_french(struct arena *arena, const char *text)
{
    int day, month, year, length = 0;
    char first, second;

    while (*text == ' ')
        text++;
    if (clock_is_day(text))
        return arena_strdup(arena, text);
    if (sscanf(text, "%2d%c%2d%c%4d%n", &day, &first, &month, &second, &year, &length) != 5)
        return NULL;
    while (text[length] == ' ')
        length++;
    if (text[length] != '\0' || first != second || !strchr("-/.", first) ||
        !exists(year, month, day))
        return NULL;
    return arena_printf(arena, "%04d-%02d-%02d", year, month, day);
}

const char *clock_french_long_day(struct arena *arena, const char *day)
{
    struct tm tm;

    if (!clock_is_day(day))
        return "";
    tm = day_of_number(number_of(day));
    return arena_printf(arena, "%s %d%s %s %d", weekday_names[tm.tm_wday], tm.tm_mday,
                        tm.tm_mday == 1 ? "er" : "", month_names[tm.tm_mon], tm.tm_year + 1900);
}

const char *clock_french_instant(struct arena *arena, int64_t instant)
{
    struct tm local = paris(instant);

    return arena_printf(arena, "%02d-%02d-%04d à %02d" NBSP "h" NBSP "%02d", local.tm_mday,
                        local.tm_mon + 1, local.tm_year + 1900, local.tm_hour, local.tm_min);
}

const char *clock_french_time(struct arena *arena, const char *time)
{
    int hour, minute;

    if (!time || sscanf(time, "%2d:%2d", &hour, &minute) != 2)
        return "";
    if (minute == 0)
        return arena_printf(arena, "%d" NBSP "h", hour);
    return arena_printf(arena, "%d" NBSP "h" NBSP "%02d", hour, minute);
}

int clock_school_year_began(const char *day)
{
    int year = 1970, month = 1, date = 1;

    split(day, &year, &month, &date);
    return month >= 9 ? year : year - 1;
}

const char *clock_school_year(struct arena *arena, const char *day)
{
    int first = clock_school_year_began(day);

    return arena_printf(arena, "%d-%d", first, first + 1);
}
