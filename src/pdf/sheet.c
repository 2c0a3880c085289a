#include "pdf/sheet.h"

#include <hpdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "pdf/embed.h"
#include "pdf/picture.h"

#define PAGES_MOST 64
#define DOTS_PER_INCH 300

struct sheet {
    struct type *type;
    struct arena *arena;
    HPDF_Doc document; /* NULL once ended */
    HPDF_Page pages[PAGES_MOST];
    unsigned page_count;
    HPDF_Page page;
    unsigned page_number;
    HPDF_Dict faces[FACE_COUNT]; /* NULL until used */
    HPDF_Array fields;
    struct buf operators; /* of the line being drawn */
};

static void *allocate(HPDF_UINT size)
{
    void *place = malloc(size);

    if (!place)
        abort();
    return place;
}

static void end_document(void *what)
{
    struct sheet *sheet = what;

    if (sheet->document)
        HPDF_Free(sheet->document);
    sheet->document = NULL;
}

struct sheet *sheet_open(struct type *type)
{
    struct sheet *sheet = ARENA_NEW(type->arena, struct sheet);

    sheet->type = type;
    sheet->arena = type->arena;
    sheet->operators = buf_new(sheet->arena, 64 * 1024);
    arena_on_reset(sheet->arena, end_document, sheet);
    /* Not from libharu's own pool: what that hands out is not aligned. */
    sheet->document = HPDF_NewEx(NULL, allocate, free, 0, NULL);
    sheet->document->pdf_version = HPDF_VER_17;
    HPDF_SetCompressionMode(sheet->document, HPDF_COMP_ALL);
    return sheet;
}

void sheet_add_page(struct sheet *sheet)
{
    if (sheet->page_count == PAGES_MOST)
        abort(); /* the paper's own limit is far below */
    sheet->page = HPDF_AddPage(sheet->document);
    HPDF_Page_SetWidth(sheet->page, (HPDF_REAL)SHEET_WIDTH);
    HPDF_Page_SetHeight(sheet->page, (HPDF_REAL)SHEET_HEIGHT);
    sheet->pages[sheet->page_count++] = sheet->page;
    sheet->page_number = sheet->page_count;
}

void sheet_turn_to(struct sheet *sheet, unsigned page)
{
    sheet->page = sheet->pages[page - 1];
    sheet->page_number = page;
}

void sheet_ink(struct sheet *sheet, struct ink ink)
{
    HPDF_REAL red = (HPDF_REAL)ink.red / 255, green = (HPDF_REAL)ink.green / 255,
              blue = (HPDF_REAL)ink.blue / 255;

    HPDF_Page_SetRGBFill(sheet->page, red, green, blue);
    HPDF_Page_SetRGBStroke(sheet->page, red, green, blue);
}

static HPDF_REAL upward(double y)
{
    return (HPDF_REAL)(SHEET_HEIGHT - y);
}

/* The page's name for a face ("F1"). libharu gives it to any dictionary of a font, also to one
 * that is filled at the end. */
static const char *face_name(struct sheet *sheet, enum face face)
{
    if (!sheet->faces[face]) {
        sheet->faces[face] = HPDF_Dict_New(sheet->document->mmgr);
        HPDF_Xref_Add(sheet->document->xref, sheet->faces[face]);
    }
    return HPDF_Page_GetLocalFontName(sheet->page, sheet->faces[face]);
}

/* Hundredths of a point, whatever the process's locale says of decimal signs. */
static void put_number(struct buf *buf, double value)
{
    long hundredths = lround(value * 100);

    if (hundredths < 0)
        buf_putc(buf, '-');
    hundredths = labs(hundredths);
    buf_printf(buf, "%ld.%02ld ", hundredths / 100, hundredths % 100);
}

static void put_code(struct buf *buf, unsigned number)
{
    static const char digits[] = "0123456789ABCDEF";
    const char code[4] = {digits[number >> 12 & 15], digits[number >> 8 & 15],
                          digits[number >> 4 & 15], digits[number & 15]};

    buf_put(buf, code, sizeof code);
}

/* One array of TJ (PDF 32000-1 §9.4.3): numbers of two bytes, and where a glyph's advance differs
 * from its own (kerning) the difference in thousandths. */
static void put_glyphs(struct buf *buf, const struct subset *subset, const struct glyph *glyphs,
                       size_t count)
{
    bool open = false;

    buf_putc(buf, '[');
    for (size_t i = 0; i < count; i++) {
        int more = glyphs[i].advance - subset->advances[glyphs[i].number];
        if (!open)
            buf_putc(buf, '<');
        put_code(buf, glyphs[i].number);
        open = i + 1 == count || more == 0;
        if (!open)
            buf_printf(buf, ">%d", -more);
    }
    buf_puts(buf, open ? ">]TJ" : "]TJ");
}

void sheet_line(struct sheet *sheet, const struct setting *setting, const struct line *line,
                double x, double y, double size)
{
    const struct glyph *glyphs = setting->glyphs;
    struct buf *buf = &sheet->operators;

    buf_clear(buf);
    for (size_t i = line->first, end; i < line->end; i = end) {
        enum face face = glyphs[i].face;
        int width = 0;
        for (end = i; end < line->end && glyphs[end].face == face; end++)
            width += glyphs[end].advance;
        buf_printf(buf, "BT /%s ", face_name(sheet, face));
        put_number(buf, size);
        buf_puts(buf, "Tf ");
        put_number(buf, x);
        put_number(buf, SHEET_HEIGHT - y);
        buf_puts(buf, "Td ");
        put_glyphs(buf, sheet->type->faces[face], glyphs + i, end - i);
        buf_puts(buf, " ET\n");
        x += width * size / 1000;
    }
    HPDF_Stream_Write(((HPDF_PageAttr)sheet->page->attr)->stream, (HPDF_BYTE *)buf->data,
                      (HPDF_UINT)buf->length);
}

double sheet_text(struct sheet *sheet, const struct setting *setting, double x, double y,
                  double size)
{
    struct line whole = {.first = 0, .end = setting->count};

    sheet_line(sheet, setting, &whole, x, y, size);
    return x + setting_width(setting, size);
}

static void add_rectangle(struct sheet *sheet, struct area area)
{
    HPDF_Page_Rectangle(sheet->page, (HPDF_REAL)area.x, upward(area.y + area.height),
                        (HPDF_REAL)area.width, (HPDF_REAL)area.height);
}

void sheet_fill(struct sheet *sheet, struct area area)
{
    sheet_fill_all(sheet, &area, 1);
}

void sheet_fill_all(struct sheet *sheet, const struct area *areas, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_rectangle(sheet, areas[i]);
    HPDF_Page_Fill(sheet->page);
}

void sheet_frame(struct sheet *sheet, struct area area, double thickness)
{
    HPDF_Page_SetLineWidth(sheet->page, (HPDF_REAL)thickness);
    add_rectangle(sheet, area);
    HPDF_Page_Stroke(sheet->page);
}

void sheet_rule(struct sheet *sheet, double x, double y, double to_x, double to_y, double thickness)
{
    HPDF_Page_SetLineWidth(sheet->page, (HPDF_REAL)thickness);
    HPDF_Page_MoveTo(sheet->page, (HPDF_REAL)x, upward(y));
    HPDF_Page_LineTo(sheet->page, (HPDF_REAL)to_x, upward(to_y));
    HPDF_Page_Stroke(sheet->page);
}

double sheet_image(struct sheet *sheet, const struct paper_image *image, struct area area,
                   double align)
{
    double scale = fmin(area.width / image->width, area.height / image->height);
    double width = image->width * scale, height = image->height * scale;
    unsigned columns_most = (unsigned)ceil(width / 72 * DOTS_PER_INCH);
    HPDF_Image drawn = picture_add(sheet->arena, sheet->document, image, columns_most);

    HPDF_Page_DrawImage(sheet->page, drawn, (HPDF_REAL)(area.x + (area.width - width) * align),
                        upward(area.y + (area.height + height) / 2), (HPDF_REAL)width,
                        (HPDF_REAL)height);
    return width;
}

struct pdf_box sheet_box(const struct sheet *sheet, struct area area)
{
    return (struct pdf_box){.page = sheet->page_number,
                            .left = area.x,
                            .bottom = SHEET_HEIGHT - area.y - area.height,
                            .right = area.x + area.width,
                            .top = SHEET_HEIGHT - area.y};
}

/* The form's dictionary, made with the first field (PDF 32000-1 §12.7.2). SigFlags: there are
 * signature fields, and who saves shall append. */
static HPDF_Array form_fields(struct sheet *sheet)
{
    HPDF_Doc document = sheet->document;
    HPDF_Dict form;

    if (sheet->fields)
        return sheet->fields;
    form = HPDF_Dict_New(document->mmgr);
    HPDF_Xref_Add(document->xref, form);
    sheet->fields = HPDF_Array_New(document->mmgr);
    HPDF_Dict_Add(form, "Fields", sheet->fields);
    HPDF_Dict_AddNumber(form, "SigFlags", 3);
    HPDF_Dict_Add(document->catalog, "AcroForm", form);
    return sheet->fields;
}

static HPDF_Array page_annotations(struct sheet *sheet)
{
    HPDF_Array annotations = HPDF_Dict_GetItem(sheet->page, "Annots", HPDF_OCLASS_ARRAY);

    if (!annotations) {
        annotations = HPDF_Array_New(sheet->document->mmgr);
        HPDF_Dict_Add(sheet->page, "Annots", annotations);
    }
    return annotations;
}

struct pdf_box sheet_signature_field(struct sheet *sheet, const char *name, const char *label,
                                     struct area area)
{
    HPDF_MMgr memory = sheet->document->mmgr;
    HPDF_Dict field = HPDF_Dict_New(memory);
    HPDF_Array rectangle;
    struct pdf_box box = sheet_box(sheet, area);
    enum { PRINT = 4 };

    HPDF_Xref_Add(sheet->document->xref, field);
    HPDF_Dict_AddName(field, "Type", "Annot");
    HPDF_Dict_AddName(field, "Subtype", "Widget");
    HPDF_Dict_AddName(field, "FT", "Sig");
    HPDF_Dict_Add(field, "T", HPDF_String_New(memory, name, NULL));
    HPDF_Dict_Add(field, "TU", embed_string(sheet->arena, sheet->document, label));
    HPDF_Dict_AddNumber(field, "F", PRINT);
    rectangle = HPDF_Array_New(memory);
    HPDF_Array_AddReal(rectangle, (HPDF_REAL)box.left);
    HPDF_Array_AddReal(rectangle, (HPDF_REAL)box.bottom);
    HPDF_Array_AddReal(rectangle, (HPDF_REAL)box.right);
    HPDF_Array_AddReal(rectangle, (HPDF_REAL)box.top);
    HPDF_Dict_Add(field, "Rect", rectangle);
    HPDF_Dict_Add(field, "P", sheet->page);
    HPDF_Array_Add(page_annotations(sheet), field);
    HPDF_Array_Add(form_fields(sheet), field);
    return box;
}

enum err sheet_finish(struct sheet *sheet, const struct document_facts *facts, struct bytes *pdf)
{
    HPDF_Doc document = sheet->document;
    HPDF_UINT32 size = 0;
    HPDF_STATUS status;

    for (size_t i = 0; i < FACE_COUNT; i++)
        if (sheet->faces[i])
            embed_face(sheet->arena, document, sheet->faces[i], sheet->type->faces[i]);
    embed_facts(sheet->arena, document, facts);
    HPDF_SaveToStream(document);
    status = HPDF_GetError(document);
    if (status == HPDF_OK) {
        unsigned char *data = arena_alloc(sheet->arena, HPDF_GetStreamSize(document));
        size = HPDF_GetStreamSize(document);
        HPDF_ReadFromStream(document, data, &size);
        *pdf = (struct bytes){data, size};
    }
    end_document(sheet);
    if (status != HPDF_OK || size == 0)
        return err_raise(ERR_INTERNAL, NULL, "libharu failed: 0x%04lX", (unsigned long)status);
    return ERR_OK;
}
