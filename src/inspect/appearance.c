#include "inspect/appearance.h"

#include <math.h>
#include <string.h>

#define DOTS_PER_POINT (100.0F / 72.0F)
#define PIXELS_MAX 12.0e6F

static void run(const struct inspect_pdf *pdf, const struct inspect_appearance *appearance,
                enum inspect_layers layers, fz_device *device)
{
    if (layers == INSPECT_WITH_ANNOTATIONS)
        pdf_run_page(pdf->context, appearance->page, device, appearance->scaled, NULL);
    else
        pdf_run_page_contents(pdf->context, appearance->page, device, appearance->scaled, NULL);
}

size_t inspect_letters_count(const fz_stext_page *text)
{
    size_t count = 0;

    for (const fz_stext_block *block = text->first_block; block; block = block->next)
        if (block->type == FZ_STEXT_BLOCK_TEXT)
            for (const fz_stext_line *line = block->u.t.first_line; line; line = line->next)
                for (const fz_stext_char *at = line->first_char; at; at = at->next)
                    count++;
    return count;
}

static void copy_letters(const struct inspect_pdf *pdf, const fz_stext_page *text,
                         struct inspect_appearance *appearance)
{
    int word = 0;

    appearance->letters = inspect_pool(pdf->context, pdf->pool, inspect_letters_count(text),
                                       sizeof *appearance->letters);
    for (const fz_stext_block *block = text->first_block; block; block = block->next) {
        if (block->type != FZ_STEXT_BLOCK_TEXT)
            continue;
        for (const fz_stext_line *line = block->u.t.first_line; line; line = line->next) {
            word++;
            for (const fz_stext_char *at = line->first_char; at; at = at->next) {
                if (at->c == ' ' || at->c == 0xa0) {
                    word++;
                    continue;
                }
                appearance->letters[appearance->letter_count++] = (struct inspect_letter){
                    .box = fz_intersect_irect(fz_irect_from_rect(fz_rect_from_quad(at->quad)),
                                              appearance->bounds),
                    .origin = at->origin,
                    .character = at->c,
                    .word = word};
            }
        }
    }
}

static void copy_images(const struct inspect_pdf *pdf, const fz_stext_page *text,
                        struct inspect_appearance *appearance)
{
    size_t count = 0;

    for (const fz_stext_block *block = text->first_block; block; block = block->next)
        count += block->type == FZ_STEXT_BLOCK_IMAGE;
    appearance->images = inspect_pool(pdf->context, pdf->pool, count, sizeof *appearance->images);
    for (const fz_stext_block *block = text->first_block; block; block = block->next)
        if (block->type == FZ_STEXT_BLOCK_IMAGE)
            appearance->images[appearance->image_count++] =
                fz_intersect_irect(fz_irect_from_rect(block->bbox), appearance->bounds);
}

static void read_letters(const struct inspect_pdf *pdf, enum inspect_layers layers,
                         struct inspect_appearance *appearance)
{
    fz_context *context = pdf->context;
    fz_stext_options options = {.flags = FZ_STEXT_PRESERVE_IMAGES};
    fz_stext_page *text = NULL;
    fz_device *device = NULL;

    fz_var(text);
    fz_var(device);
    fz_try(context)
    {
        text = fz_new_stext_page(context, fz_rect_from_irect(appearance->bounds));
        device = fz_new_stext_device(context, text, &options);
        run(pdf, appearance, layers, device);
        fz_close_device(context, device);
        copy_letters(pdf, text, appearance);
        copy_images(pdf, text, appearance);
    }
    fz_always(context)
    {
        fz_drop_device(context, device);
        fz_drop_stext_page(context, text);
    }
    fz_catch(context) fz_rethrow(context);
}

void inspect_appearance_open(const struct inspect_pdf *pdf, int number, enum inspect_layers layers,
                             struct inspect_appearance *appearance)
{
    fz_context *context = pdf->context;
    fz_rect bounds, ignored;
    float scale = DOTS_PER_POINT, area;
    fz_matrix page;

    *appearance = (struct inspect_appearance){0};
    if (pdf_to_num(context, pdf_lookup_page_obj(context, pdf->document, number)) !=
        pdf_to_num(context, pdf->pages[number]))
        fz_throw(context, FZ_ERROR_GENERIC, "the pages are not what they are counted as");
    appearance->page = pdf_load_page(context, pdf->document, number);
    bounds = pdf_bound_page(context, appearance->page);
    area = (bounds.x1 - bounds.x0) * (bounds.y1 - bounds.y0) * scale * scale;
    if (!(area > 0))
        fz_throw(context, FZ_ERROR_GENERIC, "a page without an area");
    if (area > PIXELS_MAX)
        scale *= sqrtf(PIXELS_MAX / area);
    appearance->scaled = fz_scale(scale, scale);
    pdf_page_transform(context, appearance->page, &ignored, &page);
    appearance->placed = fz_concat(page, appearance->scaled);
    appearance->bounds = fz_irect_from_rect(fz_transform_rect(bounds, appearance->scaled));
    read_letters(pdf, layers, appearance);
}

void inspect_appearance_draw(const struct inspect_pdf *pdf, enum inspect_layers layers,
                             struct inspect_appearance *appearance)
{
    fz_context *context = pdf->context;
    fz_device *device = NULL;

    fz_var(device);
    fz_try(context)
    {
        appearance->picture =
            fz_new_pixmap_with_bbox(context, fz_device_gray(context), appearance->bounds, NULL, 0);
        fz_clear_pixmap_with_value(context, appearance->picture, 0xff);
        device = fz_new_draw_device(context, fz_identity, appearance->picture);
        run(pdf, appearance, layers, device);
        fz_close_device(context, device);
    }
    fz_always(context) fz_drop_device(context, device);
    fz_catch(context) fz_rethrow(context);
}

void inspect_appearance_close(const struct inspect_pdf *pdf, struct inspect_appearance *appearance)
{
    fz_drop_pixmap(pdf->context, appearance->picture);
    fz_drop_page(pdf->context, (fz_page *)appearance->page);
    *appearance = (struct inspect_appearance){0};
}

fz_irect inspect_appearance_place(const struct inspect_appearance *appearance, fz_rect box)
{
    return fz_intersect_irect(fz_irect_from_rect(fz_transform_rect(box, appearance->placed)),
                              appearance->bounds);
}
