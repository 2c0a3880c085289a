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

/* Draws (or only measures) the entries from y in a cell's half; returns where they end. */
static double draw_entries(struct drawing *drawing, const struct entry *entries, size_t count,
                           double x, double y, double width, bool draw)
{
    for (size_t i = 0; i < count; i++) {
        struct setting value;
        struct line *lines;
        size_t line_count;
        if (!given(entries[i].value))
            continue;
        value = draw_setting(drawing, entries[i].face, entries[i].value);
        lines = setting_lines(&value, width - LABEL_WIDTH, VALUE_SIZE, &line_count);
        if (draw) {
            sheet_ink(drawing->sheet, ink_label);
            draw_text(drawing, FACE_REGULAR, entries[i].label, x, y + LEADING - 3, LABEL_SIZE);
            sheet_ink(drawing->sheet, ink_text);
        }
        for (size_t j = 0; j < line_count; j++, y += LEADING)
            if (draw)
                sheet_line(drawing->sheet, &value, &lines[j], x + LABEL_WIDTH, y + LEADING - 3,
                           VALUE_SIZE);
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

struct half {
    const char *title;
    const struct entry *entries;
    size_t count;
};

/* Two cells side by side, as high as the higher one needs; returns where the next row begins. */
static double draw_row(struct drawing *drawing, struct half left, struct half right, double y)
{
    double width = COLUMN_WIDTH - 2 * CELL_PADDING;
    double top = y + BAND_HEIGHT + 2.5;
    double first = PAGE_LEFT + CELL_PADDING, second = first + COLUMN_WIDTH + COLUMN_GAP;
    double end = fmax(draw_entries(drawing, left.entries, left.count, first, top, width, false),
                      draw_entries(drawing, right.entries, right.count, second, top, width, false));
    double height = end + 3.5 - y;

    draw_cell(drawing, left.title, (struct area){PAGE_LEFT, y, COLUMN_WIDTH, height});
    draw_cell(drawing, right.title, (struct area){second - CELL_PADDING, y, COLUMN_WIDTH, height});
    draw_entries(drawing, left.entries, left.count, first, top, width, true);
    draw_entries(drawing, right.entries, right.count, second, top, width, true);
    return y + height + ROW_GAP;
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

static double draw_people(struct drawing *drawing, double y)
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

    return draw_row(drawing, (struct half){"L’élève stagiaire", trainee, 4},
                    (struct half){"Le responsable légal", guardian, 4}, y);
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

static double draw_placement(struct drawing *drawing, double y)
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

    return draw_row(drawing, (struct half){"Le stage", what, 4},
                    (struct half){"L’accueil", where, 4}, y);
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
    double y = draw_title(drawing);

    y = draw_row(drawing, school_half(drawing, "L’établissement d’accueil", &paper->host),
                 school_half(drawing, "L’établissement d’origine", &paper->origin), y);
    y = draw_people(drawing, y);
    return draw_placement(drawing, y) + 4;
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
