#include "inspect/pages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "inspect/appearance.h"
#include "inspect/covered.h"

#define SIZE_TOLERANCE 0.5F   /* points, of a page's sides */
#define LETTER_TOLERANCE 2.0F /* pixels, of a letter's place */
#define BOX_TOLERANCE 1.0F    /* points, of an annotation's place */
#define GREY_TOLERANCE 96     /* steps of 255, of one pixel */
#define PIXELS_TOLERANCE 8    /* how many may differ more: rounding at edges */

static void forbid_cover(struct inspect_report *report, int page, const char *word)
{
    if (*word)
        inspect_reason_add(report, INSPECT_ALTERATION, "inspect-text-covered", "page %d, « %s »",
                           page + 1, word);
    else
        inspect_reason_add(report, INSPECT_ALTERATION, "inspect-picture-covered", "page %d",
                           page + 1);
}

void inspect_pages_covered(struct inspect_difference *difference)
{
    char word[64];

    if (difference->before->page_count != difference->after->page_count)
        return;
    for (int page = 0; page < difference->before->page_count; page++)
        if (difference->touched[page] &&
            inspect_covered(difference->before, difference->before_fields, difference->after, page,
                            word, sizeof word)) {
            forbid_cover(difference->report, page, word);
            difference->level = INSPECT_LEVEL_OTHER;
        }
}

static bool same_pictures(const fz_pixmap *a, const fz_pixmap *b)
{
    int different = 0;

    if (a->w != b->w || a->h != b->h)
        return false;
    for (int y = 0; y < a->h; y++)
        for (int x = 0; x < a->w; x++) {
            int step =
                a->samples[(ptrdiff_t)y * a->stride + x] - b->samples[(ptrdiff_t)y * b->stride + x];

            if (step > GREY_TOLERANCE || step < -GREY_TOLERANCE)
                different++;
        }
    return different <= PIXELS_TOLERANCE;
}

static bool same_letters(const struct inspect_appearance *a, const struct inspect_appearance *b)
{
    if (a->letter_count != b->letter_count)
        return false;
    for (size_t i = 0; i < a->letter_count; i++)
        if (a->letters[i].character != b->letters[i].character ||
            fabsf(a->letters[i].origin.x - b->letters[i].origin.x) > LETTER_TOLERANCE ||
            fabsf(a->letters[i].origin.y - b->letters[i].origin.y) > LETTER_TOLERANCE)
            return false;
    return true;
}

/* The same letters in the same places, and the same picture. */
static bool looks_same(const struct inspect_pdf *original, const struct inspect_pdf *file, int page)
{
    fz_context *context = original->context;
    struct inspect_appearance a = {0}, b = {0};
    bool same = false;

    fz_var(same);
    fz_try(context)
    {
        inspect_appearance_open(original, page, INSPECT_CONTENT_ONLY, &a);
        inspect_appearance_open(file, page, INSPECT_CONTENT_ONLY, &b);
        if (same_letters(&a, &b)) {
            inspect_appearance_draw(original, INSPECT_CONTENT_ONLY, &a);
            inspect_appearance_draw(file, INSPECT_CONTENT_ONLY, &b);
            same = same_pictures(a.picture, b.picture);
        }
    }
    fz_always(context)
    {
        inspect_appearance_close(original, &a);
        inspect_appearance_close(file, &b);
    }
    fz_catch(context) fz_rethrow(context);
    return same;
}

/* The content streams of a page as one (ISO 32000-1 §7.8.2). */
static fz_buffer *load_content(const struct inspect_pdf *pdf, int page)
{
    fz_context *context = pdf->context;
    pdf_obj *content = pdf_dict_get(context, pdf->pages[page], PDF_NAME(Contents));
    fz_buffer *all = fz_new_buffer(context, 4096), *part = NULL;
    int count = pdf_is_array(context, content) ? pdf_array_len(context, content) : 1;

    fz_var(part);
    fz_try(context)
    {
        for (int i = 0; i < count; i++) {
            pdf_obj *stream =
                pdf_is_array(context, content) ? pdf_array_get(context, content, i) : content;

            if (!pdf_is_stream(context, stream))
                continue;
            part = pdf_load_stream(context, stream);
            fz_append_buffer(context, all, part);
            fz_append_byte(context, all, '\n');
            fz_drop_buffer(context, part);
            part = NULL;
        }
    }
    fz_catch(context)
    {
        fz_drop_buffer(context, part);
        fz_drop_buffer(context, all);
        fz_rethrow(context);
    }
    return all;
}

static bool same_content(const struct inspect_pdf *original, const struct inspect_pdf *file,
                         int page)
{
    fz_context *context = original->context;
    fz_buffer *a = NULL, *b = NULL;
    bool same = false;

    fz_var(a);
    fz_var(b);
    fz_var(same);
    fz_try(context)
    {
        unsigned char *x, *y;
        size_t length, other;

        a = load_content(original, page);
        b = load_content(file, page);
        length = fz_buffer_storage(context, a, &x);
        other = fz_buffer_storage(context, b, &y);
        same = bytes_equal((struct bytes){x, length}, (struct bytes){y, other});
    }
    fz_always(context)
    {
        fz_drop_buffer(context, a);
        fz_drop_buffer(context, b);
    }
    fz_catch(context) fz_rethrow(context);
    return same;
}

static bool same_size(const struct inspect_pdf *original, const struct inspect_pdf *file, int page)
{
    fz_context *context = original->context;
    fz_rect a, b;
    fz_matrix x, y;

    pdf_page_obj_transform(context, original->pages[page], &a, &x);
    pdf_page_obj_transform(context, file->pages[page], &b, &y);
    a = fz_transform_rect(a, x);
    b = fz_transform_rect(b, y);
    return fabsf(a.x0 - b.x0) < SIZE_TOLERANCE && fabsf(a.y0 - b.y0) < SIZE_TOLERANCE &&
           fabsf(a.x1 - b.x1) < SIZE_TOLERANCE && fabsf(a.y1 - b.y1) < SIZE_TOLERANCE;
}

static bool same_page(struct inspect_same *same, int page)
{
    const struct inspect_pdf *original = same->before, *file = same->after;
    fz_context *context = same->context;

    if (!same_size(original, file, page))
        return false;
    if (same_content(original, file, page) &&
        inspect_same_object(
            same, pdf_dict_get_inheritable(context, original->pages[page], PDF_NAME(Resources)),
            pdf_dict_get_inheritable(context, file->pages[page], PDF_NAME(Resources))))
        return true;
    return looks_same(original, file, page);
}

static enum inspect_addition_kind kind_of(const char *subtype)
{
    if (strcmp(subtype, "Ink") == 0)
        return INSPECT_ADDED_INK;
    if (strcmp(subtype, "Stamp") == 0)
        return INSPECT_ADDED_STAMP;
    if (strcmp(subtype, "FreeText") == 0)
        return INSPECT_ADDED_TEXT;
    if (strcmp(subtype, "Text") == 0)
        return INSPECT_ADDED_NOTE;
    if (strcmp(subtype, "Highlight") == 0 || strcmp(subtype, "Underline") == 0 ||
        strcmp(subtype, "Squiggly") == 0 || strcmp(subtype, "StrikeOut") == 0 ||
        strcmp(subtype, "Line") == 0 || strcmp(subtype, "Square") == 0 ||
        strcmp(subtype, "Circle") == 0 || strcmp(subtype, "Polygon") == 0 ||
        strcmp(subtype, "PolyLine") == 0 || strcmp(subtype, "Caret") == 0)
        return INSPECT_ADDED_MARKUP;
    return INSPECT_ADDED_OTHER;
}

static void add(struct inspect_report *report, enum inspect_addition_kind kind, int page,
                fz_rect box, const char *field)
{
    struct inspect_addition *addition;

    if (report->addition_count == INSPECT_ADDITIONS_MAX) {
        report->more_additions = true;
        return;
    }
    addition = &report->additions[report->addition_count++];
    *addition = (struct inspect_addition){
        .kind = kind, .page = (uint32_t)page + 1, .box = {box.x0, box.y0, box.x1, box.y1}};
    inspect_text_copy(addition->field, sizeof addition->field, bytes_of(field));
}

/* Whether the original's page has such an annotation in that place. */
static bool was_there(const struct inspect_pdf *original, int page, const char *subtype,
                      fz_rect box)
{
    fz_context *context = original->context;
    pdf_obj *list = pdf_dict_get(context, original->pages[page], PDF_NAME(Annots));

    for (int i = 0; i < pdf_array_len(context, list); i++) {
        pdf_obj *annotation = pdf_array_get(context, list, i);
        fz_rect other = pdf_dict_get_rect(context, annotation, PDF_NAME(Rect));

        if (strcmp(pdf_dict_get_name(context, annotation, PDF_NAME(Subtype)), subtype) == 0 &&
            fabsf(other.x0 - box.x0) < BOX_TOLERANCE && fabsf(other.y0 - box.y0) < BOX_TOLERANCE &&
            fabsf(other.x1 - box.x1) < BOX_TOLERANCE && fabsf(other.y1 - box.y1) < BOX_TOLERANCE)
            return true;
    }
    return false;
}

/* A widget counts where its field has a value. */
static void list_widget(const struct inspect_pdf *file, const struct inspect_fields *fields,
                        int page, pdf_obj *widget, struct inspect_report *report)
{
    fz_context *context = file->context;
    int at = inspect_fields_find(fields, pdf_to_num(context, widget));
    pdf_obj *value = pdf_dict_get_inheritable(context, widget, PDF_NAME(V));
    bool is_signature = at >= 0 && fields->list[at].kind == INSPECT_FIELD_SIGNATURE;

    if (!value || (pdf_is_string(context, value) && pdf_to_str_len(context, value) == 0) ||
        (pdf_is_name(context, value) && pdf_name_eq(context, value, PDF_NAME(Off))) ||
        (is_signature && !pdf_is_dict(context, value)))
        return;
    add(report, is_signature ? INSPECT_ADDED_SIGNATURE : INSPECT_ADDED_FIELD, page,
        pdf_dict_get_rect(context, widget, PDF_NAME(Rect)), at < 0 ? "" : fields->list[at].name);
}

/* Returns how many annotations stand on the page that the original (NULL: none) has not. */
static int list_page(const struct inspect_pdf *original, const struct inspect_pdf *file,
                     const struct inspect_fields *fields, int page, struct inspect_report *report)
{
    fz_context *context = file->context;
    pdf_obj *list = pdf_dict_get(context, file->pages[page], PDF_NAME(Annots));
    int found = 0;

    for (int i = 0; i < pdf_array_len(context, list); i++) {
        pdf_obj *annotation = pdf_array_get(context, list, i);
        const char *subtype = pdf_dict_get_name(context, annotation, PDF_NAME(Subtype));
        fz_rect box = pdf_dict_get_rect(context, annotation, PDF_NAME(Rect));

        if (strcmp(subtype, "Widget") == 0) {
            list_widget(file, fields, page, annotation, report);
            found++;
        } else if (strcmp(subtype, "Popup") != 0 && *subtype &&
                   !(strcmp(subtype, "Link") == 0 && !original) &&
                   !(original && was_there(original, page, subtype, box))) {
            add(report, kind_of(subtype), page, box, "");
            found++;
        }
    }
    return found;
}

void inspect_pages_annotations(const struct inspect_pdf *file, const struct inspect_fields *fields,
                               struct inspect_report *report)
{
    for (int page = 0; page < file->page_count; page++)
        list_page(NULL, file, fields, page, report);
}

bool inspect_pages_same(const struct inspect_pdf *original, const struct inspect_pdf *file,
                        const struct inspect_fields *fields, struct inspect_report *report)
{
    struct inspect_fields before;
    struct inspect_same same;
    bool all = true;

    if (original->page_count != file->page_count) {
        inspect_reason_add(report, INSPECT_ALTERATION, "inspect-pages-exchanged",
                           "%d pages au lieu de %d", file->page_count, original->page_count);
        return false;
    }
    inspect_fields_read(original, &before);
    inspect_same_open(&same, original, file, false);
    for (int page = 0; page < file->page_count; page++) {
        char word[64];

        if (!same_page(&same, page)) {
            inspect_reason_add(report, INSPECT_ALTERATION, "inspect-page-content", "page %d",
                               page + 1);
            all = false;
        } else if (list_page(original, file, fields, page, report) > 0 &&
                   inspect_covered(original, &before, file, page, word, sizeof word)) {
            forbid_cover(report, page, word);
        }
    }
    return all;
}
