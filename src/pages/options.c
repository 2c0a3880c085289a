/* « Options »: the establishment's data, and the tabs of all its parts. */
#include "pages/options.h"

#include <inttypes.h>
#include <string.h>

#include "pages/establishment_form.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(options_tabs);
VIEW_TYPE(options_view);

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
                     const struct establishment_form *form, const char *sentence)
{
    struct view_page page;
    struct options_view view = {.page = &page,
                                .tabs = page_options_tabs(x),
                                .uai = uai,
                                .action =
                                    arena_printf(x->arena, "%s?version=%" PRIu32,
                                                 page_url(x->arena, at_options_change), version),
                                .fields = page_establishment_fields(x->arena, form)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, establishment_form, form);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, status, "options.html", &view);
}

/* GET /options — an establishment's admins */
enum err page_options(struct exchange *x)
{
    struct establishment_by_id_row *row;
    struct establishment_form form;

    ERR_TRY(page_options_establishment(x, &row));
    page_establishment_fill(x, row, &form);
    return show(x, 200, row->version, row->uai, &form, NULL);
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
    struct establishment_form form;
    enum err code;

    ERR_TRY(page_options_establishment(x, &row));
    page_establishment_read(x, FILLED_BY_ADMIN, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, version, row->uai, &form, NULL);
    changed = page_establishment_said(&form);
    changed.uai = row->uai;
    code = establishment_change(&ctx, row->id, version, &changed);
    if (code == ERR_CONFLICT)
        return show(x, 409, version, row->uai, &form,
                    http_sentence(x, arena_strdup(x->arena, err_last()->key)));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_options), "establishment-changed");
}
