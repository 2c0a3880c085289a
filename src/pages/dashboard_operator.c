/* « Tableau de bord » of operators: what goes wrong on the platform, and what it does. */
#include "base/clock.h"
#include "db/statements.h"
#include "pages/chart.h"
#include "pages/dashboard.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(operator_dashboard);

/* The mails that « Courriels » lists: those given up, and those that are tried again. */
static enum err read_mails(struct exchange *x, struct operator_dashboard *view)
{
    struct outbox_troubled_count_row *row;

    ERR_TRY(db_outbox_troubled_count(x->db, x->arena, &row));
    view->mails = page_dashboard_count(x, row->total, page_url(x->arena, at_mails));
    view->mails_failed = (int64_t)row->failed;
    return ERR_OK;
}

/* How many are in a tab of « Établissements » or « Comptes », and the way there. */
static const struct dashboard_count *tab(struct exchange *x, uint64_t total, enum page list,
                                         const char *filter)
{
    return page_dashboard_count(x, total,
                                arena_printf(x->arena, "%s?%s", page_url(x->arena, list), filter));
}

static enum err read_lists(struct exchange *x, struct operator_dashboard *view)
{
    struct operator_establishment_counts_row *schools;
    struct operator_account_counts_row *accounts;

    ERR_TRY(
        db_operator_establishment_counts(x->db, x->arena,
                                         &(struct operator_establishment_counts_in){
                                             .pattern = "%", .today = clock_day(x->arena, x->now)},
                                         &schools));
    ERR_TRY(db_operator_account_counts(
        x->db, x->arena, &(struct operator_account_counts_in){.like = "%", .pattern = "%"},
        &accounts));
    view->ending = tab(x, schools->soon, at_establishments, "licence=bientot");
    view->ended = tab(x, schools->ended, at_establishments, "licence=terminee");
    view->empty = tab(x, schools->empty, at_establishments, "comptes=aucun");
    view->never = tab(x, accounts->never, at_accounts, "qui=jamais-venus");
    return ERR_OK;
}

static enum err read_totals(struct exchange *x, struct operator_dashboard *view)
{
    struct operator_totals_row *row;

    ERR_TRY(db_operator_totals(
        x->db, x->arena, &(struct operator_totals_in){.today = clock_day(x->arena, x->now)}, &row));
    view->establishments = (int64_t)row->establishments;
    view->accounts = (int64_t)row->accounts;
    view->placements = (int64_t)row->placements;
    view->is_new = row->establishments == 0;
    return ERR_OK;
}

static enum err read_chart(struct exchange *x, struct operator_dashboard *view)
{
    struct convention_days_all_row *rows;
    struct chart_day *days;
    size_t count;

    ERR_TRY(
        db_convention_days_all(x->db, x->arena,
                               &(struct convention_days_all_in){.from_day = page_chart_first(x),
                                                                .until_day = page_chart_last(x)},
                               &rows, &count));
    days = ARENA_NEW_ARRAY(x->arena, count, struct chart_day);
    for (size_t i = 0; i < count; i++)
        days[i] = (struct chart_day){.day = rows[i].first_day,
                                     .state = rows[i].state,
                                     .incomplete = rows[i].incomplete,
                                     .total = rows[i].total};
    view->chart = page_chart(x, days, count, false);
    return ERR_OK;
}

static enum err read_events(struct exchange *x, struct operator_dashboard *view)
{
    struct history_recent_all_row *rows;
    struct dashboard_event *shown;

    ERR_TRY(db_history_recent_all(
        x->db, x->arena,
        &(struct history_recent_all_in){.since = x->now - DASHBOARD_EVENT_SECONDS,
                                        .limit = DASHBOARD_EVENTS},
        &rows, &view->events_count));
    shown = ARENA_NEW_ARRAY(x->arena, view->events_count, struct dashboard_event);
    for (size_t i = 0; i < view->events_count; i++)
        shown[i] = (struct dashboard_event){
            .at = clock_french_instant(x->arena, rows[i].created_at),
            .what = http_sentence(x, arena_printf(x->arena, "event-%s", rows[i].event)),
            .actor = rows[i].actor_name,
            .school = rows[i].actor_establishment,
            .between = arena_printf(x->arena, "%s – %s", rows[i].origin_name, rows[i].host_name)};
    view->events = shown;
    return ERR_OK;
}

enum err page_operator_dashboard(struct exchange *x)
{
    struct view_page page;
    struct operator_dashboard view = {
        .page = &page, .establishment_new = page_url(x->arena, at_establishment_new)};

    page_frame(x, &page);
    ERR_TRY(read_mails(x, &view));
    ERR_TRY(read_lists(x, &view));
    view.nothing_to_do = view.mails->total + view.ending->total + view.ended->total +
                             view.empty->total + view.never->total ==
                         0;
    ERR_TRY(read_totals(x, &view));
    ERR_TRY(read_chart(x, &view));
    ERR_TRY(read_events(x, &view));
    return http_page(x, 200, "dashboard-operator.html", &view);
}
