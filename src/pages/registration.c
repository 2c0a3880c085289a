/* Registering a trainee: the form, which the waiting list has as well, and who is known already. */
#include <inttypes.h>

#include "base/clock.h"
#include "domain/registration.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/placements.h"
#include "pages/routes.h"
#include "pages/trainees.h"

VIEW_TYPE(trainee_known);
VIEW_TYPE(trainee_form_view);

#define KNOWN_MOST 20 /* shown of those that a search finds */

static const char *const no_columns[] = {"nom"};

/* Those of the school's trainees who answer to "q", each a link that fills the form. */
static enum err list_known(struct exchange *x, const char *path, struct trainee_form_view *view)
{
    struct page_list list = page_list_read(x, path, "", no_columns, 1);
    struct trainee_list_row *rows;
    struct trainee_known *known;
    size_t count;

    view->known_search = list.search;
    if (!list.search[0])
        return ERR_OK;
    ERR_TRY(db_trainee_list(x->db, x->arena,
                            &(struct trainee_list_in){.viewer = x->session->establishment_id,
                                                      .pattern = list.pattern,
                                                      .class_name = "",
                                                      .filter = "",
                                                      .limit = KNOWN_MOST + 1},
                            &rows, &count));
    view->known_are_more = count > KNOWN_MOST;
    known = ARENA_NEW_ARRAY(x->arena, KNOWN_MOST, struct trainee_known);
    for (size_t i = 0; i < count && i < KNOWN_MOST; i++)
        known[view->known_count++] = (struct trainee_known){
            .url = arena_printf(x->arena, "%s?stagiaire=%" PRIu64, path, rows[i].id),
            .name = arena_printf(x->arena, "%s %s", rows[i].last_name, rows[i].first_name),
            .birth_day = clock_french_day(x->arena, rows[i].birth_day),
            .class_name = rows[i].class_name};
    view->known = known;
    return ERR_OK;
}

enum err page_registration_form(struct exchange *x, const struct registration_shown *shown,
                                const struct trainee_form *form)
{
    const struct placement_by_id_row *placement = shown->placement;
    const char *path =
        page_url(x->arena, shown->waits ? at_waiting : at_registration, placement->id);
    struct view_page page;
    struct trainee_form_view view = {
        .page = &page,
        .placement = placement->title,
        .host = placement->host_name,
        .days = page_days(x->arena, placement->first_day, placement->last_day),
        .action = path,
        .back = page_url(x->arena, at_placement, placement->id)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, trainee_form, form);
    if (shown->sentence)
        page_add_error(&page, x->arena, shown->sentence);
    page_trainee_fields(x->arena, form, &view);
    ERR_TRY(list_known(x, path, &view));
    return http_page(x, shown->status, shown->waits ? "waiting.html" : "registration.html", &view);
}

enum err page_registration_begin(struct exchange *x, struct trainee_form *form)
{
    uint64_t id = http_query_number(x, "stagiaire", 1, UINT64_MAX, 0);
    struct trainee_by_id_row *row;

    FORM_EMPTY(form);
    if (id == 0)
        return ERR_OK;
    ERR_TRY(db_trainee_by_id(
        x->db, x->arena,
        &(struct trainee_by_id_in){.id = id, .viewer = x->session->establishment_id}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "trainee %" PRIu64, id);
    page_trainee_fill(x->arena, row, form);
    return ERR_OK;
}

/* GET /stages/{id}/inscription — admins and members of an establishment
 *
 *     q           who of the school's trainees is looked for
 *     stagiaire   whose data fill the form; both as on the waiting list's page */
enum err page_registration(struct exchange *x)
{
    struct registration_shown shown = {.status = 200};
    struct placement_by_id_row *placement;
    struct trainee_form form;

    ERR_TRY(page_placement_of(x, http_id(x, 0), &placement));
    ERR_TRY(page_registration_begin(x, &form));
    shown.placement = placement;
    return page_registration_form(x, &shown, &form);
}

enum err page_registration_take(struct exchange *x, bool waits,
                                enum err (*enter)(struct context *, uint64_t placement,
                                                  const struct trainee *, uint64_t *convention),
                                uint64_t *placement, uint64_t *convention)
{
    struct registration_shown shown = {.status = 422, .waits = waits};
    struct context ctx = page_context(x);
    struct placement_by_id_row *row;
    struct trainee_form form;
    struct trainee trainee;
    enum err code;

    *placement = 0;
    ERR_TRY(page_placement_asked_for(x, http_id(x, 0), &row));
    shown.placement = row;
    page_trainee_read(x, &form, true);
    if (!FORM_GOOD(&form))
        return page_registration_form(x, &shown, &form);
    trainee = page_trainee_typed(&form);
    code = enter(&ctx, row->id, &trainee, convention);
    if (code == ERR_CONFLICT) {
        shown.status = 409;
        shown.sentence = http_sentence(x, arena_strdup(x->arena, err_last()->key));
        return page_registration_form(x, &shown, &form);
    }
    ERR_TRY(code);
    *placement = row->id;
    return ERR_OK;
}

/* POST /stages/{id}/inscription — admins and members of an establishment
 *
 *     last_name, first_name, birth_day, class_name, guardian_name, guardian_email,
 *     guardian_phone, guardian_address
 *
 * Leads to the convention that the registration made. */
enum err page_registration_make(struct exchange *x)
{
    uint64_t placement, convention;

    ERR_TRY(page_registration_take(x, false, registration_make, &placement, &convention));
    return placement == 0
               ? ERR_OK
               : page_done(x, page_url(x->arena, at_convention, convention), "registered");
}
