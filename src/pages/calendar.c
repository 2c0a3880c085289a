/* « Calendrier »: a month or a week, with its placements, public holidays and school holidays. */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/dates.h"
#include "calendar/feasts.h"
#include "calendar/holidays.h"
#include "db/statements.h"
#include "domain/holiday_zone.h"
#include "domain/placement.h"
#include "http/cache.h"
#include "pages/calendar_view.h"
#include "pages/frame.h"
#include "pages/placements.h"
#include "pages/routes.h"

VIEW_TYPE(calendar_entry);
VIEW_TYPE(calendar_day);
VIEW_TYPE(calendar_week);
VIEW_TYPE(calendar_choice);
VIEW_TYPE(calendar_period);
VIEW_TYPE(calendar_view);

#define WEEK_DAYS 7
#define PLACEMENTS_MOST 3000 /* of a month */
#define ENTRIES_OF_A_DAY 4   /* in a month; a week shows all */
#define ADDRESS_LENGTH 200
#define FIRST_YEAR "1901"
#define LAST_YEAR "2198"

/* What the address asks for, and what is known of the viewer. */
struct asked {
    struct exchange *x;
    bool of_week;
    const char *day;  /* the month's first, or the week's Monday */
    bool everything;  /* what others have published, too */
    bool zone_chosen; /* by the address */
    char zone;        /* 0 for none */
    bool alsace;
    const char *today;
};

struct placements {
    const struct calendar_placements_row *rows;
    size_t count;
};

static const char *address(const struct asked *asked, bool of_week, const char *day)
{
    struct arena *arena = asked->x->arena;
    struct buf out = buf_new(arena, ADDRESS_LENGTH);

    buf_printf(&out, "%s?%s=%s", page_url(arena, at_calendar), of_week ? "semaine" : "mois",
               of_week ? dates_week(arena, day) : dates_month(arena, day));
    if (asked->everything)
        buf_puts(&out, "&voir=tous");
    if (asked->zone_chosen)
        buf_printf(&out, "&zone=%c", asked->zone);
    return out.data;
}

/* The one before or after; NULL at the ends of what the calendar shows. */
static const char *neighbour(const struct asked *asked, int step)
{
    struct arena *arena = asked->x->arena;
    const char *day = asked->of_week ? dates_add(arena, asked->day, WEEK_DAYS * step)
                                     : dates_add_months(arena, asked->day, step);

    if (strncmp(day, FIRST_YEAR, 4) < 0 || strncmp(day, LAST_YEAR, 4) > 0)
        return NULL;
    return address(asked, asked->of_week, day);
}

static enum err read_address(struct exchange *x, struct asked *asked)
{
    const char *week = dates_week_monday(x->arena, http_query(x, "semaine"));
    const char *month = dates_month_first(x->arena, http_query(x, "mois"));
    const char *shown = http_query(x, "voir"), *zone = http_query(x, "zone");
    struct context ctx = page_context(x);

    *asked = (struct asked){.x = x, .today = clock_day(x->arena, x->now)};
    ERR_TRY(holiday_zone_of(&ctx, &asked->zone, &asked->alsace));
    asked->of_week = week != NULL;
    if (!month)
        month = dates_add_months(x->arena, asked->today, 0);
    asked->day = week ? week : month;
    asked->everything = shown && strcmp(shown, "tous") == 0;
    if (zone && strlen(zone) == 1 && strchr("ABC", zone[0])) {
        asked->zone_chosen = true;
        asked->zone = zone[0];
    }
    return ERR_OK;
}

static struct calendar_entry show_entry(const struct asked *asked,
                                        const struct calendar_placements_row *row)
{
    struct exchange *x = asked->x;
    unsigned left = placement_left(row->capacity, row->taken);

    return (struct calendar_entry){.url = page_url(x->arena, at_placement, row->id),
                                   .title = row->title,
                                   .host = row->host_name,
                                   .starts = clock_french_time(x->arena, row->starts_at),
                                   .hours = page_hours(x->arena, row->starts_at, row->ends_at),
                                   .left = left,
                                   .taken = (int64_t)row->taken,
                                   .capacity = row->capacity,
                                   .own = (int64_t)row->own,
                                   .is_hosted = row->host_id == x->session->establishment_id,
                                   .taken_is_plural = row->taken > 1,
                                   .left_is_plural = left > 1,
                                   .is_full = left == 0,
                                   .is_closed =
                                       !placement_is_open(row->state, row->closes_on, asked->today),
                                   .is_draft = strcmp(row->state, "draft") == 0,
                                   .is_cancelled = strcmp(row->state, "cancelled") == 0};
}

static void show_entries(const struct asked *asked, const struct placements *placements,
                         const char *iso, struct calendar_day *day)
{
    struct exchange *x = asked->x;
    size_t most = asked->of_week ? placements->count : ENTRIES_OF_A_DAY, count = 0;
    struct calendar_entry *entries = ARENA_NEW_ARRAY(x->arena, most, struct calendar_entry);

    for (size_t i = 0; i < placements->count; i++) {
        const struct calendar_placements_row *row = &placements->rows[i];

        if (!placement_is_on(row->first_day, row->last_day, iso))
            continue;
        if (count < most)
            entries[count] = show_entry(asked, row);
        count++;
    }
    day->entries = entries;
    day->entries_count = count < most ? count : most;
    day->more = (int64_t)(count - day->entries_count);
    day->more_is_plural = day->more > 1;
    if (day->more > 0)
        day->more_url = arena_printf(x->arena, "%s#%s", address(asked, true, iso), day->id);
}

static struct calendar_day show_day(const struct asked *asked, const struct placements *placements,
                                    const char *iso)
{
    struct arena *arena = asked->x->arena;
    const char *feast = calendar_feast(arena, iso, asked->alsace);
    const struct calendar_holiday *holiday =
        calendar_holiday(asked->x->site->holidays, asked->zone, iso);
    struct calendar_day day = {
        .id = arena_printf(arena, "j-%s", iso),
        .date = dates_date(iso),
        .title = clock_french_long_day(arena, iso),
        .is_today = strcmp(iso, asked->today) == 0,
        .is_other = !asked->of_week && strncmp(iso, asked->day, 7) != 0,
        .is_weekend = dates_weekday(iso) > 5,
        .feast = feast ? http_sentence(asked->x, arena_printf(arena, "feast-%s", feast)) : NULL,
        .holiday = holiday ? holiday->name : NULL,
        .holiday_begins = holiday && (strcmp(holiday->first_day, iso) == 0 ||
                                      dates_weekday(iso) == 1 || dates_date(iso) == 1)};

    if (!day.is_other)
        show_entries(asked, placements, iso, &day);
    day.is_empty = day.entries_count == 0 && !day.feast;
    return day;
}

static struct calendar_week show_week(const struct asked *asked,
                                      const struct placements *placements, const char *monday)
{
    struct arena *arena = asked->x->arena;
    struct calendar_day *days = ARENA_NEW_ARRAY(arena, WEEK_DAYS, struct calendar_day);

    for (int i = 0; i < WEEK_DAYS; i++)
        days[i] = show_day(asked, placements, dates_add(arena, monday, i));
    return (struct calendar_week){.number = dates_week_number(arena, monday),
                                  .url = address(asked, true, monday),
                                  .days = days,
                                  .days_count = WEEK_DAYS};
}

/* The days shown: from the first to the last, both in the month or the week. */
static void span(const struct asked *asked, const char **first, const char **last)
{
    struct arena *arena = asked->x->arena;

    *first = asked->day;
    *last = asked->of_week ? dates_add(arena, asked->day, WEEK_DAYS - 1)
                           : dates_add(arena, dates_add_months(arena, asked->day, 1), -1);
}

static enum err read_weeks(const struct asked *asked, struct calendar_view *view)
{
    struct exchange *x = asked->x;
    struct calendar_placements_row *rows;
    struct placements placements;
    struct calendar_week *weeks;
    const char *first, *last, *monday;
    size_t count;

    span(asked, &first, &last);
    ERR_TRY(db_calendar_placements(
        x->db, x->arena,
        &(struct calendar_placements_in){.viewer = x->session->establishment_id,
                                         .from_day = first,
                                         .until_day = last,
                                         .everything = asked->everything,
                                         .limit = PLACEMENTS_MOST},
        &rows, &count));
    placements = (struct placements){rows, count};
    view->total = (int64_t)count;
    view->too_many = count == PLACEMENTS_MOST;
    monday = dates_monday(x->arena, first);
    view->weeks_count = (size_t)clock_days_between(monday, last) / WEEK_DAYS + 1;
    weeks = ARENA_NEW_ARRAY(x->arena, view->weeks_count, struct calendar_week);
    for (size_t i = 0; i < view->weeks_count; i++)
        weeks[i] = show_week(asked, &placements, dates_add(x->arena, monday, (int)i * WEEK_DAYS));
    view->weeks = weeks;
    return ERR_OK;
}

/* "A et B" of "AB". */
static const char *zones_in_words(struct arena *arena, const char *zones)
{
    switch (strlen(zones)) {
    case 1:
        return zones;
    case 2:
        return arena_printf(arena, "%c et %c", zones[0], zones[1]);
    default:
        return arena_printf(arena, "%c, %c et %c", zones[0], zones[1], zones[2]);
    }
}

static void show_periods(const struct asked *asked, struct calendar_view *view)
{
    struct arena *arena = asked->x->arena;
    const struct calendar_holidays *holidays = asked->x->site->holidays;
    struct calendar_period *periods =
        ARENA_NEW_ARRAY(arena, holidays->count, struct calendar_period);
    const char *first, *last;

    span(asked, &first, &last);
    for (size_t i = 0; i < holidays->count; i++) {
        const struct calendar_holiday *one = &holidays->items[i];

        if (strcmp(one->first_day, last) > 0 || strcmp(one->last_day, first) < 0)
            continue;
        periods[view->periods_count++] =
            (struct calendar_period){.name = one->name,
                                     .zones = zones_in_words(arena, one->zones),
                                     .of_several = strlen(one->zones) > 1,
                                     .first_day = clock_french_day(arena, one->first_day),
                                     .last_day = clock_french_day(arena, one->last_day),
                                     .is_one_day = strcmp(one->first_day, one->last_day) == 0};
    }
    view->periods = periods;
}

static void show_zones(const struct asked *asked, struct calendar_view *view)
{
    struct arena *arena = asked->x->arena;
    struct calendar_choice *zones = ARENA_NEW_ARRAY(arena, 3, struct calendar_choice);
    struct asked other = *asked;

    other.zone_chosen = true;
    for (int i = 0; i < 3; i++) {
        other.zone = (char)('A' + i);
        zones[i] = (struct calendar_choice){.name = arena_printf(arena, "%c", other.zone),
                                            .url = address(&other, asked->of_week, asked->day),
                                            .is_open = other.zone == asked->zone};
    }
    view->zones = zones;
    view->zones_count = 3;
    if (asked->zone)
        view->zone = arena_printf(arena, "%c", asked->zone);
}

/* The ways from here to other days, and to other views of these. */
static void show_ways(const struct asked *asked, struct calendar_view *view)
{
    struct arena *arena = asked->x->arena;
    struct asked own = *asked, everything = *asked;
    const char *first, *last;
    bool has_today;

    own.everything = false;
    everything.everything = true;
    span(asked, &first, &last);
    has_today = strcmp(first, asked->today) <= 0 && strcmp(asked->today, last) <= 0;
    view->previous = neighbour(asked, -1);
    view->next = neighbour(asked, 1);
    view->today = address(asked, asked->of_week, asked->today);
    /* From a week to the month of its Thursday, and back to the week of today or of the first. */
    view->month_url = address(asked, false, asked->of_week ? dates_add(arena, first, 3) : first);
    view->week_url = address(asked, true, has_today ? asked->today : first);
    view->own_url = address(&own, asked->of_week, asked->day);
    view->everything_url = address(&everything, asked->of_week, asked->day);
    view->is_everything = asked->everything;
    view->feed_url = page_url(arena, at_feed);
    view->placements_url = page_url(arena, at_placements);
}

/* "novembre 2026", or "du 23 novembre au 29 novembre 2026". */
static const char *span_in_words(const struct asked *asked)
{
    struct arena *arena = asked->x->arena;
    const char *first, *last;

    span(asked, &first, &last);
    if (!asked->of_week)
        return dates_french_month(arena, first);
    return arena_printf(arena, "%d, du %s au %s %.4s", dates_week_number(arena, first),
                        dates_french_date(arena, first), dates_french_date(arena, last), last);
}

/* GET /calendrier — admins and members of an establishment
 *
 *     mois      2026-11; that of today where it is absent
 *     semaine   2026-W48: a week instead of a month
 *     voir      tous: what other establishments have published, too; else those that the
 *               establishment hosts, and those its trainees go to
 *     zone      A, B or C: whose school holidays are marked; the establishment's where it is absent
 */
enum err page_calendar(struct exchange *x)
{
    struct view_page page;
    struct calendar_view view = {.page = &page};
    struct asked asked;

    if (http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    ERR_TRY(read_address(x, &asked));
    page_frame(x, &page);
    view.span = span_in_words(&asked);
    show_ways(&asked, &view);
    show_zones(&asked, &view);
    show_periods(&asked, &view);
    ERR_TRY(read_weeks(&asked, &view));
    return http_cache_keep(
        x, http_page(x, 200, asked.of_week ? "calendar-week.html" : "calendar.html", &view));
}
