/* An establishment's data, as operators create and correct them. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/establishment.h"
#include "http/form.h"
#include "pages/establishments.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(establishment_form_view);

#define POSTAL_CODE_LENGTH 5

/* An establishment's admins fill the rest themselves, in « Options ». */
#define ESTABLISHMENT_FORM(FIELD)                        \
    FIELD(LINE, uai, FORM_REQUIRED, 1, 20, NULL)         \
    FIELD(LINE, name, FORM_REQUIRED, 1, 200, NULL)       \
    FIELD(EMAIL, email, FORM_REQUIRED, 0, 254, NULL)     \
    FIELD(LINE, address, FORM_OPTIONAL, 0, 300, NULL)    \
    FIELD(LINE, postal_code, FORM_OPTIONAL, 0, 10, NULL) \
    FIELD(LINE, city, FORM_OPTIONAL, 0, 100, NULL)       \
    FIELD(PHONE, phone, FORM_OPTIONAL, 0, 30, NULL)      \
    FIELD(LINE, head_name, FORM_OPTIONAL, 0, 150, NULL)  \
    FIELD(LINE, head_title, FORM_OPTIONAL, 0, 150, NULL) \
    FIELD(DAY, board_day, FORM_OPTIONAL, 0, 0, NULL)
FORM_DECLARE(establishment_form, ESTABLISHMENT_FORM)

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
        .uai = page_form_field(x->arena, "uai", &form->uai),
        .name = page_form_field(x->arena, "name", &form->name),
        .address = page_form_field(x->arena, "address", &form->address),
        .postal_code = page_form_field(x->arena, "postal_code", &form->postal_code),
        .city = page_form_field(x->arena, "city", &form->city),
        .phone = page_form_field(x->arena, "phone", &form->phone),
        .email = page_form_field(x->arena, "email", &form->email),
        .head_name = page_form_field(x->arena, "head_name", &form->head_name),
        .head_title = page_form_field(x->arena, "head_title", &form->head_title),
        .board_day = page_form_field(x->arena, "board_day", &form->board_day)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, establishment_form, form);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, status, "establishment-form.html", &view);
}

const char *page_uai_sentence(struct exchange *x, const char *uai)
{
    char letter = strlen(uai) == 8 ? uai_letter(uai) : 0;

    if (uai_is_valid(uai))
        return NULL;
    return letter ? arena_printf(x->arena, "%s %c.", http_sentence(x, "uai-letter"), letter)
                  : http_sentence(x, "uai-invalid");
}

static void check_uai(struct exchange *x, struct form_value *uai)
{
    const char *sentence;

    uai->text = uai->typed = uai_tidy(x->arena, uai->text);
    sentence = page_uai_sentence(x, uai->text);
    if (!sentence)
        return;
    form_refuse(x, uai, "uai-invalid");
    uai->sentence = sentence;
}

static void read_form(struct exchange *x, struct establishment_form *form)
{
    const char *code;

    FORM_READ(x, establishment_form, form);
    if (form->uai.given)
        check_uai(x, &form->uai);
    code = form->postal_code.text;
    if (form->postal_code.given &&
        (strlen(code) != POSTAL_CODE_LENGTH || strspn(code, "0123456789") != POSTAL_CODE_LENGTH))
        form_refuse(x, &form->postal_code, "postal-code-invalid");
    if (form->board_day.given &&
        clock_days_between(clock_day(x->arena, x->now), form->board_day.text) > 0)
        form_refuse(x, &form->board_day, "board-day-future");
}

static struct establishment establishment_of(const struct establishment_form *form)
{
    return (struct establishment){.uai = form->uai.text,
                                  .name = form->name.text,
                                  .address = form->address.text,
                                  .postal_code = form->postal_code.text,
                                  .city = form->city.text,
                                  .phone = form->phone.text,
                                  .email = form->email.text,
                                  .head_name = form->head_name.text,
                                  .head_title = form->head_title.text,
                                  .board_day = form->board_day.given ? form->board_day.text : NULL};
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

    read_form(x, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &subject, &form, NULL);
    made = establishment_of(&form);
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
    FORM_EMPTY(&form);
    form.uai.typed = row->uai;
    form.name.typed = row->name;
    form.address.typed = row->address;
    form.postal_code.typed = row->postal_code;
    form.city.typed = row->city;
    form.phone.typed = row->phone;
    form.email.typed = row->email;
    form.head_name.typed = row->head_name;
    form.head_title.typed = row->head_title;
    form.board_day.typed = row->board_day ? clock_french_day(x->arena, row->board_day) : "";
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
    read_form(x, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &subject, &form, NULL);
    changed = establishment_of(&form);
    code = establishment_correct(&ctx, subject.id, subject.version, &changed);
    if (code == ERR_CONFLICT)
        return refuse(x, &subject, &form);
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_establishment, subject.id), "establishment-changed");
}
