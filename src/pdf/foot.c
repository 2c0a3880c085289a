/* The foot of each page: QR code, short code, notice, page number. */
#include "pdf/draw.h"

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#define QUIET_MODULES 4           /* ISO/IEC 18004 asks for them around the symbol */
#define CODE_SIDE MILLIMETRES(30) /* with its quiet zone: about 25 mm of modules */
#define CODE_LEFT (BODY_RIGHT - CODE_SIDE + MILLIMETRES(2.7)) /* its modules end with the grid */
#define CODE_BOTTOM MILLIMETRES(291.5)
#define NOTICE_WIDTH MILLIMETRES(105)

static const char notice[] = "Cette convention porte une identification unique : ne la recomposez "
                             "pas ; signez ce fichier ou une impression de ce fichier.";

/* The dark modules as areas: each row's runs. A run reaches a little into the row below, or
 * renderers that smooth edges would leave hairlines between rows. */
struct modules {
    struct area *areas;
    size_t count;
};

static void add_runs(struct modules *modules, const QRcode *code, int row, struct area area,
                     double side)
{
    const unsigned char *data = code->data + row * code->width;

    for (int from = 0, to; from < code->width; from = to) {
        for (to = from + 1; to < code->width && ((data[to] ^ data[from]) & 1) == 0;)
            to++;
        if (data[from] & 1)
            modules->areas[modules->count++] = (struct area){area.x + (from + QUIET_MODULES) * side,
                                                             area.y + (row + QUIET_MODULES) * side,
                                                             (to - from) * side, side * 1.02};
    }
}

/* The modules of the token's address, within a square. */
static enum err make_modules(struct drawing *drawing, struct area area, struct modules *modules)
{
    const char *address = drawing->paper->token.address;
    QRcode *code = QRcode_encodeString(address, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    double side;

    if (!code)
        return err_raise(ERR_INTERNAL, NULL, "no QR code for %zu characters: %s", strlen(address),
                         strerror(errno));
    /* The arena may jump on the way; it then forgets the symbol for us. */
    arena_on_reset(drawing->arena, (void (*)(void *))QRcode_free, code);
    side = area.width / (code->width + 2 * QUIET_MODULES);
    modules->areas =
        ARENA_NEW_ARRAY(drawing->arena, (size_t)(code->width * code->width), struct area);
    for (int row = 0; row < code->width; row++)
        add_runs(modules, code, row, area, side);
    return ERR_OK;
}

static void draw_words(struct drawing *drawing, unsigned page, double x, double y, double width)
{
    struct setting words = draw_setting(drawing, FACE_ITALIC, notice), number;
    size_t count;
    struct line *lines;
    double text_x;

    sheet_ink(drawing->sheet, ink_label);
    text_x = draw_text(drawing, FACE_REGULAR, "Code de la convention", x, y + 17, 8) + 6;
    sheet_ink(drawing->sheet, ink_text);
    draw_text(drawing, FACE_BOLD, drawing->paper->token.short_code, text_x, y + 17, 12);
    number = draw_setting(
        drawing, FACE_REGULAR,
        arena_printf(drawing->arena, "Page %u / %u", page, drawing->layout.page_count));
    sheet_text(drawing->sheet, &number, x + width - setting_width(&number, 8.5), y + 17, 8.5);
    sheet_ink(drawing->sheet, ink_label);
    lines = setting_lines(&words, NOTICE_WIDTH, 8, &count);
    for (size_t i = 0; i < count; i++)
        sheet_line(drawing->sheet, &words, &lines[i], x, y + 34 + 10.5 * (double)i, 8);
}

enum err draw_feet(struct drawing *drawing)
{
    const struct area area = {CODE_LEFT, CODE_BOTTOM - CODE_SIDE, CODE_SIDE, CODE_SIDE};
    struct modules modules = {0};
    double top = area.y;

    ERR_TRY(make_modules(drawing, area, &modules));
    for (unsigned page = 1; page <= drawing->layout.page_count; page++) {
        sheet_turn_to(drawing->sheet, page);
        sheet_ink(drawing->sheet, ink_line);
        sheet_rule(drawing->sheet, PAGE_LEFT, top, area.x - 4, top, 0.6);
        draw_words(drawing, page, PAGE_LEFT, top, area.x - 12 - PAGE_LEFT);
        sheet_ink(drawing->sheet, (struct ink){0, 0, 0});
        sheet_fill_all(drawing->sheet, modules.areas, modules.count);
        drawing->layout.code = sheet_box(drawing->sheet, area);
    }
    return ERR_OK;
}
