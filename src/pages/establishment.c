/* An establishment's sheet, for operators, and its licences. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/establishment.h"
#include "http/form.h"
#include "pages/establishments.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(establishment_licence);
VIEW_TYPE(establishment_account);
VIEW_TYPE(establishment_view);

#define LICENCE_FORM(FIELD)                          \
    FIELD(DAY, starts_on, FORM_REQUIRED, 0, 0, NULL) \
    FIELD(DAY, ends_on, FORM_REQUIRED, 0, 0, NULL)
FORM_DECLARE(licence_form, LICENCE_FORM)

static enum err list_licences(struct exchange *x, uint64_t id, struct establishment_view *view)
{
    const char *today = clock_day(x->arena, x->now);
    struct operator_licences_row *rows;
    struct establishment_licence *shown;
    size_t count;

    ERR_TRY(db_operator_licences(
        x->db, x->arena, &(struct operator_licences_in){.establishment_id = id}, &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct establishment_licence);
    for (size_t i = 0; i < count; i++)
        shown[i] = (struct establishment_licence){
            .starts_on = clock_french_day(x->arena, rows[i].starts_on),
            .ends_on = clock_french_day(x->arena, rows[i].ends_on),
            .added_at = clock_french_instant(x->arena, rows[i].created_at),
            .author = rows[i].author,
            .told_at = rows[i].has_told_at ? clock_french_instant(x->arena, rows[i].told_at) : NULL,
            .is_current =
                strcmp(rows[i].starts_on, today) <= 0 && strcmp(today, rows[i].ends_on) <= 0,
            .is_to_come = strcmp(rows[i].starts_on, today) > 0};
    view->licences = shown;
    view->licences_count = count;
    return ERR_OK;
}

static enum err list_accounts(struct exchange *x, uint64_t id, struct establishment_view *view)
{
    struct operator_establishment_accounts_row *rows;
    struct establishment_account *shown;
    size_t count;

    ERR_TRY(db_operator_establishment_accounts(
        x->db, x->arena, &(struct operator_establishment_accounts_in){.establishment_id = id},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct establishment_account);
    for (size_t i = 0; i < count; i++)
        shown[i] = (struct establishment_account){.url = page_url(x->arena, at_account, rows[i].id),
                                                  .name = rows[i].name,
                                                  .email = rows[i].email,
                                                  .is_admin = strcmp(rows[i].role, "admin") == 0,
                                                  .is_disabled = rows[i].disabled};
    view->accounts = shown;
    view->accounts_count = count;
    return ERR_OK;
}

static enum err show_sums(struct exchange *x, uint64_t id, struct establishment_view *view)
{
    struct operator_establishment_sums_row *sums;

    ERR_TRY(db_operator_establishment_sums(
        x->db, x->arena, &(struct operator_establishment_sums_in){.id = id}, &sums));
    if (!sums)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, id);
    view->created_at = clock_french_instant(x->arena, sums->created_at);
    view->licence = page_licence_state(x, sums->licence_end);
    view->placements = (int64_t)sums->placements;
    view->trainees = (int64_t)sums->trainees;
    view->as_host = (int64_t)sums->as_host;
    view->as_origin = (int64_t)sums->as_origin;
    view->mails_failed = (int64_t)sums->mails_failed;
    return ERR_OK;
}

static enum err show(struct exchange *x, unsigned status, const struct licence_form *form,
                     const char *sentence)
{
    struct establishment_by_id_row *row;
    uint64_t id = http_id(x, 0);
    struct view_page page;
    struct establishment_view view;

    ERR_TRY(
        db_establishment_by_id(x->db, x->arena, &(struct establishment_by_id_in){.id = id}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, id);
    page_frame(x, &page);
    page.title = row->name;
    view = (struct establishment_view){
        .page = &page,
        .back = page_url(x->arena, at_establishments),
        .invite_url = arena_printf(x->arena, "%s?uai=%s", page_url(x->arena, at_account_invitation),
                                   row->uai),
        .history_url =
            arena_printf(x->arena, "%s?etablissement=%s", page_url(x->arena, at_history), row->uai),
        .edit_url = page_url(x->arena, at_establishment_edit, id),
        .uai = row->uai,
        .address = row->address,
        .postal_code = row->postal_code,
        .city = row->city,
        .phone = row->phone,
        .email = row->email,
        .head_name = row->head_name,
        .head_title = row->head_title,
        .board_day = row->board_day ? clock_french_day(x->arena, row->board_day) : NULL,
        .licence_action = page_url(x->arena, at_licence_add, id),
        .starts_on = page_form_field(x->arena, "starts_on", &form->starts_on),
        .ends_on = page_form_field(x->arena, "ends_on", &form->ends_on)};
    ERR_TRY(show_sums(x, id, &view));
    ERR_TRY(list_licences(x, id, &view));
    ERR_TRY(list_accounts(x, id, &view));
    FORM_FRAME(&page, x->arena, licence_form, form);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, status, "establishment.html", &view);
}

/* GET /etablissements/{id} — operators
 *
 * The form proposes the year after the last licence. */
enum err page_establishment(struct exchange *x)
{
    struct operator_licence_next_row *next;
    struct licence_form form;

    FORM_EMPTY(&form);
    ERR_TRY(db_operator_licence_next(
        x->db, x->arena,
        &(struct operator_licence_next_in){.establishment_id = http_id(x, 0),
                                           .today = clock_day(x->arena, x->now)},
        &next));
    form.starts_on.typed = clock_french_day(x->arena, next->starts_on);
    form.ends_on.typed = clock_french_day(x->arena, next->ends_on);
    return show(x, 200, &form, NULL);
}

/* POST /etablissements/{id}/licences — operators
 *
 *     starts_on, ends_on   its first and last day
 *
 * One that overlaps another is added all the same, and the notice says so. */
enum err page_licence_add(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct licence_form form;
    uint64_t overlaps;
    enum err code;

    FORM_READ(x, licence_form, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &form, NULL);
    code = licence_add(&ctx, http_id(x, 0), form.starts_on.text, form.ends_on.text, &overlaps);
    if (code == ERR_INVALID) {
        form_refuse(x, &form.ends_on,
                    strcmp(err_last()->key, "licence-long") == 0 ? "licence-long"
                                                                 : "licence-order");
        return show(x, 422, &form, NULL);
    }
    if (code == ERR_CONFLICT)
        return show(x, 409, &form, http_sentence(x, "licence-same"));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_establishment, http_id(x, 0)),
                     overlaps > 0 ? "licence-overlaps" : "licence-added");
}
