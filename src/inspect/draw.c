#include "inspect/draw.h"

#include "inspect/mupdf.h"

enum inspect_failure draw_failure(fz_context *context)
{
    if (fz_caught(context) == FZ_ERROR_MEMORY || inspect_mupdf_starved())
        return INSPECT_FAILED_MEMORY;
    return INSPECT_FAILED_DAMAGED;
}

static bool has_header(struct bytes file)
{
    size_t looked_at = file.length < 1024 ? file.length : 1024;

    return memmem(file.data, looked_at, "%PDF-", 5) != NULL;
}

/* The document is the drawing's, also after a failure: nothing is freed before the end. */
static bool open_unlocked(struct bytes file, struct drawing *drawing, enum inspect_failure *why)
{
    fz_context *context = drawing->context;
    fz_stream *stream = NULL;
    volatile bool unlocked = false;

    fz_var(stream);
    fz_try(context)
    {
        stream = fz_open_memory(context, file.data, file.length);
        drawing->document = pdf_open_document_with_stream(context, stream);
        unlocked = !pdf_needs_password(context, drawing->document) ||
                   pdf_authenticate_password(context, drawing->document, "") != 0;
        if (unlocked)
            drawing->pages = pdf_count_pages(context, drawing->document);
        *why = INSPECT_FAILED_ENCRYPTED;
    }
    fz_always(context)
    {
        fz_drop_stream(context, stream);
    }
    fz_catch(context)
    {
        *why = draw_failure(context);
        return false;
    }
    return unlocked;
}

bool draw_open(struct bytes file, struct drawing *drawing, enum inspect_failure *why)
{
    *drawing = (struct drawing){.context = inspect_mupdf()};
    *why = INSPECT_FAILED_MEMORY;
    if (!drawing->context)
        return false;
    *why = INSPECT_FAILED_NOT_PDF;
    if (!has_header(file) || !open_unlocked(file, drawing, why))
        return false;
    *why = drawing->pages > 0 ? INSPECT_FAILED_TOO_MANY_PAGES : INSPECT_FAILED_DAMAGED;
    return drawing->pages > 0 && drawing->pages <= INSPECT_PAGES_MAX;
}

void draw_close(struct drawing *drawing)
{
    if (drawing->context)
        pdf_drop_document(drawing->context, drawing->document);
    drawing->document = NULL;
}

/* The scale at which a page of these bounds has the size asked for. */
static float scale_for(fz_context *context, fz_rect bounds, struct draw_size size)
{
    float width = bounds.x1 - bounds.x0, height = bounds.y1 - bounds.y0;
    float longest = width > height ? width : height;
    float scale;

    if (!(width >= 1) || !(height >= 1))
        fz_throw(context, FZ_ERROR_GENERIC, "a page without an area");
    scale = (float)size.longest / longest;
    if (size.width > 0 && (float)size.width / width < scale)
        scale = (float)size.width / width;
    return scale;
}

/* MuPDF puts a large arrow where a signature field is empty. */
static bool is_empty_signature(fz_context *context, pdf_annot *field)
{
    return pdf_widget_type(context, field) == PDF_WIDGET_TYPE_SIGNATURE &&
           !pdf_dict_get(context, pdf_annot_obj(context, field), PDF_NAME(AP));
}

void draw_run(fz_context *context, pdf_page *page, fz_device *device, fz_matrix place)
{
    pdf_run_page_contents(context, page, device, place, NULL);
    for (pdf_annot *annot = pdf_first_annot(context, page); annot;
         annot = pdf_next_annot(context, annot))
        pdf_run_annot(context, annot, device, place, NULL);
    for (pdf_annot *field = pdf_first_widget(context, page); field;
         field = pdf_next_widget(context, field))
        if (!is_empty_signature(context, field))
            pdf_run_annot(context, field, device, place, NULL);
}

static fz_pixmap *draw_on_white(fz_context *context, fz_page *page, fz_matrix scaled,
                                fz_rect bounds, fz_colorspace *colours)
{
    fz_irect box = fz_irect_from_rect(fz_transform_rect(bounds, scaled));
    fz_pixmap *picture = fz_new_pixmap_with_bbox(context, colours, box, NULL, 0);
    fz_device *device = NULL;

    fz_var(device);
    fz_try(context)
    {
        fz_clear_pixmap_with_value(context, picture, 0xff);
        device = fz_new_draw_device(context, scaled, picture);
        draw_run(context, pdf_page_from_fz_page(context, page), device, fz_identity);
        fz_close_device(context, device);
    }
    fz_always(context)
    {
        fz_drop_device(context, device);
    }
    fz_catch(context)
    {
        fz_drop_pixmap(context, picture);
        fz_rethrow(context);
    }
    return picture;
}

bool draw_page(const struct drawing *drawing, int number, struct draw_size size,
               fz_colorspace *colours, fz_pixmap **picture, enum inspect_failure *why)
{
    fz_context *context = drawing->context;
    fz_page *page = NULL;

    *picture = NULL;
    fz_var(page);
    fz_try(context)
    {
        fz_rect bounds;
        float scale;
        page = fz_load_page(context, (fz_document *)drawing->document, number);
        bounds = fz_bound_page(context, page);
        scale = scale_for(context, bounds, size);
        *picture = draw_on_white(context, page, fz_scale(scale, scale), bounds, colours);
    }
    fz_always(context)
    {
        fz_drop_page(context, page);
    }
    fz_catch(context)
    {
        *why = draw_failure(context);
        return false;
    }
    return true;
}
