/* A trainee without a registration: added, and removed again. */
#include <inttypes.h>

#include "base/clock.h"
#include "pages/frame.h"
#include "pages/routes.h"
#include "pages/trainee_view.h"
#include "pages/trainees.h"

VIEW_TYPE(trainee_removal);

static enum err show_new(struct exchange *x, unsigned status, const struct trainee_form *form,
                         const char *sentence)
{
    struct view_page page;
    struct trainee_form_view view = {.page = &page,
                                     .action = page_url(x->arena, at_trainee_add),
                                     .back = page_url(x->arena, at_trainees),
                                     .may_lack_guardian = true};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, trainee_form, form);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    page_trainee_fields(x->arena, form, &view);
    return http_page(x, status, "trainee-new.html", &view);
}

/* GET /stagiaires/nouveau — admins and members of an establishment */
enum err page_trainee_new(struct exchange *x)
{
    struct trainee_form form;

    FORM_EMPTY(&form);
    return show_new(x, 200, &form, NULL);
}

/* POST /stagiaires/nouveau — admins and members of an establishment
 *
 *     the fields of the registration; those about the guardian may be empty */
enum err page_trainee_add(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct trainee_form form;
    struct trainee trainee;
    uint64_t id;
    enum err code;

    page_trainee_read(x, &form, false);
    if (!FORM_GOOD(&form))
        return show_new(x, 422, &form, NULL);
    trainee = page_trainee_typed(&form);
    code = trainee_add(&ctx, &trainee, &id);
    if (code == ERR_CONFLICT)
        return show_new(x, 409, &form, http_sentence(x, arena_strdup(x->arena, err_last()->key)));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_trainee, id), "trainee-added");
}

static uint32_t version_of(const struct exchange *x)
{
    return (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX);
}

/* GET /stagiaires/{id}/supprimer — the origin's accounts
 *
 *     version   of the data that were seen */
enum err page_trainee_removal(struct exchange *x)
{
    struct trainee_by_id_row *row;
    struct view_page page;
    struct trainee_removal view;
    bool registered;

    ERR_TRY(page_trainee_of(x, &row));
    ERR_TRY(page_trainee_is_registered(x, row->id, &registered));
    if (registered)
        return err_raise(ERR_CONFLICT, "trainee-has-registrations", "trainee %" PRIu64, row->id);
    page_frame(x, &page);
    view = (struct trainee_removal){
        .page = &page,
        .name = arena_printf(x->arena, "%s %s", row->first_name, row->last_name),
        .birth_day = clock_french_day(x->arena, row->birth_day),
        .class_name = row->class_name,
        .action = arena_printf(x->arena, "%s?version=%" PRIu32,
                               page_url(x->arena, at_trainee_remove, row->id),
                               version_of(x) == UINT32_MAX ? row->version : version_of(x)),
        .back = page_url(x->arena, at_trainee, row->id)};
    return http_page(x, 200, "trainee-removal.html", &view);
}

/* POST /stagiaires/{id}/supprimer — the origin's accounts
 *
 *     version   of the data that were seen, in the address */
enum err page_trainee_remove(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(trainee_remove(&ctx, http_id(x, 0), version_of(x)));
    return page_done(x, page_url(x->arena, at_trainees), "trainee-removed");
}
