/* A host offers a placement again on the weeks that follow. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "calendar/feasts.h"
#include "calendar/holidays.h"
#include "domain/holiday_zone.h"
#include "domain/placement_change.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/placement_form_view.h"
#include "pages/placements.h"
#include "pages/routes.h"

VIEW_TYPE(placement_repeat_day);
VIEW_TYPE(placement_repeat_view);

#define WEEKS_USUAL 6

#define REPEAT_FORM(FIELD) FIELD(CHOICE, etat, FORM_OPTIONAL, 0, 0, "publie|brouillon")
FORM_DECLARE(repeat_form, REPEAT_FORM)

/* The days that the address asks for: every week from after the first day to that one. */
struct weeks {
    const char *until; /* YYYY-MM-DD */
    const char *typed;
    const char *error; /* key of what is wrong with it, or NULL */
    const char *days[PLACEMENT_REPEAT_MOST];
    size_t count;
};

static void list_days(struct exchange *x, const struct placement_by_id_row *row,
                      struct weeks *weeks)
{
    const char *today = clock_day(x->arena, x->now);
    int closes = clock_days_between(row->first_day, row->closes_on);

    for (int week = 1; weeks->count < PLACEMENT_REPEAT_MOST; week++) {
        const char *day = clock_day_after(x->arena, row->first_day, 7 * week);

        if (strcmp(day, weeks->until) > 0)
            return;
        if (strcmp(clock_day_after(x->arena, day, closes), today) >= 0)
            weeks->days[weeks->count++] = day;
    }
}

/* Without a day in the address: some weeks from the placement, or from today if that is later. */
static void read_weeks(struct exchange *x, const struct placement_by_id_row *row,
                       struct weeks *weeks)
{
    const char *today = clock_day(x->arena, x->now), *from = row->first_day;
    const char *asked = http_query(x, "jusqu");

    *weeks = (struct weeks){.count = 0};
    if (strcmp(from, today) < 0)
        from = today;
    weeks->until = clock_day_after(x->arena, from, 7 * WEEKS_USUAL);
    weeks->typed = clock_french_day(x->arena, weeks->until);
    if (asked) {
        weeks->typed = text_squeeze(x->arena, asked);
        weeks->until = clock_parse_french(x->arena, weeks->typed);
        if (!weeks->until)
            weeks->error = "form-not-day";
        else if (clock_days_between(row->first_day, weeks->until) < 7)
            weeks->error = "placement-repeat-until";
    }
    if (!weeks->error)
        list_days(x, row, weeks);
}

static bool is_among(const char *day, const char *const *days, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(days[i], day) == 0)
            return true;
    return false;
}

/* Whose holidays count. */
struct at_school {
    char zone; /* 0: none */
    bool alsace;
};

/* One day as a check box. A day that nobody is at school, or on which the same is offered already,
 * is not ticked by itself. */
static struct placement_repeat_day show_day(struct exchange *x, const char *day,
                                            const struct at_school *at,
                                            const struct placement_offered_row *offered,
                                            size_t count)
{
    const char *feast = calendar_feast(x->arena, day, at->alsace);
    const struct calendar_holiday *holiday = calendar_holiday(x->site->holidays, at->zone, day);
    struct placement_repeat_day shown = {
        .value = day,
        .label = clock_french_long_day(x->arena, day),
        .feast = feast ? http_sentence(x, arena_printf(x->arena, "feast-%s", feast)) : NULL,
        .holiday = holiday ? holiday->name : NULL};

    for (size_t i = 0; i < count; i++)
        shown.is_offered |= strcmp(offered[i].first_day, day) == 0;
    shown.is_ticked = !feast && !holiday && !shown.is_offered;
    return shown;
}

/* The days as check boxes: ticked as they were sent, or as they suit where nothing was sent yet. */
static enum err show_days(struct exchange *x, const struct placement_by_id_row *row,
                          const struct weeks *weeks, const char *const *ticked, size_t ticked_count,
                          struct placement_repeat_view *view)
{
    struct context ctx = page_context(x);
    struct placement_repeat_day *shown;
    struct placement_offered_row *offered;
    struct at_school at;
    size_t count;

    ERR_TRY(holiday_zone_of(&ctx, &at.zone, &at.alsace));
    ERR_TRY(db_placement_offered(
        x->db, x->arena,
        &(struct placement_offered_in){.host_id = row->host_id,
                                       .folded_title = text_fold(x->arena, row->title),
                                       .starts_at = row->starts_at,
                                       .from_day = row->first_day},
        &offered, &count));
    shown = ARENA_NEW_ARRAY(x->arena, weeks->count, struct placement_repeat_day);
    for (size_t i = 0; i < weeks->count; i++) {
        shown[i] = show_day(x, weeks->days[i], &at, offered, count);
        if (ticked)
            shown[i].is_ticked =
                !shown[i].is_offered && is_among(weeks->days[i], ticked, ticked_count);
    }
    view->days = shown;
    view->days_count = weeks->count;
    return ERR_OK;
}

static enum err show(struct exchange *x, unsigned status, const struct placement_by_id_row *row,
                     const char *const *ticked, size_t ticked_count, const char *sentence)
{
    struct weeks weeks;
    struct form_value until = {.typed = ""};
    struct view_page page;
    struct placement_repeat_view view = {
        .page = &page,
        .title = row->title,
        .days_now = page_days(x->arena, row->first_day, row->last_day),
        .list_action = page_url(x->arena, at_placement_repetition, row->id),
        .back = page_url(x->arena, at_placement, row->id)};

    read_weeks(x, row, &weeks);
    until.typed = weeks.typed;
    if (weeks.error)
        until.sentence = http_sentence(x, weeks.error);
    view.until = page_form_field(x->arena, "jusqu", &until);
    view.action =
        arena_printf(x->arena, "%s?jusqu=%s", page_url(x->arena, at_placement_repeat, row->id),
                     http_url_encode(x->arena, weeks.typed));
    ERR_TRY(show_days(x, row, &weeks, ticked, ticked_count, &view));
    page_frame(x, &page);
    if (weeks.error) {
        struct view_form_error *wrong = ARENA_NEW(x->arena, struct view_form_error);

        *wrong = (struct view_form_error){.field = "jusqu", .sentence = until.sentence};
        page.errors = wrong;
        page.errors_count = 1;
    }
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, weeks.error ? 422 : status, "placement-repeat.html", &view);
}

/* GET /stages/{id}/repeter — the host's accounts
 *
 *     jusqu   the last day that is proposed; some weeks where it is absent */
enum err page_placement_repetition(struct exchange *x)
{
    struct placement_by_id_row *row;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    return show(x, 200, row, NULL, 0, NULL);
}

/* The values of all fields "jour", as many as are allowed and one more. */
static size_t read_days(const struct exchange *x, const char **days)
{
    const struct http_pairs *fields = &x->request->fields;
    size_t count = 0;

    for (size_t i = 0; i < fields->count && count <= PLACEMENT_REPEAT_MOST; i++)
        if (strcmp(fields->items[i].name, "jour") == 0)
            days[count++] = fields->items[i].value;
    return count;
}

/* POST /stages/{id}/repeter — the host's accounts
 *
 *     jusqu   as above, in the address
 *     jour    YYYY-MM-DD, any number of them
 *     etat    "brouillon" keeps the new ones to the host */
enum err page_placement_repeat(struct exchange *x)
{
    const char *days[PLACEMENT_REPEAT_MOST + 1];
    struct context ctx = page_context(x);
    struct placement_by_id_row *row;
    struct repeat_form form;
    size_t count, made;
    enum err code;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    FORM_READ(x, repeat_form, &form);
    count = read_days(x, days);
    code = placement_repeat(&ctx, row->id, days, count, strcmp(form.etat.text, "brouillon") == 0,
                            &made);
    if (code == ERR_INVALID)
        return show(x, 422, row, days, count,
                    http_sentence(x, arena_strdup(x->arena, err_last()->key)));
    ERR_TRY(code);
    return page_done(x,
                     arena_printf(x->arena, "%s?q=%s", page_url(x->arena, at_placements),
                                  http_url_encode(x->arena, row->title)),
                     made == 0  ? "placement-repeated-none"
                     : made > 1 ? "placement-repeated"
                                : "placement-repeated-once");
}
