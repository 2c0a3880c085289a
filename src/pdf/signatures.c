/* The signature boxes: one for each signatory, with a real signature field. */
#include "pdf/draw.h"

#include <math.h>

#define BOX_WIDTH COLUMN_WIDTH
#define BOX_GAP COLUMN_GAP
#define BAND_HEIGHT MILLIMETRES(5.4)
#define ROOM_HEIGHT MILLIMETRES(26.2) /* at least; more where the page has it */
#define ROOM_MORE_MOST MILLIMETRES(9)
#define HEADING_HEIGHT MILLIMETRES(7)
#define PADDING MILLIMETRES(2.2)
#define NAME_SIZE 9.0
#define NAME_SIZE_LEAST 6.0
#define NAME_LEADING 11.0
#define NAME_LINES_MOST 2

const char *pdf_box_name(enum signatory signatory)
{
    static const char *const names[SIGNATORY_COUNT] = {"signature_host", "signature_origin",
                                                       "signature_guardian", "signature_trainee"};

    return names[signatory];
}

struct signer {
    const char *title;
    const char *name;
    const struct paper_image *image; /* NULL for none */
};

static const char *head_of(struct drawing *drawing, const struct paper_school *school)
{
    if (!school->head_name || !*school->head_name)
        return "";
    if (!school->head_title || !*school->head_title)
        return school->head_name;
    return arena_printf(drawing->arena, "%s, %s", school->head_name, school->head_title);
}

static struct signer signer_of(struct drawing *drawing, enum signatory signatory)
{
    const struct convention_paper *paper = drawing->paper;

    switch (signatory) {
    case SIGNATORY_HOST:
        return (struct signer){"Le chef de l’établissement d’accueil",
                               head_of(drawing, &paper->host), &paper->host.signature};
    case SIGNATORY_ORIGIN:
        return (struct signer){"Le chef de l’établissement d’origine",
                               head_of(drawing, &paper->origin), &paper->origin.signature};
    case SIGNATORY_GUARDIAN:
        return (struct signer){"Le responsable légal", paper->guardian_name, NULL};
    case SIGNATORY_TRAINEE:
    case SIGNATORY_COUNT:
        break;
    }
    return (struct signer){"L’élève stagiaire", draw_trainee_name(drawing), NULL};
}

/* A signatory's name, broken into lines: two at most, in smaller type if it must be. */
struct name {
    struct setting setting;
    struct line *lines;
    size_t line_count;
    double size;
};

static struct name set_name(struct drawing *drawing, const char *text)
{
    struct name name = {.setting = draw_setting(drawing, FACE_BOLD, text ? text : ""),
                        .size = NAME_SIZE};
    double width = BOX_WIDTH - 2 * PADDING;

    name.lines = setting_lines(&name.setting, width, name.size, &name.line_count);
    while (name.line_count > NAME_LINES_MOST && name.size > NAME_SIZE_LEAST) {
        name.size -= 0.5;
        name.lines = setting_lines(&name.setting, width, name.size, &name.line_count);
    }
    return name;
}

/* The height of the names, in each box that of the one with most lines. */
static double names_height(struct drawing *drawing)
{
    size_t most = 1;

    for (int i = 0; i < SIGNATORY_COUNT; i++) {
        struct name name = set_name(drawing, signer_of(drawing, (enum signatory)i).name);
        if (name.line_count > most)
            most = name.line_count;
    }
    return NAME_LEADING * (double)most + 2;
}

static double box_height(struct drawing *drawing)
{
    return BAND_HEIGHT + names_height(drawing) + MILLIMETRES(6) + ROOM_HEIGHT;
}

static void draw_name(struct drawing *drawing, const char *text, double x, double y)
{
    struct name name = set_name(drawing, text);

    sheet_ink(drawing->sheet, ink_text);
    for (size_t i = 0; i < name.line_count; i++)
        sheet_line(drawing->sheet, &name.setting, &name.lines[i], x,
                   y + NAME_LEADING * (double)(i + 1), name.size);
}

/* room_height: what is left to sign in, below name and date. */
static void draw_box(struct drawing *drawing, enum signatory signatory, double x, double y,
                     double height, double room_height)
{
    struct signer signer = signer_of(drawing, signatory);
    struct sheet *sheet = drawing->sheet;
    double end, line_y = y + height - room_height - 5;
    const struct area box = {x, y, BOX_WIDTH, height};
    const struct area band = {x, y, BOX_WIDTH, BAND_HEIGHT};
    const struct area room = {x + 3, y + height - room_height, BOX_WIDTH - 6, room_height - 3};

    sheet_ink(sheet, ink_band);
    sheet_fill(sheet, band);
    sheet_ink(sheet, ink_line);
    sheet_frame(sheet, box, 0.6);
    sheet_ink(sheet, ink_accent);
    draw_text(drawing, FACE_BOLD, signer.title, x + PADDING, y + BAND_HEIGHT - 4.8, 8.6);
    draw_name(drawing, signer.name, x + PADDING, y + BAND_HEIGHT + 1.5);
    sheet_ink(sheet, ink_label);
    end = draw_text(drawing, FACE_REGULAR, "Lu et approuvé, le ", x + PADDING, line_y, 8);
    sheet_rule(sheet, end + 2, line_y + 1, end + MILLIMETRES(30), line_y + 1, 0.5);
    if (signer.image && signer.image->rgb) {
        struct area picture = {room.x + room.width - MILLIMETRES(52), room.y, MILLIMETRES(50),
                               room.height};
        sheet_image(sheet, signer.image, picture, 0.5);
    }
    drawing->layout.boxes[signatory] = sheet_box(sheet, box);
    if (!drawing->paper->is_example)
        drawing->layout.fields[signatory] =
            sheet_signature_field(sheet, pdf_box_name(signatory), signer.title, room);
}

double draw_signatures_height(struct drawing *drawing)
{
    return HEADING_HEIGHT + 2 * box_height(drawing) + BOX_GAP;
}

void draw_signatures(struct drawing *drawing, double y)
{
    double spare = BODY_BOTTOM - y - draw_signatures_height(drawing);
    double more = fmin(fmax(spare / 2, 0), ROOM_MORE_MOST), room = ROOM_HEIGHT + more;
    double height = box_height(drawing) + more;
    double second_x = PAGE_LEFT + BOX_WIDTH + BOX_GAP, second_y;

    sheet_ink(drawing->sheet, ink_accent);
    draw_text(drawing, FACE_BOLD, "Signatures", PAGE_LEFT, y + 11, 10.5);
    y += HEADING_HEIGHT;
    second_y = y + height + BOX_GAP;
    draw_box(drawing, SIGNATORY_HOST, PAGE_LEFT, y, height, room);
    draw_box(drawing, SIGNATORY_ORIGIN, second_x, y, height, room);
    draw_box(drawing, SIGNATORY_GUARDIAN, PAGE_LEFT, second_y, height, room);
    draw_box(drawing, SIGNATORY_TRAINEE, second_x, second_y, height, room);
}
