/* The check of the history's chains, for operators: some at a time, as far as one request may take.
 */
#include "domain/history_check.h"

#include <string.h>

#include "base/clock.h"
#include "pages/frame.h"
#include "pages/history.h"
#include "pages/routes.h"

VIEW_TYPE(history_check_view);
VIEW_TYPE(history_fault_row);
VIEW_TYPE(history_check_page);

#define STEP_MICROSECONDS 1000000 /* of one request: another waits for its worker */

enum err page_history_check_last(struct exchange *x, struct history_check_last_row **row,
                                 const struct history_check_view **check)
{
    struct history_convention_count_row *total;
    struct history_check_view *shown;

    *check = NULL;
    ERR_TRY(db_history_check_last(x->db, x->arena, row));
    if (!*row)
        return ERR_OK;
    ERR_TRY(db_history_convention_count(x->db, x->arena, &total));
    shown = ARENA_NEW(x->arena, struct history_check_view);
    *shown = (struct history_check_view){
        .since = clock_french_instant(x->arena, (*row)->started_at),
        .until =
            (*row)->has_finished_at ? clock_french_instant(x->arena, (*row)->finished_at) : NULL,
        .account = (*row)->account,
        .checked_to = (int64_t)(*row)->checked_to,
        .conventions = (int64_t)(*row)->conventions,
        .total = (int64_t)total->total,
        .events = (int64_t)(*row)->events,
        .broken = (int64_t)(*row)->broken,
        .is_plural = (*row)->broken > 1};
    *check = shown;
    return ERR_OK;
}

static enum err list_faults(struct exchange *x, uint64_t check, struct history_check_page *view)
{
    struct operator_history_faults_row *rows;
    struct history_fault_row *shown;
    size_t count;

    ERR_TRY(db_operator_history_faults(
        x->db, x->arena, &(struct operator_history_faults_in){.check_id = check}, &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct history_fault_row);
    for (size_t i = 0; i < count; i++) {
        const struct operator_history_faults_row *row = &rows[i];

        shown[i] = (struct history_fault_row){
            .convention = (int64_t)row->convention_id,
            .convention_url = page_history_of(x, row->convention_id),
            .sequence = row->sequence,
            .event = row->event ? http_sentence(x, arena_printf(x->arena, "event-%s", row->event))
                                : NULL,
            .at = row->has_created_at ? clock_french_instant(x->arena, row->created_at) : NULL,
            .host = row->host_name,
            .origin = row->origin_name,
            .is_changed = strcmp(row->kind, "changed") == 0,
            .is_missing = strcmp(row->kind, "missing") == 0,
            .is_added = strcmp(row->kind, "added") == 0,
            .is_end = strcmp(row->kind, "end") == 0};
    }
    view->faults = shown;
    view->faults_count = count;
    return ERR_OK;
}

/* GET /historique/verification — operators
 *
 * How far the last check has come, and what it found. */
enum err page_history_check(struct exchange *x)
{
    struct history_check_last_row *row;
    struct view_page page;
    struct history_check_page view = {.page = &page,
                                      .restart = page_url(x->arena, at_history_check_begin),
                                      .back = page_url(x->arena, at_history)};

    page_frame(x, &page);
    ERR_TRY(page_history_check_last(x, &row, &view.check));
    if (row) {
        ERR_TRY(list_faults(x, row->id, &view));
        view.has_more = row->broken > view.faults_count;
        if (!row->has_finished_at)
            view.go_on = page_url(x->arena, at_history_check_go_on);
    }
    return http_page(x, 200, "history-check.html", &view);
}

static enum err work(struct exchange *x, bool restart)
{
    struct context ctx = page_context(x);

    ERR_TRY(history_check_go_on(&ctx, restart, STEP_MICROSECONDS));
    return http_redirect(x, page_url(x->arena, at_history_check));
}

/* POST /historique/verification — operators
 *
 * Begins a new check. */
enum err page_history_check_begin(struct exchange *x)
{
    return work(x, true);
}

/* POST /historique/verification/suite — operators
 *
 * Goes on with the one that is under way. */
enum err page_history_check_go_on(struct exchange *x)
{
    return work(x, false);
}
