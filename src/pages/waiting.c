/* The waiting list of a placement that is full: a trainee joins it, or leaves it. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "domain/placement.h"
#include "domain/waiting.h"
#include "pages/frame.h"
#include "pages/placements.h"
#include "pages/routes.h"
#include "pages/trainees.h"

VIEW_TYPE(placement_waiter);
VIEW_TYPE(waiting_leaving_view);

enum err page_waiters(struct exchange *x, const struct placement_by_id_row *placement,
                      struct placement_view *view)
{
    struct waiting_list_row *rows;
    struct placement_waiter *shown;
    size_t count;

    ERR_TRY(db_waiting_list(x->db, x->arena,
                            &(struct waiting_list_in){.placement_id = placement->id,
                                                      .viewer = x->session->establishment_id},
                            &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct placement_waiter);
    for (size_t i = 0; i < count; i++) {
        bool is_own = rows[i].origin_id == x->session->establishment_id;

        shown[i] =
            (struct placement_waiter){.rank = (int64_t)rows[i].rank,
                                      .class_name = rows[i].class_name,
                                      .origin = rows[i].origin_name,
                                      .since = clock_french_instant(x->arena, rows[i].created_at)};
        if (is_own) {
            shown[i].name = arena_printf(x->arena, "%s %s", rows[i].last_name, rows[i].first_name);
            shown[i].leave_url = page_url(x->arena, at_waiting_leaving, placement->id, rows[i].id);
        }
    }
    view->waiters = shown;
    view->waiters_count = count;
    view->waiting = (int64_t)placement->waiting;
    return ERR_OK;
}

/* GET /stages/{id}/attente — admins and members of an establishment
 *
 * Leads to the registration where there is a place. */
enum err page_waiting(struct exchange *x)
{
    struct registration_shown shown = {.status = 200, .waits = true};
    const char *today = clock_day(x->arena, x->now);
    struct placement_by_id_row *placement;
    struct trainee_form form;

    ERR_TRY(page_placement_of(x, http_id(x, 0), &placement));
    if (strcmp(placement->state, "published") != 0)
        return err_raise(ERR_CONFLICT, "placement-closed", "placement %" PRIu64, placement->id);
    if (!placement_is_open(placement->state, placement->closes_on, today))
        return err_raise(ERR_CONFLICT, "placement-past-closing", "placement %" PRIu64,
                         placement->id);
    if (placement_left(placement->capacity, placement->taken) > 0)
        return http_redirect(x, page_url(x->arena, at_registration, placement->id));
    ERR_TRY(page_registration_begin(x, &form));
    shown.placement = placement;
    return page_registration_form(x, &shown, &form);
}

/* POST /stages/{id}/attente — admins and members of an establishment
 *
 *     the fields of the registration
 *
 * Leads to the placement, which tells the rank; or to the convention, where a place became free
 * meanwhile. */
enum err page_waiting_join(struct exchange *x)
{
    uint64_t placement, convention;

    ERR_TRY(page_registration_take(x, true, waiting_join, &placement, &convention));
    if (placement == 0)
        return ERR_OK;
    if (convention != 0)
        return page_done(x, page_url(x->arena, at_convention, convention), "registered");
    return page_done(x, page_url(x->arena, at_placement, placement), "waiting-joined");
}

/* GET /stages/{id}/attente/{id}/retirer — the origin's accounts */
enum err page_waiting_leaving(struct exchange *x)
{
    uint64_t placement = http_id(x, 0), id = http_id(x, 1);
    struct waiting_by_id_row *row;
    struct view_page page;
    struct waiting_leaving_view view = {.page = &page,
                                        .action =
                                            page_url(x->arena, at_waiting_leave, placement, id),
                                        .back = page_url(x->arena, at_placement, placement)};

    ERR_TRY(db_waiting_by_id(x->db, x->arena,
                             &(struct waiting_by_id_in){.id = id,
                                                        .placement_id = placement,
                                                        .viewer = x->session->establishment_id},
                             &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "waiting %" PRIu64, id);
    if (!row->active)
        return err_raise(ERR_CONFLICT, "waiting-ended", "waiting %" PRIu64, id);
    view.trainee = arena_printf(x->arena, "%s %s", row->first_name, row->last_name);
    view.placement = row->title;
    page_frame(x, &page);
    return http_page(x, 200, "waiting-leaving.html", &view);
}

/* POST /stages/{id}/attente/{id}/retirer — the origin's accounts */
enum err page_waiting_leave(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(waiting_leave(&ctx, http_id(x, 0), http_id(x, 1)));
    return page_done(x, page_url(x->arena, at_placement, http_id(x, 0)), "waiting-left");
}
