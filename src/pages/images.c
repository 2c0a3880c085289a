/* « Options », logo and signature: as they will stand on the convention. */
#include <inttypes.h>
#include <string.h>

#include "domain/establishment.h"
#include "http/form.h"
#include "inspect/client.h"
#include "pages/frame.h"
#include "pages/options.h"
#include "pages/routes.h"

VIEW_TYPE(options_image);
VIEW_TYPE(options_images_view);

#define PICTURE_WIDTH 900 /* pixels */

#define LOGO_FORM(FIELD) FIELD(FILE, logo, FORM_REQUIRED, 0, 0, NULL)
FORM_DECLARE(logo_form, LOGO_FORM)

#define SIGNATURE_FORM(FIELD) FIELD(FILE, signature, FORM_REQUIRED, 0, 0, NULL)
FORM_DECLARE(signature_form, SIGNATURE_FORM)

/* The example of a convention with the text in force, and how many pages it has. */
static enum err draw_example(struct exchange *x, struct bytes *pdf, unsigned *pages)
{
    struct context ctx = page_context(x);
    struct establishment_by_id_row *row;
    struct wording_fault fault;

    ERR_TRY(page_options_establishment(x, &row));
    return wording_draw_example(&ctx, row->id, row->convention_text, &fault, pdf, pages);
}

/* GET /options/apercu — an establishment's admins
 *
 * The example of a convention, with the establishment's data, images and text as they are. */
enum err page_example(struct exchange *x)
{
    struct bytes pdf;
    unsigned pages;

    ERR_TRY(draw_example(x, &pdf, &pages));
    return http_download(x, &(struct http_file_out){.name = "Aperçu de la convention.pdf",
                                                    .media_type = "application/pdf",
                                                    .content = pdf});
}

/* GET /options/apercu/{id} — an establishment's admins
 *
 * A page of it as a picture. */
enum err page_example_picture(struct exchange *x)
{
    struct bytes pdf;
    struct bytes png;
    unsigned pages;

    ERR_TRY(draw_example(x, &pdf, &pages));
    if (http_id(x, 0) > pages)
        return err_raise(ERR_NOT_FOUND, NULL, "the example has %u pages", pages);
    ERR_TRY(inspect_page_picture(x->arena, x->settings, pdf, (uint32_t)http_id(x, 0), PICTURE_WIDTH,
                                 &png));
    return http_download(
        x, &(struct http_file_out){
               .name = "page.png", .media_type = "image/png", .content = png, .in_line = true});
}

/* The page, with what is wrong with the file of one of them. */
static enum err show(struct exchange *x, unsigned status, enum image_use use, const char *sentence)
{
    struct options_image logo = {.id = "logo",
                                 .action = page_url(x->arena, at_logo),
                                 .picture = page_url(x->arena, at_example_picture, 1)};
    struct options_image signature = {.id = "signature",
                                      .action = page_url(x->arena, at_signature)};
    struct options_image *refused = use == IMAGE_LOGO ? &logo : &signature;
    struct view_form_error error = {.field = refused->id, .sentence = sentence};
    struct establishment_by_id_row *row;
    struct view_page page;
    struct options_images_view view = {
        .page = &page, .tabs = page_options_tabs(x), .logo = &logo, .signature = &signature};
    struct bytes pdf;
    unsigned pages;

    ERR_TRY(page_options_establishment(x, &row));
    ERR_TRY(draw_example(x, &pdf, &pages));
    signature.picture = page_url(x->arena, at_example_picture, pages);
    if (row->has_logo_id)
        logo.remove_action = page_url(x->arena, at_logo_remove);
    if (row->has_signature_id)
        signature.remove_action = page_url(x->arena, at_signature_remove);
    page_frame(x, &page);
    refused->error = sentence;
    page.errors = &error;
    page.errors_count = sentence ? 1 : 0;
    return http_page(x, status, "options-images.html", &view);
}

/* GET /options/images — an establishment's admins */
enum err page_images(struct exchange *x)
{
    return show(x, 200, IMAGE_LOGO, NULL);
}

/* The status under which the page tells of a file that was not taken; 0 where it is no matter of
 * the file. */
static unsigned status_of(enum err code)
{
    if (strncmp(err_last()->key, "inspect-", 8) != 0 && strncmp(err_last()->key, "image-", 6) != 0)
        return 0;
    if (code == ERR_UNAVAILABLE)
        return 503;
    return code == ERR_TOO_LARGE ? 413 : 422;
}

static enum err set(struct exchange *x, enum image_use use, const struct form_value *value)
{
    struct context ctx = page_context(x);
    enum err code;
    unsigned status;

    if (value->error)
        return show(x, 422, use, value->sentence);
    code = establishment_set_image(&ctx, x->session->establishment_id, use, value->file->content);
    if (code == ERR_OK)
        return page_done(x, page_url(x->arena, at_images), "image-set");
    status = status_of(code);
    if (status == 0)
        return code;
    return show(x, status, use, http_sentence(x, arena_strdup(x->arena, err_last()->key)));
}

static enum err remove_image(struct exchange *x, enum image_use use)
{
    struct context ctx = page_context(x);

    ERR_TRY(establishment_remove_image(&ctx, x->session->establishment_id, use));
    return page_done(x, page_url(x->arena, at_images), "image-removed");
}

/* POST /options/images/logo — an establishment's admins
 *
 *     logo   a PNG or JPEG of at most 5 MB */
enum err page_logo(struct exchange *x)
{
    struct logo_form form;

    FORM_READ(x, logo_form, &form);
    return set(x, IMAGE_LOGO, &form.logo);
}

/* POST /options/images/logo/retirer — an establishment's admins */
enum err page_logo_remove(struct exchange *x)
{
    return remove_image(x, IMAGE_LOGO);
}

/* POST /options/images/signature — an establishment's admins
 *
 *     signature   a PNG or JPEG of at most 5 MB */
enum err page_signature(struct exchange *x)
{
    struct signature_form form;

    FORM_READ(x, signature_form, &form);
    return set(x, IMAGE_SIGNATURE, &form.signature);
}

/* POST /options/images/signature/retirer — an establishment's admins */
enum err page_signature_remove(struct exchange *x)
{
    return remove_image(x, IMAGE_SIGNATURE);
}
