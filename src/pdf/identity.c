/* The head of the first page, and the block that says who and what: schools, trainee, guardian,
 * placement. */
#include "pdf/draw.h"

#include <math.h>

#include "base/clock.h"

#define LABEL_SIZE 7.6
#define VALUE_SIZE 9.0
#define LEADING 11.4
#define BAND_HEIGHT MILLIMETRES(5.2)
#define CELL_PADDING MILLIMETRES(2.2)
#define LABEL_WIDTH MILLIMETRES(22)
#define ROW_GAP MILLIMETRES(3.2)
#define ROW_COUNT 3
#define SCALE_STEP 0.04
#define SCALE_LEAST 0.4

/* One line of the form: what it asks, and the answer. Without an answer it does not appear. */
struct entry {
    const char *label;
    const char *value;
    enum face face;
};

static bool given(const char *text)
{
    return text && *text;
}

static const char *join(struct arena *arena, const char *a, const char *between, const char *b)
{
    if (!given(a) || !given(b))
        return given(a) ? a : given(b) ? b : "";
    return arena_printf(arena, "%s%s%s", a, between, b);
}

struct half {
    const char *title;
    const struct entry *entries;
    size_t count;
};

/* Two cells side by side, as high as the higher one needs. */
struct row {
    struct half left, right;
    double height;
};

static struct half make_half(struct drawing *drawing, const char *title,
                             const struct entry *entries, size_t count)
{
    struct entry *kept = ARENA_NEW_ARRAY(drawing->arena, count, struct entry);

    memcpy(kept, entries, count * sizeof *entries);
    return (struct half){title, kept, count};
}

/* Draws (or only measures) the entries from y in a cell's half, in type of that scale; returns
 * where they end. */
static double draw_entries(struct drawing *drawing, const struct half *half, double x, double y,
                           double scale, bool draw)
{
    const double width = COLUMN_WIDTH - 2 * CELL_PADDING - LABEL_WIDTH;
    const double leading = LEADING * scale, size = VALUE_SIZE * scale;

    for (size_t i = 0; i < half->count; i++) {
        const struct entry *entry = &half->entries[i];
        struct setting value;
        struct line *lines;
        size_t line_count;
        if (!given(entry->value))
            continue;
        value = draw_setting(drawing, entry->face, entry->value);
        lines = setting_lines(&value, width, size, &line_count);
        if (draw) {
            sheet_ink(drawing->sheet, ink_label);
            draw_text(drawing, FACE_REGULAR, entry->label, x, y + leading - 3 * scale,
                      LABEL_SIZE * scale);
            sheet_ink(drawing->sheet, ink_text);
        }
        for (size_t j = 0; j < line_count; j++, y += leading)
            if (draw)
                sheet_line(drawing->sheet, &value, &lines[j], x + LABEL_WIDTH,
                           y + leading - 3 * scale, size);
    }
    return y;
}

static void draw_cell(struct drawing *drawing, const char *title, struct area area)
{
    struct area band = {area.x, area.y, area.width, BAND_HEIGHT};

    sheet_ink(drawing->sheet, ink_band);
    sheet_fill(drawing->sheet, band);
    sheet_ink(drawing->sheet, ink_line);
    sheet_frame(drawing->sheet, area, 0.6);
    sheet_ink(drawing->sheet, ink_accent);
    draw_text(drawing, FACE_BOLD, title, area.x + CELL_PADDING, area.y + BAND_HEIGHT - 4.6, 8.4);
}

/* Measures the rows in type of that scale; returns how high they are together. */
static double measure_rows(struct drawing *drawing, struct row *rows, double scale)
{
    double height = 0;

    for (size_t i = 0; i < ROW_COUNT; i++) {
        rows[i].height = BAND_HEIGHT + 2.5 + 3.5 +
                         fmax(draw_entries(drawing, &rows[i].left, 0, 0, scale, false),
                              draw_entries(drawing, &rows[i].right, 0, 0, scale, false));
        height += rows[i].height + ROW_GAP;
    }
    return height;
}

/* Returns where the next row begins. */
static double draw_row(struct drawing *drawing, const struct row *row, double y, double scale)
{
    double top = y + BAND_HEIGHT + 2.5;
    double first = PAGE_LEFT, second = first + COLUMN_WIDTH + COLUMN_GAP;

    draw_cell(drawing, row->left.title, (struct area){first, y, COLUMN_WIDTH, row->height});
    draw_cell(drawing, row->right.title, (struct area){second, y, COLUMN_WIDTH, row->height});
    draw_entries(drawing, &row->left, first + CELL_PADDING, top, scale, true);
    draw_entries(drawing, &row->right, second + CELL_PADDING, top, scale, true);
    return y + row->height + ROW_GAP;
}

/* The rows from y, in smaller type where they would not end on the page. */
static double draw_rows(struct drawing *drawing, struct row *rows, double y)
{
    double scale = 1;

    while (measure_rows(drawing, rows, scale) > BODY_BOTTOM - y && scale > SCALE_LEAST)
        scale -= SCALE_STEP;
    for (size_t i = 0; i < ROW_COUNT; i++)
        y = draw_row(drawing, &rows[i], y, scale);
    return y;
}

#define SCHOOL_ENTRIES 6

static struct half school_half(struct drawing *drawing, const char *title,
                               const struct paper_school *school)
{
    struct arena *arena = drawing->arena;
    struct entry *entries = ARENA_NEW_ARRAY(arena, SCHOOL_ENTRIES, struct entry);
    const char *town = join(arena, school->postal_code, " ", school->city);

    entries[0] = (struct entry){"Nom", school->name, FACE_BOLD};
    entries[1] = (struct entry){"UAI", school->uai, FACE_REGULAR};
    entries[2] = (struct entry){"Adresse", join(arena, school->address, ", ", town), FACE_REGULAR};
    entries[3] = (struct entry){"Téléphone", school->phone, FACE_REGULAR};
    entries[4] = (struct entry){"Courriel", school->email, FACE_REGULAR};
    entries[5] = (struct entry){
        "Représenté par", join(arena, school->head_name, ", ", school->head_title), FACE_REGULAR};
    return (struct half){title, entries, SCHOOL_ENTRIES};
}

static struct row people_row(struct drawing *drawing)
{
    const struct convention_paper *paper = drawing->paper;
    const char *born =
        given(paper->birth_day) ? clock_french_day(drawing->arena, paper->birth_day) : "";
    const struct entry trainee[] = {
        {"Nom", paper->last_name, FACE_BOLD},
        {"Prénom", paper->first_name, FACE_BOLD},
        {"Né(e) le", born, FACE_REGULAR},
        {"Classe", paper->class_name, FACE_REGULAR},
    };
    const struct entry guardian[] = {
        {"Nom", paper->guardian_name, FACE_BOLD},
        {"Téléphone", paper->guardian_phone, FACE_REGULAR},
        {"Courriel", paper->guardian_email, FACE_REGULAR},
        {"Adresse", paper->guardian_address, FACE_REGULAR},
    };

    return (struct row){.left = make_half(drawing, "L’élève stagiaire", trainee, 4),
                        .right = make_half(drawing, "Le responsable légal", guardian, 4)};
}

static const char *meals_words(const char *meals)
{
    if (!given(meals))
        return "";
    if (strcmp(meals, "canteen") == 0)
        return "Au restaurant scolaire de l’établissement d’accueil";
    if (strcmp(meals, "packed") == 0)
        return "Apporté par l’élève";
    return "Pris au domicile";
}

static const char *transport_words(const char *transport)
{
    if (!given(transport))
        return "";
    if (strcmp(transport, "family") == 0)
        return "Assuré par la famille";
    if (strcmp(transport, "school") == 0)
        return "Organisé par l’établissement d’origine";
    return "À pied";
}

static const char *hours(struct drawing *drawing)
{
    const struct convention_paper *paper = drawing->paper;

    if (!given(paper->starts_at) || !given(paper->ends_at))
        return "";
    return arena_printf(drawing->arena, "Arrivée à %s, fin à %s",
                        clock_french_time(drawing->arena, paper->starts_at),
                        clock_french_time(drawing->arena, paper->ends_at));
}

static struct row placement_row(struct drawing *drawing)
{
    const struct convention_paper *paper = drawing->paper;
    const struct entry what[] = {
        {"Intitulé", paper->title, FACE_BOLD},
        {"Formation", paper->course, FACE_REGULAR},
        {"Dates", draw_days(drawing), FACE_BOLD},
        {"Horaires", hours(drawing), FACE_REGULAR},
    };
    const struct entry where[] = {
        {"Lieu", paper->place, FACE_REGULAR},
        {"Responsable", join(drawing->arena, paper->person_name, ", ", paper->person_phone),
         FACE_REGULAR},
        {"Repas", meals_words(paper->meals), FACE_REGULAR},
        {"Trajet", transport_words(paper->transport), FACE_REGULAR},
    };

    return (struct row){.left = make_half(drawing, "Le stage", what, 4),
                        .right = make_half(drawing, "L’accueil", where, 4)};
}

/* Logo at the left, if there is one, and the title beside it. */
static double draw_title(struct drawing *drawing)
{
    const struct convention_paper *paper = drawing->paper;
    const struct area logo = {PAGE_LEFT, PAGE_TOP - 2, MILLIMETRES(40), MILLIMETRES(17)};
    double x = PAGE_LEFT, y = PAGE_TOP;

    if (paper->logo.rgb)
        x += sheet_image(drawing->sheet, &paper->logo, logo, 0) + MILLIMETRES(6);
    sheet_ink(drawing->sheet, ink_accent);
    draw_text(drawing, FACE_BOLD,
              paper->is_example ? "Convention de stage – Aperçu" : "Convention de stage", x, y + 20,
              21);
    sheet_ink(drawing->sheet, ink_label);
    draw_text(drawing, FACE_REGULAR,
              arena_printf(drawing->arena, "Découverte d’une formation · année scolaire %s",
                           clock_school_year(drawing->arena, paper->first_day)),
              x, y + 37, 10.5);
    y += MILLIMETRES(17);
    sheet_ink(drawing->sheet, ink_accent);
    sheet_rule(drawing->sheet, PAGE_LEFT, y, BODY_RIGHT, y, 1.4);
    return y + MILLIMETRES(4);
}

double draw_identity(struct drawing *drawing)
{
    const struct convention_paper *paper = drawing->paper;
    struct row rows[ROW_COUNT] = {
        {.left = school_half(drawing, "L’établissement d’accueil", &paper->host),
         .right = school_half(drawing, "L’établissement d’origine", &paper->origin)},
        people_row(drawing),
        placement_row(drawing),
    };

    return draw_rows(drawing, rows, draw_title(drawing)) + 4;
}

double draw_running_head(struct drawing *drawing)
{
    double y = PAGE_TOP + 4;

    sheet_ink(drawing->sheet, ink_label);
    draw_text_within(drawing, FACE_REGULAR,
                     arena_printf(drawing->arena, "%sConvention de stage · %s · %s",
                                  drawing->paper->is_example ? "Aperçu · " : "",
                                  draw_trainee_name(drawing), draw_days(drawing)),
                     PAGE_LEFT, y, 8, BODY_WIDTH);
    sheet_ink(drawing->sheet, ink_line);
    sheet_rule(drawing->sheet, PAGE_LEFT, y + 6, BODY_RIGHT, y + 6, 0.6);
    return y + MILLIMETRES(5.5);
}
