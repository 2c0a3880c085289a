/* An establishment's data, as operators create and correct them. */
#include <inttypes.h>
#include <string.h>

#include "pages/establishment_form.h"
#include "pages/establishments.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(establishment_form_view);

/* What an action is about: a new establishment (id 0), or one in that version. */
struct subject {
    uint64_t id;
    uint32_t version;
};

static enum err show(struct exchange *x, unsigned status, const struct subject *subject,
                     const struct establishment_form *form, const char *sentence)
{
    bool is_new = subject->id == 0;
    struct view_page page;
    struct establishment_form_view view = {
        .page = &page,
        .is_new = is_new,
        .action = is_new ? page_url(x->arena, at_establishment_create)
                         : arena_printf(x->arena, "%s?version=%" PRIu32,
                                        page_url(x->arena, at_establishment_correct, subject->id),
                                        subject->version),
        .back = is_new ? page_url(x->arena, at_establishments)
                       : page_url(x->arena, at_establishment, subject->id),
        .fields = page_establishment_fields(x->arena, form)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, establishment_form, form);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, status, "establishment-form.html", &view);
}

/* A UAI that another has stands at its field; an edition out of date above the form. */
static enum err refuse(struct exchange *x, const struct subject *subject,
                       struct establishment_form *form)
{
    const char *key = arena_strdup(x->arena, err_last()->key);

    if (strcmp(key, "establishment-out-of-date") == 0)
        return show(x, 409, subject, form, http_sentence(x, key));
    form_refuse(x, &form->uai, "uai-taken");
    return show(x, 409, subject, form, NULL);
}

/* GET /etablissements/nouveau — operators */
enum err page_establishment_new(struct exchange *x)
{
    struct establishment_form form;

    FORM_EMPTY(&form);
    return show(x, 200, &(struct subject){0}, &form, NULL);
}

/* POST /etablissements/nouveau — operators
 *
 *     uai, name, email
 *     address, postal_code, city, phone, head_name, head_title, board_day   may be empty */
enum err page_establishment_create(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct establishment_form form;
    struct establishment made;
    struct subject subject = {0};
    uint64_t id;
    enum err code;

    page_establishment_read(x, FILLED_BY_OPERATOR, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &subject, &form, NULL);
    made = page_establishment_said(&form);
    code = establishment_create(&ctx, &made, &id);
    if (code == ERR_CONFLICT)
        return refuse(x, &subject, &form);
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_establishment, id), "establishment-created");
}

/* GET /etablissements/{id}/modifier — operators */
enum err page_establishment_edit(struct exchange *x)
{
    struct establishment_by_id_row *row;
    struct establishment_form form;
    uint64_t id = http_id(x, 0);

    ERR_TRY(
        db_establishment_by_id(x->db, x->arena, &(struct establishment_by_id_in){.id = id}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, id);
    page_establishment_fill(x, row, &form);
    return show(x, 200, &(struct subject){.id = id, .version = row->version}, &form, NULL);
}

/* POST /etablissements/{id}/modifier — operators
 *
 *     version   of the data that were seen, in the address
 *     and the fields of /etablissements/nouveau */
enum err page_establishment_correct(struct exchange *x)
{
    const struct subject subject = {
        .id = http_id(x, 0),
        .version = (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX)};
    struct context ctx = page_context(x);
    struct establishment_by_id_row *row;
    struct establishment_form form;
    struct establishment changed;
    enum err code;

    ERR_TRY(db_establishment_by_id(x->db, x->arena,
                                   &(struct establishment_by_id_in){.id = subject.id}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, subject.id);
    page_establishment_read(x, FILLED_BY_OPERATOR, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &subject, &form, NULL);
    changed = page_establishment_said(&form);
    code = establishment_correct(&ctx, subject.id, subject.version, &changed);
    if (code == ERR_CONFLICT)
        return refuse(x, &subject, &form);
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_establishment, subject.id), "establishment-changed");
}
