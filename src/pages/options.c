/* « Options »: the establishment's data, and the tabs of all its parts. */
#include "pages/options.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "domain/establishment.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(options_tabs);
VIEW_TYPE(options_view);

#define POSTAL_CODE_LENGTH 5

#define OPTIONS_FORM(FIELD)                              \
    FIELD(LINE, name, FORM_REQUIRED, 1, 200, NULL)       \
    FIELD(LINE, address, FORM_REQUIRED, 1, 300, NULL)    \
    FIELD(LINE, postal_code, FORM_REQUIRED, 1, 10, NULL) \
    FIELD(LINE, city, FORM_REQUIRED, 1, 100, NULL)       \
    FIELD(PHONE, phone, FORM_REQUIRED, 0, 30, NULL)      \
    FIELD(EMAIL, email, FORM_REQUIRED, 0, 254, NULL)     \
    FIELD(LINE, head_name, FORM_REQUIRED, 1, 150, NULL)  \
    FIELD(LINE, head_title, FORM_REQUIRED, 1, 150, NULL) \
    FIELD(DAY, board_day, FORM_OPTIONAL, 0, 0, NULL)
FORM_DECLARE(options_form, OPTIONS_FORM)

const struct options_tabs *page_options_tabs(struct exchange *x)
{
    const char *path = x->request->path;
    struct options_tabs *tabs;

    if (x->session->role != HTTP_ROLE_ADMIN)
        return NULL;
    tabs = ARENA_NEW(x->arena, struct options_tabs);
    *tabs = (struct options_tabs){.establishment = page_url(x->arena, at_options),
                                  .images = page_url(x->arena, at_images),
                                  .wording = page_url(x->arena, at_wording),
                                  .members = page_url(x->arena, at_members),
                                  .mails = page_url(x->arena, at_correspondence),
                                  .zone = page_url(x->arena, at_zone),
                                  .profile = page_url(x->arena, at_profile)};
    tabs->in_images = strncmp(path, tabs->images, strlen(tabs->images)) == 0;
    tabs->in_wording = strncmp(path, tabs->wording, strlen(tabs->wording)) == 0;
    tabs->in_members = strncmp(path, tabs->members, strlen(tabs->members)) == 0;
    tabs->in_mails = strncmp(path, tabs->mails, strlen(tabs->mails)) == 0;
    tabs->in_zone = strncmp(path, tabs->zone, strlen(tabs->zone)) == 0;
    tabs->in_profile = strncmp(path, tabs->profile, strlen(tabs->profile)) == 0;
    tabs->in_establishment = !tabs->in_images && !tabs->in_wording && !tabs->in_members &&
                             !tabs->in_mails && !tabs->in_zone && !tabs->in_profile;
    return tabs;
}

enum err page_options_establishment(struct exchange *x, struct establishment_by_id_row **row)
{
    uint64_t id = x->session->establishment_id;

    ERR_TRY(
        db_establishment_by_id(x->db, x->arena, &(struct establishment_by_id_in){.id = id}, row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, id);
}

static enum err show(struct exchange *x, unsigned status, uint32_t version, const char *uai,
                     const struct options_form *form, const char *sentence)
{
    struct view_page page;
    struct options_view view = {
        .page = &page,
        .tabs = page_options_tabs(x),
        .uai = uai,
        .action = arena_printf(x->arena, "%s?version=%" PRIu32,
                               page_url(x->arena, at_options_change), version),
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
    FORM_FRAME(&page, x->arena, options_form, form);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, status, "options.html", &view);
}

/* GET /options — an establishment's admins */
enum err page_options(struct exchange *x)
{
    struct establishment_by_id_row *row;
    struct options_form form;

    ERR_TRY(page_options_establishment(x, &row));
    FORM_EMPTY(&form);
    form.name.typed = row->name;
    form.address.typed = row->address;
    form.postal_code.typed = row->postal_code;
    form.city.typed = row->city;
    form.phone.typed = row->phone;
    form.email.typed = row->email;
    form.head_name.typed = row->head_name;
    form.head_title.typed = row->head_title;
    form.board_day.typed = row->board_day ? clock_french_day(x->arena, row->board_day) : "";
    return show(x, 200, row->version, row->uai, &form, NULL);
}

static bool is_postal_code(const char *text)
{
    return strlen(text) == POSTAL_CODE_LENGTH && strspn(text, "0123456789") == POSTAL_CODE_LENGTH;
}

static void read_form(struct exchange *x, struct options_form *form)
{
    FORM_READ(x, options_form, form);
    if (form->postal_code.given && !is_postal_code(form->postal_code.text))
        form_refuse(x, &form->postal_code, "postal-code-invalid");
    if (form->board_day.given &&
        clock_days_between(clock_day(x->arena, x->now), form->board_day.text) > 0)
        form_refuse(x, &form->board_day, "board-day-future");
}

/* POST /options — an establishment's admins
 *
 *     version   of the data that were seen, in the address
 *     name, address, postal_code, city, phone, email, head_name, head_title
 *     board_day   the day on which its board approved the convention; may be empty */
enum err page_options_change(struct exchange *x)
{
    uint32_t version = (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX);
    struct context ctx = page_context(x);
    struct establishment_by_id_row *row;
    struct establishment changed;
    struct options_form form;
    enum err code;

    ERR_TRY(page_options_establishment(x, &row));
    read_form(x, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, version, row->uai, &form, NULL);
    changed =
        (struct establishment){.uai = row->uai,
                               .name = form.name.text,
                               .address = form.address.text,
                               .postal_code = form.postal_code.text,
                               .city = form.city.text,
                               .phone = form.phone.text,
                               .email = form.email.text,
                               .head_name = form.head_name.text,
                               .head_title = form.head_title.text,
                               .board_day = form.board_day.given ? form.board_day.text : NULL};
    code = establishment_change(&ctx, row->id, version, &changed);
    if (code == ERR_CONFLICT)
        return show(x, 409, version, row->uai, &form,
                    http_sentence(x, arena_strdup(x->arena, err_last()->key)));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_options), "establishment-changed");
}
