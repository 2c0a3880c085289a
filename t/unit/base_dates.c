/* Weeks and months, as ISO 8601 and calendars have them. */
#include "base/clock.h"
#include "base/dates.h"
#include "t/unit/tap.h"

/* Every day of three centuries, one after the other. */
static void test_every_day(struct arena *arena)
{
    const char *day = "1900-01-01";
    char before[11] = "1899-12-31";
    bool rises = true, back = true, weekdays = true;
    int weekday = 1; /* 1 January 1900 was a Monday */

    while (strcmp(day, "2199-12-31") < 0) {
        rises = rises && clock_is_day(day) && strcmp(before, day) < 0;
        weekdays = weekdays && dates_weekday(day) == weekday;
        back = back && strcmp(dates_add(arena, dates_add(arena, day, 1), -1), day) == 0;
        memcpy(before, day, sizeof before);
        arena_reset(arena);
        day = dates_add(arena, before, 1);
        weekday = weekday % 7 + 1;
    }
    OK(rises, "a day later is the next day, in 300 years");
    OK(back, "and a day earlier is the day before");
    OK(weekdays, "each is the weekday that comes next");
}

static void test_weeks(struct arena *arena)
{
    static const struct {
        const char *day, *week;
    } known[] = {
        {"2026-11-25", "2026-W48"}, {"2026-12-31", "2026-W53"}, {"2027-01-03", "2026-W53"},
        {"2027-01-04", "2027-W01"}, {"2024-12-30", "2025-W01"}, {"2023-01-01", "2022-W52"},
        {"2020-12-31", "2020-W53"}, {"2021-01-01", "2020-W53"}, {"2016-01-03", "2015-W53"},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        IS_STR(dates_week(arena, known[i].day), known[i].week,
               arena_printf(arena, "the week of %s", known[i].day));
        IS_STR(dates_week_monday(arena, known[i].week), dates_monday(arena, known[i].day),
               arena_printf(arena, "the Monday of %s", known[i].week));
    }
    OK(!dates_week_monday(arena, "2025-W53") && !dates_week_monday(arena, "2026-W00") &&
           !dates_week_monday(arena, "2026-W54") && !dates_week_monday(arena, "2026-48") &&
           !dates_week_monday(arena, "2026-W4x") && !dates_week_monday(arena, "2026-w48") &&
           !dates_week_monday(arena, "0000-W01") && !dates_week_monday(arena, "") &&
           !dates_week_monday(arena, NULL),
       "what is no week is refused");
}

static void test_months(struct arena *arena)
{
    IS_STR(dates_month_first(arena, "2026-11"), "2026-11-01", "a month's first day");
    OK(!dates_month_first(arena, "2026-13") && !dates_month_first(arena, "2026-00") &&
           !dates_month_first(arena, "1899-12") && !dates_month_first(arena, "2026-1") &&
           !dates_month_first(arena, NULL),
       "what is no month is refused");
    IS_STR(dates_add_months(arena, "2026-11-30", 3), "2027-02-01", "three months later");
    IS_STR(dates_add_months(arena, "2026-01-31", -1), "2025-12-01", "a month earlier");
    IS_STR(dates_french_month(arena, "2026-08-15"), "août 2026", "a month in words");
    IS_STR(dates_french_date(arena, "2026-05-01"), "1er mai", "a date in words");
    IS_STR(dates_french_weekday("2026-11-25"), "mercredi", "a weekday in words");
}

int main(void)
{
    struct arena *arena = arena_new(1024 * 1024);

    clock_open();
    test_every_day(arena);
    test_weeks(arena);
    test_months(arena);
    arena_free(arena);
    return tap_end();
}
