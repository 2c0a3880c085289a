/* Public holidays, zones and the file of school holidays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/dates.h"
#include "calendar/feasts.h"
#include "calendar/holidays.h"
#include "calendar/zone.h"
#include "t/unit/tap.h"

static void test_easter(struct arena *arena)
{
    /* Known years, the earliest (22 March) and the latest (25 April) Easters among them. */
    static const char *const known[] = {
        "1943-04-25", "1961-04-02", "1981-04-19", "1999-04-04", "2000-04-23", "2008-03-23",
        "2011-04-24", "2016-03-27", "2019-04-21", "2020-04-12", "2024-03-31", "2025-04-20",
        "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "2049-04-18", "2285-03-22",
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        IS_STR(calendar_easter(arena, (int)strtol(known[i], NULL, 10)), known[i],
               arena_printf(arena, "Easter of %.4s", known[i]));
}

static void test_sundays(struct arena *arena)
{
    bool sundays = true, within = true;

    for (int year = 1900; year < 2200; year++) {
        const char *easter = calendar_easter(arena, year);
        sundays = sundays && dates_weekday(easter) == 7;
        within = within && strcmp(easter + 5, "03-22") >= 0 && strcmp(easter + 5, "04-25") <= 0;
    }
    OK(sundays && within, "Easter is a Sunday from 22 March to 25 April, in 300 years");
}

static int feasts_of(struct arena *arena, const char *year, bool alsace)
{
    const char *day = arena_printf(arena, "%s-01-01", year);
    int count = 0;

    for (; strncmp(day, year, 4) == 0; day = dates_add(arena, day, 1))
        count += calendar_feast(arena, day, alsace) != NULL;
    return count;
}

static void test_feasts(struct arena *arena)
{
    static const struct {
        const char *day, *word;
    } known[] = {
        {"2026-01-01", "new-year"},   {"2026-04-06", "easter-monday"},
        {"2026-05-01", "labour"},     {"2026-05-08", "victory"},
        {"2026-05-14", "ascension"},  {"2026-05-25", "whit-monday"},
        {"2026-07-14", "national"},   {"2026-08-15", "assumption"},
        {"2026-11-01", "all-saints"}, {"2026-11-11", "armistice"},
        {"2026-12-25", "christmas"},  {"2027-03-29", "easter-monday"},
        {"2027-05-06", "ascension"},  {"2027-05-17", "whit-monday"},
        {"2028-05-25", "ascension"},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const char *word = calendar_feast(arena, known[i].day, false);
        IS_STR(word ? word : "none", known[i].word, known[i].day);
    }
    OK(!calendar_feast(arena, "2026-04-05", false) && !calendar_feast(arena, "2026-12-26", false) &&
           !calendar_feast(arena, "2026-04-03", false) &&
           !calendar_feast(arena, "2026-11-25", true),
       "other days are none");
    IS_STR(calendar_feast(arena, "2026-04-03", true), "good-friday", "Good Friday in Alsace");
    IS_STR(calendar_feast(arena, "2026-12-26", true), "stephen", "and the day after Christmas");
    IS_INT(feasts_of(arena, "2026", false), 11, "eleven in a year");
    IS_INT(feasts_of(arena, "2026", true), 13, "thirteen in Alsace-Moselle");
    IS_INT(feasts_of(arena, "2008", false), 10, "ten where Ascension falls on 1 May");
}

static void test_zones(void)
{
    OK(calendar_zone("0691234S", "") == 'A' && calendar_zone("0381122N", "") == 'A' &&
           calendar_zone("0330001A", "") == 'A' && calendar_zone("0900001A", "") == 'A',
       "Lyon, Grenoble, Bordeaux and Belfort are in zone A");
    OK(calendar_zone("0130001A", "") == 'B' && calendar_zone("0670001A", "") == 'B' &&
           calendar_zone("0590001A", "") == 'B' && calendar_zone("0140001A", "") == 'B',
       "Marseille, Strasbourg, Lille and Caen are in zone B");
    OK(calendar_zone("0750001A", "") == 'C' && calendar_zone("0310001A", "") == 'C' &&
           calendar_zone("0340001A", "") == 'C' && calendar_zone("0950001A", "") == 'C',
       "Paris, Toulouse, Montpellier and Cergy are in zone C");
    OK(!calendar_zone("6200001A", "20000") && !calendar_zone("9740001A", "97400") &&
           !calendar_zone("9999999A", "") && !calendar_zone("", "ABCDE"),
       "Corsica, overseas and what does not exist are in none");
    OK(calendar_zone("5431234A", "75001") == 'C' && calendar_zone("0691234S", "75001") == 'A',
       "the postal code counts where the UAI does not tell");
    OK(calendar_is_alsace("0670001A", "") && calendar_is_alsace("0570001A", "") &&
           !calendar_is_alsace("0540001A", "") && !calendar_is_alsace("0750001A", "67000"),
       "Alsace and Moselle are told from their neighbours");
}

static enum err read_text(struct arena *arena, const char *text,
                          const struct calendar_holidays **holidays)
{
    char path[] = "/tmp/paraphe-holidays-XXXXXX";
    int file = mkstemp(path);
    enum err code = ERR_INTERNAL;

    if (file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text))
        code = calendar_holidays_read(arena, path, holidays);
    close(file);
    unlink(path);
    return code;
}

static void test_file(struct arena *arena)
{
    static const struct {
        const char *line, *title;
    } faults[] = {
        {"2026-02-30 2026-03-01 A Hiver", "a day that does not exist"},
        {"2026-03-01 A Hiver", "a missing day"},
        {"2026-03-02 2026-03-01 A Hiver", "a last day before the first"},
        {"2026-03-01 2026-03-02 D Hiver", "a zone that does not exist"},
        {"2026-03-01 2026-03-02 AA Hiver", "a zone twice"},
        {"2026-03-01 2026-03-02 A", "no name"},
        {"2025-10-20 2025-10-21 BC Pont", "two periods that overlap"},
        {"2026-03-01 2026-03-02 A \xff", "what is not UTF-8"},
    };
    const struct calendar_holidays *holidays;
    const char *good = "# Vacances\n\n2025-10-18\t2025-11-02  AB   Vacances de  la Toussaint \r\n";

    OK(read_text(arena, good, &holidays) == ERR_OK && holidays->count == 1, "a good file is read");
    IS_STR(holidays->items[0].name, "Vacances de la Toussaint", "with the name as it is said");
    OK(calendar_holiday(holidays, 'A', "2025-10-18") &&
           calendar_holiday(holidays, 'B', "2025-11-02"),
       "both its first and its last day are in it");
    OK(!calendar_holiday(holidays, 'A', "2025-10-17") &&
           !calendar_holiday(holidays, 'B', "2025-11-03") &&
           !calendar_holiday(holidays, 'C', "2025-10-20") &&
           !calendar_holiday(holidays, 0, "2025-10-20"),
       "no other day, and no other zone");
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        bool refused = read_text(arena, arena_printf(arena, "%s%s\n", good, faults[i].line),
                                 &holidays) == ERR_INVALID &&
                       strstr(err_last()->detail, "line 4");
        OK(refused, arena_printf(arena, "%s is refused with its line", faults[i].title));
    }
    OK(read_text(arena, "", &holidays) == ERR_OK && holidays->count == 0, "an empty file is one");
    OK(calendar_holidays_read(arena, "/nowhere/at/all", &holidays) == ERR_INVALID,
       "a file that is not there is told");
}

static bool same_weekdays(const struct calendar_holiday *period)
{
    return strcmp(period->first_day, period->last_day) == 0 || strstr(period->name, "été") ||
           strstr(period->name, "Ascension") ||
           (dates_weekday(period->first_day) == 6 && dates_weekday(period->last_day) == 7);
}

static void test_installed_file(struct arena *arena)
{
    const struct calendar_holidays *holidays;
    bool weekends = true;

    if (!OK(calendar_holidays_read(arena, PARAPHE_SOURCE "/conf/vacances-scolaires.txt",
                                   &holidays) == ERR_OK,
            "the file that is installed is good")) {
        printf("# %s\n", err_last()->detail);
        return;
    }
    for (size_t i = 0; i < holidays->count; i++)
        weekends = weekends && same_weekdays(&holidays->items[i]);
    OK(weekends, "its holidays begin on a Saturday and end on a Sunday");
    for (const char *zone = "ABC"; *zone; zone++)
        OK(calendar_holiday(holidays, *zone, "2026-12-24") &&
               calendar_holiday(holidays, *zone, "2026-02-21") &&
               !calendar_holiday(holidays, *zone, "2026-11-25"),
           arena_printf(arena, "zone %c has its holidays, and its school days", *zone));
}

int main(void)
{
    struct arena *arena = arena_new((size_t)16 * 1024 * 1024);

    clock_open();
    test_easter(arena);
    test_sundays(arena);
    test_feasts(arena);
    test_zones();
    test_file(arena);
    test_installed_file(arena);
    arena_free(arena);
    return tap_end();
}
