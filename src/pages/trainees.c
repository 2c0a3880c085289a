/* A trainee's sheet; correcting a trainee's data. */
#include <inttypes.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/moves.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/placement_view.h"
#include "pages/routes.h"
#include "pages/trainees.h"

VIEW_TYPE(trainee_open);
VIEW_TYPE(trainee_convention);
VIEW_TYPE(trainee_view);

void page_trainee_read(struct exchange *x, struct trainee_form *form, bool registers)
{
    struct form_value *guardian[] = {&form->guardian_name, &form->guardian_email,
                                     &form->guardian_phone};

    FORM_READ(x, trainee_form, form);
    if (!form->birth_day.error &&
        !trainee_age_fits(form->birth_day.text, clock_day(x->arena, x->now)))
        form_refuse(x, &form->birth_day, "trainee-age");
    for (size_t i = 0; registers && i < sizeof guardian / sizeof guardian[0]; i++)
        if (!guardian[i]->given && !guardian[i]->error)
            form_refuse(x, guardian[i], "form-required");
}

struct trainee page_trainee_typed(const struct trainee_form *form)
{
    return (struct trainee){.last_name = form->last_name.text,
                            .first_name = form->first_name.text,
                            .birth_day = form->birth_day.text,
                            .class_name = form->class_name.text,
                            .guardian_name = form->guardian_name.text,
                            .guardian_email = form->guardian_email.text,
                            .guardian_phone = form->guardian_phone.text,
                            .guardian_address = form->guardian_address.text};
}

void page_trainee_fill(struct arena *arena, const struct trainee_by_id_row *row,
                       struct trainee_form *form)
{
    FORM_EMPTY(form);
    form->last_name.typed = row->last_name;
    form->first_name.typed = row->first_name;
    form->birth_day.typed = clock_french_day(arena, row->birth_day);
    form->class_name.typed = row->class_name;
    form->guardian_name.typed = row->guardian_name;
    form->guardian_email.typed = row->guardian_email;
    form->guardian_phone.typed = row->guardian_phone;
    form->guardian_address.typed = row->guardian_address;
}

void page_trainee_fields(struct arena *arena, const struct trainee_form *form,
                         struct trainee_form_view *view)
{
    view->last_name = page_form_field(arena, "last_name", &form->last_name);
    view->first_name = page_form_field(arena, "first_name", &form->first_name);
    view->birth_day = page_form_field(arena, "birth_day", &form->birth_day);
    view->class_name = page_form_field(arena, "class_name", &form->class_name);
    view->guardian_name = page_form_field(arena, "guardian_name", &form->guardian_name);
    view->guardian_email = page_form_field(arena, "guardian_email", &form->guardian_email);
    view->guardian_phone = page_form_field(arena, "guardian_phone", &form->guardian_phone);
    view->guardian_address = page_form_field(arena, "guardian_address", &form->guardian_address);
}

enum err page_trainee_of(struct exchange *x, struct trainee_by_id_row **row)
{
    ERR_TRY(db_trainee_by_id(
        x->db, x->arena,
        &(struct trainee_by_id_in){.id = http_id(x, 0), .viewer = x->session->establishment_id},
        row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "trainee %" PRIu64, http_id(x, 0));
}

static enum err list_conventions(struct exchange *x, uint64_t trainee, struct trainee_view *view)
{
    struct trainee_conventions_row *rows;
    struct trainee_convention *shown;
    size_t count;

    ERR_TRY(
        db_trainee_conventions(x->db, x->arena,
                               &(struct trainee_conventions_in){
                                   .trainee_id = trainee, .viewer = x->session->establishment_id},
                               &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct trainee_convention);
    for (size_t i = 0; i < count; i++) {
        enum convention_state state = state_parse(rows[i].state);

        shown[i] = (struct trainee_convention){
            .placement = rows[i].title,
            .placement_url = page_url(x->arena, at_placement, rows[i].placement_id),
            .host = rows[i].host_name,
            .day = clock_french_day(x->arena, rows[i].first_day),
            .is_not_returned = state == CONVENTION_NOT_RETURNED,
            .is_pending = state == CONVENTION_PENDING && !rows[i].incomplete,
            .is_incomplete = state == CONVENTION_PENDING && rows[i].incomplete,
            .is_validated = state == CONVENTION_VALIDATED,
            .is_cancelled = state == CONVENTION_CANCELLED,
            .convention_url = page_url(x->arena, at_convention, rows[i].convention_id),
            .file_url = page_url(x->arena, at_convention_file, rows[i].convention_id)};
    }
    view->conventions = shown;
    view->conventions_count = count;
    return ERR_OK;
}

/* The placements for which a place is waited for. */
static enum err list_waiting(struct exchange *x, uint64_t trainee, struct trainee_view *view)
{
    struct trainee_waiting_row *rows;
    struct trainee_convention *shown;
    size_t count;

    ERR_TRY(db_trainee_waiting(
        x->db, x->arena,
        &(struct trainee_waiting_in){.trainee_id = trainee, .viewer = x->session->establishment_id},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct trainee_convention);
    for (size_t i = 0; i < count; i++)
        shown[i] = (struct trainee_convention){
            .placement = rows[i].title,
            .placement_url = page_url(x->arena, at_placement, rows[i].placement_id),
            .host = rows[i].host_name,
            .day = clock_french_day(x->arena, rows[i].first_day)};
    view->waiting = shown;
    view->waiting_count = count;
    return ERR_OK;
}

/* GET /stagiaires/{id} — the origin's accounts */
enum err page_trainee(struct exchange *x)
{
    struct trainee_by_id_row *row;
    struct view_page page;
    struct trainee_view view;
    bool registered;

    ERR_TRY(page_trainee_of(x, &row));
    ERR_TRY(page_trainee_is_registered(x, row->id, &registered));
    page_frame(x, &page);
    page.title = arena_printf(x->arena, "%s %s", row->last_name, row->first_name);
    view = (struct trainee_view){.page = &page,
                                 .birth_day = clock_french_day(x->arena, row->birth_day),
                                 .class_name = row->class_name,
                                 .guardian_name = row->guardian_name,
                                 .guardian_email = row->guardian_email,
                                 .guardian_phone = row->guardian_phone,
                                 .guardian_address = row->guardian_address,
                                 .is_lacking = !trainee_is_complete(&TRAINEE_OF(row)),
                                 .placements_url = page_url(x->arena, at_placements),
                                 .edit_url = page_url(x->arena, at_trainee_edit, row->id)};
    if (!registered)
        view.remove_url =
            arena_printf(x->arena, "%s?version=%" PRIu32,
                         page_url(x->arena, at_trainee_removal, row->id), row->version);
    ERR_TRY(list_conventions(x, row->id, &view));
    ERR_TRY(list_waiting(x, row->id, &view));
    return http_page(x, 200, "trainee.html", &view);
}

/* The conventions not yet returned, which a correction may replace. */
static enum err list_open(struct exchange *x, uint64_t trainee, struct trainee_form_view *view)
{
    struct trainee_conventions_row *rows;
    struct trainee_open *open;
    size_t count;

    ERR_TRY(
        db_trainee_conventions(x->db, x->arena,
                               &(struct trainee_conventions_in){
                                   .trainee_id = trainee, .viewer = x->session->establishment_id},
                               &rows, &count));
    open = ARENA_NEW_ARRAY(x->arena, count, struct trainee_open);
    for (size_t i = 0; i < count; i++)
        if (state_parse(rows[i].state) == CONVENTION_NOT_RETURNED)
            open[view->open_count++] =
                (struct trainee_open){.placement = rows[i].title,
                                      .host = rows[i].host_name,
                                      .day = clock_french_day(x->arena, rows[i].first_day)};
    view->open = open;
    view->is_plural = view->open_count > 1;
    return ERR_OK;
}

static enum err show_edit(struct exchange *x, unsigned status, uint32_t version,
                          const struct trainee_form *form, const char *sentence)
{
    struct view_page page;
    struct trainee_form_view view = {
        .page = &page,
        .action = arena_printf(x->arena, "%s?version=%" PRIu32,
                               page_url(x->arena, at_trainee_correct, http_id(x, 0)), version),
        .back = page_url(x->arena, at_trainee, http_id(x, 0)),
        .keeps_papers = form->papers.given && form->papers.number == TRAINEE_PAPERS_KEEP};
    bool registered;

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, trainee_form, form);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    page_trainee_fields(x->arena, form, &view);
    ERR_TRY(list_open(x, http_id(x, 0), &view));
    ERR_TRY(page_trainee_is_registered(x, http_id(x, 0), &registered));
    view.may_lack_guardian = !registered;
    return http_page(x, status, "trainee-edit.html", &view);
}

enum err page_trainee_is_registered(struct exchange *x, uint64_t trainee, bool *registered)
{
    struct trainee_registrations_row *row;

    ERR_TRY(db_trainee_registrations(x->db, x->arena,
                                     &(struct trainee_registrations_in){.id = trainee}, &row));
    *registered = row->total > 0;
    return ERR_OK;
}

/* GET /stagiaires/{id}/modifier — the origin's accounts */
enum err page_trainee_edit(struct exchange *x)
{
    struct trainee_by_id_row *row;
    struct trainee_form form;

    ERR_TRY(page_trainee_of(x, &row));
    page_trainee_fill(x->arena, row, &form);
    return show_edit(x, 200, row->version, &form, NULL);
}

/* POST /stagiaires/{id}/modifier — the origin's accounts
 *
 *     version   of the data that were seen, in the address
 *     the fields of the registration
 *     papers    remplacer (where it is absent) or garder: what becomes of conventions that are not
 *               yet returned */
enum err page_trainee_correct(struct exchange *x)
{
    uint32_t version = (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX);
    struct context ctx = page_context(x);
    struct trainee_by_id_row *row;
    struct trainee_form form;
    struct trainee trainee;
    size_t reissued;
    bool registered;
    enum err code;

    ERR_TRY(page_trainee_of(x, &row));
    ERR_TRY(page_trainee_is_registered(x, row->id, &registered));
    page_trainee_read(x, &form, registered);
    if (!FORM_GOOD(&form))
        return show_edit(x, 422, version, &form, NULL);
    trainee = page_trainee_typed(&form);
    code = trainee_correct(&ctx, row->id, version, &trainee,
                           form.papers.number != TRAINEE_PAPERS_KEEP, &reissued);
    if (code == ERR_CONFLICT)
        return show_edit(x, 409, version, &form,
                         http_sentence(x, arena_strdup(x->arena, err_last()->key)));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_trainee, row->id),
                     reissued > 0 ? "corrected-reissued" : "corrected");
}
