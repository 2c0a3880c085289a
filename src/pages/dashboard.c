/* « Tableau de bord » of an establishment: what needs it now, what comes next, what happened. */
#include "pages/dashboard.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/placement.h"
#include "pages/chart.h"
#include "pages/followup.h"
#include "pages/frame.h"
#include "pages/placements.h"
#include "pages/routes.h"

VIEW_TYPE(dashboard_convention);
VIEW_TYPE(dashboard_count);
VIEW_TYPE(dashboard_work);
VIEW_TYPE(dashboard_placement);
VIEW_TYPE(dashboard_event);
VIEW_TYPE(dashboard_steps);
VIEW_TYPE(dashboard_view);

#define WORK_ROWS 5
#define PLACEMENT_ROWS 5
#define FEW_CONVENTIONS 2000 /* whose events are found one by one */

const struct dashboard_count *page_dashboard_count(struct exchange *x, uint64_t total,
                                                   const char *url)
{
    struct dashboard_count *count = ARENA_NEW(x->arena, struct dashboard_count);

    *count = (struct dashboard_count){.total = (int64_t)total, .is_plural = total > 1, .url = url};
    return count;
}

/* NULL where there is none. */
static enum err count_work(struct exchange *x, struct context *ctx, enum worklist list,
                           const struct dashboard_count **count)
{
    struct work_filter filter = work_filter(ctx, list, SIDE_BOTH);
    uint64_t total;

    *count = NULL;
    ERR_TRY(work_count(ctx, &filter, "%", &total));
    if (total > 0)
        *count = page_dashboard_count(x, total, page_followup_url(x, list, SIDE_BOTH, NULL));
    return ERR_OK;
}

/* The first of them by the day of the placement. */
static enum err first_rows(struct exchange *x, struct context *ctx, enum worklist list,
                           struct dashboard_work *work)
{
    struct work_filter filter = work_filter(ctx, list, SIDE_BOTH);
    struct followup_list_row *rows;
    struct dashboard_convention *shown;

    ERR_TRY(db_followup_list(x->db, x->arena,
                             &(struct followup_list_in){.host = filter.host,
                                                        .origin = filter.origin,
                                                        .state = filter.states[0],
                                                        .or_state = filter.states[1],
                                                        .or_other = filter.states[2],
                                                        .marked = filter.marked,
                                                        .from_day = filter.from_day,
                                                        .until_day = filter.until_day,
                                                        .pattern = "%",
                                                        .among = FOLLOWUP_LIST_AMONG_FIRST,
                                                        .reach = WORK_ROWS,
                                                        .limit = WORK_ROWS,
                                                        .order = FOLLOWUP_LIST_ORDER_DAY},
                             &rows, &work->rows_count));
    shown = ARENA_NEW_ARRAY(x->arena, work->rows_count, struct dashboard_convention);
    for (size_t i = 0; i < work->rows_count; i++)
        shown[i] = (struct dashboard_convention){
            .url = page_url(x->arena, at_convention, rows[i].id),
            .trainee = arena_printf(x->arena, "%s %s", rows[i].last_name, rows[i].first_name),
            .placement = rows[i].title,
            .school = rows[i].as_host ? rows[i].origin_name : rows[i].host_name,
            .day = clock_french_day(x->arena, rows[i].first_day),
            .left = page_days_left(x, rows[i].first_day)};
    work->rows = shown;
    return ERR_OK;
}

/* NULL where there is none. */
static enum err read_work(struct exchange *x, enum worklist list,
                          const struct dashboard_work **shown)
{
    struct context ctx = page_context(x);
    struct dashboard_work *work = ARENA_NEW(x->arena, struct dashboard_work);

    *shown = NULL;
    ERR_TRY(count_work(x, &ctx, list, &work->all));
    if (!work->all)
        return ERR_OK;
    work->has_more = work->all->total > WORK_ROWS;
    if (list == WORK_RETURN) {
        ERR_TRY(count_work(x, &ctx, WORK_LATE, &work->late));
        ERR_TRY(count_work(x, &ctx, WORK_SOON, &work->soon));
    }
    ERR_TRY(first_rows(x, &ctx, list, work));
    *shown = work;
    return ERR_OK;
}

static enum err read_mails(struct exchange *x, struct dashboard_view *view)
{
    struct failed_mail_count_row *row;

    ERR_TRY(db_failed_mail_count(
        x->db, x->arena,
        &(struct failed_mail_count_in){.viewer = x->session->establishment_id, .pattern = "%"},
        &row));
    if (row->total > 0)
        view->mails = page_dashboard_count(x, row->total, page_url(x->arena, at_failed_mails));
    return ERR_OK;
}

static enum err read_hosted(struct exchange *x, const char *today, struct dashboard_view *view)
{
    struct placement_next_hosted_row *rows;
    struct dashboard_placement *shown;

    ERR_TRY(db_placement_next_hosted(
        x->db, x->arena,
        &(struct placement_next_hosted_in){
            .viewer = x->session->establishment_id, .from_day = today, .limit = PLACEMENT_ROWS},
        &rows, &view->hosted_count));
    shown = ARENA_NEW_ARRAY(x->arena, view->hosted_count, struct dashboard_placement);
    for (size_t i = 0; i < view->hosted_count; i++) {
        unsigned left = placement_left(rows[i].capacity, rows[i].taken);

        shown[i] = (struct dashboard_placement){
            .url = page_url(x->arena, at_placement, rows[i].id),
            .title = rows[i].title,
            .day = clock_french_day(x->arena, rows[i].first_day),
            .hours = page_hours(x->arena, rows[i].starts_at, rows[i].ends_at),
            .taken = (int64_t)rows[i].taken,
            .left = left,
            .capacity = rows[i].capacity,
            .is_full = left == 0,
            .is_one = left == 1,
            .is_draft = strcmp(rows[i].state, "draft") == 0};
    }
    view->hosted = shown;
    return ERR_OK;
}

static enum err read_joined(struct exchange *x, const char *today, struct dashboard_view *view)
{
    struct placement_next_joined_row *rows;
    struct dashboard_placement *shown;

    ERR_TRY(db_placement_next_joined(
        x->db, x->arena,
        &(struct placement_next_joined_in){
            .viewer = x->session->establishment_id, .from_day = today, .limit = PLACEMENT_ROWS},
        &rows, &view->joined_count));
    shown = ARENA_NEW_ARRAY(x->arena, view->joined_count, struct dashboard_placement);
    for (size_t i = 0; i < view->joined_count; i++)
        shown[i] = (struct dashboard_placement){
            .url = page_url(x->arena, at_placement, rows[i].id),
            .title = rows[i].title,
            .host = rows[i].host_name,
            .day = clock_french_day(x->arena, rows[i].first_day),
            .hours = page_hours(x->arena, rows[i].starts_at, rows[i].ends_at),
            .taken = (int64_t)rows[i].own,
            .is_one = rows[i].own == 1};
    view->joined = shown;
    return ERR_OK;
}

static enum err read_open(struct exchange *x, const char *today, struct dashboard_view *view)
{
    struct placement_next_open_row *rows;
    struct dashboard_placement *shown;

    ERR_TRY(db_placement_next_open(
        x->db, x->arena,
        &(struct placement_next_open_in){
            .viewer = x->session->establishment_id, .from_day = today, .limit = PLACEMENT_ROWS},
        &rows, &view->open_count));
    shown = ARENA_NEW_ARRAY(x->arena, view->open_count, struct dashboard_placement);
    for (size_t i = 0; i < view->open_count; i++) {
        unsigned left = placement_left(rows[i].capacity, rows[i].taken);

        shown[i] = (struct dashboard_placement){
            .url = page_url(x->arena, at_placement, rows[i].id),
            .title = rows[i].title,
            .host = rows[i].host_name,
            .day = clock_french_day(x->arena, rows[i].first_day),
            .hours = page_hours(x->arena, rows[i].starts_at, rows[i].ends_at),
            .left = left,
            .capacity = rows[i].capacity,
            .is_one = left == 1,
            .register_url = page_url(x->arena, at_registration, rows[i].id)};
    }
    view->open = shown;
    return ERR_OK;
}

static enum err read_chart(struct exchange *x, struct dashboard_view *view)
{
    struct convention_days_row *rows;
    struct chart_day *days;
    size_t count;

    ERR_TRY(db_convention_days(x->db, x->arena,
                               &(struct convention_days_in){.viewer = x->session->establishment_id,
                                                            .from_day = page_chart_first(x),
                                                            .until_day = page_chart_last(x)},
                               &rows, &count));
    days = ARENA_NEW_ARRAY(x->arena, count, struct chart_day);
    for (size_t i = 0; i < count; i++)
        days[i] = (struct chart_day){.day = rows[i].first_day,
                                     .state = rows[i].state,
                                     .incomplete = rows[i].incomplete,
                                     .total = rows[i].total};
    view->chart = page_chart(x, days, count, true);
    return ERR_OK;
}

static enum err read_events(struct exchange *x, bool few, struct dashboard_view *view)
{
    struct history_recent_row *rows;
    struct dashboard_event *shown;

    ERR_TRY(
        db_history_recent(x->db, x->arena,
                          &(struct history_recent_in){.viewer = x->session->establishment_id,
                                                      .since = x->now - DASHBOARD_EVENT_SECONDS,
                                                      .limit = DASHBOARD_EVENTS,
                                                      .from = few ? HISTORY_RECENT_FROM_CONVENTIONS
                                                                  : HISTORY_RECENT_FROM_HISTORY},
                          &rows, &view->events_count));
    shown = ARENA_NEW_ARRAY(x->arena, view->events_count, struct dashboard_event);
    for (size_t i = 0; i < view->events_count; i++)
        shown[i] = (struct dashboard_event){
            .at = clock_french_instant(x->arena, rows[i].created_at),
            .what = http_sentence(x, arena_printf(x->arena, "event-%s", rows[i].event)),
            .trainee = arena_printf(x->arena, "%s %s", rows[i].first_name, rows[i].last_name),
            .url = page_url(x->arena, at_convention, rows[i].convention_id),
            .actor = rows[i].actor_name,
            .school = rows[i].actor_establishment};
    view->events = shown;
    return ERR_OK;
}

/* What a new establishment has still to do, until it has its first convention; and whether it has
 * few of them. */
static enum err read_steps(struct exchange *x, struct dashboard_view *view, bool *few)
{
    bool is_admin = x->session->role == HTTP_ROLE_ADMIN;
    struct dashboard_steps *steps;
    struct first_steps_row *row;

    ERR_TRY(db_first_steps(x->db, x->arena,
                           &(struct first_steps_in){.viewer = x->session->establishment_id}, &row));
    if (!row)
        return err_raise(ERR_INTERNAL, NULL, "establishment %" PRIu64 " is not there",
                         x->session->establishment_id);
    view->is_host = row->has_placement;
    view->is_origin = row->has_trainee;
    *few = row->conventions <= FEW_CONVENTIONS;
    if (row->conventions > 0)
        return ERR_OK;
    steps = ARENA_NEW(x->arena, struct dashboard_steps);
    *steps = (struct dashboard_steps){.options = is_admin ? page_url(x->arena, at_options) : NULL,
                                      .images = is_admin ? page_url(x->arena, at_images) : NULL,
                                      .new_placement = page_url(x->arena, at_placement_new),
                                      .placements = page_url(x->arena, at_placements),
                                      .has_signature = row->has_signature,
                                      .has_placement = row->has_placement,
                                      .has_trainee = row->has_trainee};
    view->steps = steps;
    return ERR_OK;
}

enum err page_dashboard(struct exchange *x)
{
    const char *today = clock_day(x->arena, x->now);
    bool few;
    struct view_page page;
    struct dashboard_view view = {.page = &page,
                                  .placements_url = page_url(x->arena, at_placements)};

    page_frame(x, &page);
    ERR_TRY(read_steps(x, &view, &few));
    ERR_TRY(read_work(x, WORK_VALIDATE, &view.validate));
    ERR_TRY(read_work(x, WORK_RETURN, &view.back));
    ERR_TRY(read_work(x, WORK_INCOMPLETE, &view.redo));
    ERR_TRY(read_mails(x, &view));
    view.nothing_to_do = !view.steps && !view.validate && !view.back && !view.redo && !view.mails;
    ERR_TRY(read_hosted(x, today, &view));
    ERR_TRY(read_joined(x, today, &view));
    ERR_TRY(read_open(x, today, &view));
    ERR_TRY(read_chart(x, &view));
    ERR_TRY(read_events(x, few, &view));
    return http_page(x, 200, "dashboard.html", &view);
}
