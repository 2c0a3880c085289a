#include "inspect/merge.h"

#include "inspect/image.h"
#include "inspect/mupdf.h"

#define NAME_SIZE 32

bool merge_open(struct merging *merging, enum inspect_failure *why)
{
    *merging = (struct merging){.context = inspect_mupdf()};
    *why = INSPECT_FAILED_MEMORY;
    if (!merging->context)
        return false;
    fz_try(merging->context)
    {
        merging->document = pdf_create_document(merging->context);
    }
    fz_catch(merging->context)
    {
        return false;
    }
    return true;
}

/* A page, and what is drawn on it besides its own content. */
struct flattening {
    fz_context *context;
    pdf_document *document;
    pdf_obj *page;
    pdf_obj *forms; /* the page's XObjects, a copy of its own */
    fz_buffer *tail;
    int count;
};

static bool is_shown(fz_context *context, pdf_annot *annot)
{
    return (pdf_annot_flags(context, annot) & (PDF_ANNOT_IS_HIDDEN | PDF_ANNOT_IS_NO_VIEW)) == 0;
}

/* Draws the annotation's appearance as its viewer would (PDF 32000-1 §12.5.5). */
static void put_appearance(struct flattening *flattening, pdf_annot *annot)
{
    fz_context *context = flattening->context;
    pdf_obj *appearance = pdf_annot_ap(context, annot);
    char name[NAME_SIZE];
    fz_matrix place;

    if (!appearance || !is_shown(context, annot))
        return;
    place = pdf_annot_transform(context, annot);
    fz_snprintf(name, sizeof name, "ParapheForm%d", flattening->count++);
    pdf_dict_puts(context, flattening->forms, name, appearance);
    fz_append_printf(context, flattening->tail, "q %g %g %g %g %g %g cm /%s Do Q\n", place.a,
                     place.b, place.c, place.d, place.e, place.f, name);
}

/* The entry of a dictionary as a dictionary that may be changed: a copy, or an empty one. */
static pdf_obj *own_dictionary(struct flattening *flattening, pdf_obj *from)
{
    if (pdf_is_dict(flattening->context, from))
        return pdf_copy_dict(flattening->context, from);
    return pdf_new_dict(flattening->context, flattening->document, 4);
}

static void push_stream(struct flattening *flattening, pdf_obj *contents, fz_buffer *stream)
{
    pdf_array_push_drop(flattening->context, contents,
                        pdf_add_stream(flattening->context, flattening->document, stream, NULL, 0));
}

/* The page's own content between q and Q, then the appearances. */
static void put_contents(struct flattening *flattening)
{
    fz_context *context = flattening->context;
    pdf_obj *before = pdf_dict_get(context, flattening->page, PDF_NAME(Contents));
    pdf_obj *contents = pdf_new_array(context, flattening->document, 3);
    int parts = pdf_is_array(context, before) ? pdf_array_len(context, before) : 0;

    push_stream(flattening, contents,
                fz_new_buffer_from_copied_data(context, (const unsigned char *)"q\n", 2));
    for (int i = 0; i < parts; i++)
        pdf_array_push(context, contents, pdf_array_get(context, before, i));
    if (pdf_is_stream(context, before))
        pdf_array_push(context, contents, before);
    push_stream(flattening, contents, flattening->tail);
    pdf_dict_put_drop(context, flattening->page, PDF_NAME(Contents), contents);
}

static void put_resources(struct flattening *flattening, pdf_obj *resources)
{
    pdf_dict_put_drop(flattening->context, resources, PDF_NAME(XObject), flattening->forms);
    pdf_dict_put_drop(flattening->context, flattening->page, PDF_NAME(Resources), resources);
}

/* Makes annotations and fields a part of the page; throws. */
static void flatten(const struct drawing *drawing, pdf_page *page)
{
    fz_context *context = drawing->context;
    struct flattening flattening = {
        .context = context, .document = drawing->document, .page = page->obj};
    pdf_obj *resources = own_dictionary(
        &flattening, pdf_dict_get_inheritable(context, page->obj, PDF_NAME(Resources)));

    flattening.forms =
        own_dictionary(&flattening, pdf_dict_get(context, resources, PDF_NAME(XObject)));
    flattening.tail = fz_new_buffer(context, 256);
    fz_append_string(context, flattening.tail, "\nQ\n");
    for (pdf_annot *annot = pdf_first_annot(context, page); annot;
         annot = pdf_next_annot(context, annot))
        put_appearance(&flattening, annot);
    for (pdf_annot *field = pdf_first_widget(context, page); field;
         field = pdf_next_widget(context, field))
        put_appearance(&flattening, field);
    if (flattening.count > 0) {
        put_resources(&flattening, resources);
        put_contents(&flattening);
    }
}

/* Whether it is for the viewer to make up how that looks: it has no appearance. An empty signature
 * field looks like nothing. */
static bool is_made_up(fz_context *context, pdf_annot *annot, bool is_field)
{
    if (!is_shown(context, annot) ||
        pdf_dict_get(context, pdf_annot_obj(context, annot), PDF_NAME(AP)))
        return false;
    return !is_field || pdf_widget_type(context, annot) != PDF_WIDGET_TYPE_SIGNATURE;
}

static bool has_made_up(fz_context *context, pdf_page *page)
{
    for (pdf_annot *annot = pdf_first_annot(context, page); annot;
         annot = pdf_next_annot(context, annot))
        if (is_made_up(context, annot, false))
            return true;
    for (pdf_annot *field = pdf_first_widget(context, page); field;
         field = pdf_next_widget(context, field))
        if (is_made_up(context, field, true))
            return true;
    return false;
}

/* Writes the page anew as a viewer shows it: what looks are made up exist nowhere in the file. */
static void redraw(struct merging *merging, pdf_page *page)
{
    fz_context *context = merging->context;
    fz_rect box = pdf_bound_page(context, page);
    pdf_obj *resources;
    fz_buffer *contents;
    fz_device *device = pdf_page_write(context, merging->document, box, &resources, &contents);

    draw_run(context, page, device, fz_identity);
    fz_close_device(context, device);
    pdf_insert_page(context, merging->document, -1,
                    pdf_add_page(context, merging->document, box, 0, resources, contents));
}

/* These pages of the file, behind those there are; throws. The map knows no object that is made
 * after it: all pages are flattened first. */
static void graft(struct merging *merging, const struct drawing *drawing, int first, int count)
{
    fz_context *context = merging->context;
    pdf_graft_map *map = pdf_new_graft_map(context, merging->document);
    pdf_page *pages[INSPECT_PAGES_MAX];
    bool made_up[INSPECT_PAGES_MAX];

    for (int i = 0; i < count; i++) {
        pages[i] = pdf_load_page(context, drawing->document, first + i);
        made_up[i] = has_made_up(context, pages[i]);
        if (!made_up[i])
            flatten(drawing, pages[i]);
    }
    for (int i = 0; i < count; i++)
        if (made_up[i])
            redraw(merging, pages[i]);
        else
            pdf_graft_mapped_page(context, map, -1, drawing->document, first + i);
}

/* Takes away what a file that failed has left behind. */
static bool forget_pages_from(struct merging *merging, int first)
{
    fz_context *context = merging->context;

    fz_try(context)
    {
        for (int i = pdf_count_pages(context, merging->document) - 1; i >= first; i--)
            pdf_delete_page(context, merging->document, i);
    }
    fz_catch(context)
    {
        return false;
    }
    return true;
}

bool merge_add_pages(struct merging *merging, const struct drawing *drawing, int first, int count,
                     enum inspect_failure *why)
{
    fz_context *context = merging->context;

    *why = INSPECT_FAILED_TOO_MANY_PAGES;
    if (merging->pages + count > INSPECT_MERGED_PAGES)
        return false;
    fz_try(context)
    {
        graft(merging, drawing, first, count);
    }
    fz_catch(context)
    {
        *why = draw_failure(context);
        if (!forget_pages_from(merging, merging->pages))
            *why = INSPECT_FAILED_MEMORY;
        return false;
    }
    merging->pages += count;
    return true;
}

bool merge_add(struct merging *merging, struct bytes file, enum inspect_failure *why)
{
    struct drawing drawing;

    if (image_is_one(file)) {
        if (!image_as_page(merging->context, merging->document, file, why))
            return false;
        merging->pages++;
        return true;
    }
    return draw_open(file, &drawing, why) &&
           merge_add_pages(merging, &drawing, 0, drawing.pages, why);
}

bool merge_write(const struct merging *merging, struct bytes *pdf, enum inspect_failure *why)
{
    fz_context *context = merging->context;
    pdf_write_options options = pdf_default_write_options;
    fz_buffer *buffer = NULL;
    fz_output *output = NULL;

    *why = INSPECT_FAILED_DAMAGED;
    if (merging->pages == 0)
        return false;
    options.do_garbage = 1; /* leaves out what no page needs */
    fz_var(buffer);
    fz_var(output);
    fz_try(context)
    {
        buffer = fz_new_buffer(context, 1 << 20);
        output = fz_new_output_with_buffer(context, buffer);
        pdf_write_document(context, merging->document, output, &options);
        fz_close_output(context, output);
    }
    fz_catch(context)
    {
        *why = draw_failure(context);
        return false;
    }
    *pdf = (struct bytes){buffer->data, buffer->len};
    *why = INSPECT_FAILED_TOO_MUCH;
    return buffer->len <= INSPECT_MERGED_MAX;
}
