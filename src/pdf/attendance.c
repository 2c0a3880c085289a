#include "pdf/attendance.h"

#include <math.h>

#include "base/clock.h"
#include "pdf/draw.h"

#define PAGES_MOST 60
#define LEFT MILLIMETRES(11)
#define RIGHT (SHEET_WIDTH - MILLIMETRES(11))
#define TOP MILLIMETRES(11)
#define BOTTOM (SHEET_HEIGHT - MILLIMETRES(17)) /* of the tables; the foot stands below */
#define HEAD_HEIGHT MILLIMETRES(8)
#define ROW_HEIGHT MILLIMETRES(10.5) /* room for a signature */
#define PADDING 3.0
#define SIZE_LEAST 5.5
#define NAME_SIZE 9.5
#define SUNDAY "1970-01-04"

/* The columns, from left to right; widths in millimetres make 188. */
enum column { NUMBER, NAME, SCHOOL, CLASS, GUARDIAN, ARRIVAL, DEPARTURE, COLUMNS };

static const struct {
    const char *title;
    double width;
} columns[COLUMNS] = {{"N°", 8},      {"Nom et prénom", 46},     {"Établissement d’origine", 39},
                      {"Classe", 15}, {"Responsable légal", 34}, {"Arrivée", 23},
                      {"Départ", 23}};

struct table {
    struct drawing drawing;
    const struct attendance *attendance;
    double x[COLUMNS + 1]; /* edges of the columns */
    double y;              /* where the next row begins */
};

static void place_columns(struct table *table)
{
    table->x[0] = LEFT;
    for (size_t i = 0; i < COLUMNS; i++)
        table->x[i + 1] = table->x[i] + MILLIMETRES(columns[i].width);
}

enum align { ALIGN_LEFT, ALIGN_RIGHT };

/* Text in an area, in the middle of its height: over more lines, and smaller, where it must be. */
static void draw_in(struct table *table, struct setting *setting, struct area area, double size,
                    enum align align)
{
    double leading, left = area.x;
    struct line *lines;
    size_t count, fits;

    for (;; size -= 0.5) {
        leading = size * 1.16;
        lines = setting_lines(setting, area.width, size, &count);
        fits = (size_t)floor((area.height - 2) / leading);
        if (count <= fits || size <= SIZE_LEAST)
            break;
    }
    if (count > fits)
        count = fits;
    if (align == ALIGN_RIGHT)
        left += area.width - setting_width(setting, size);
    for (size_t i = 0; i < count; i++)
        sheet_line(table->drawing.sheet, setting, &lines[i], left,
                   area.y + (area.height - leading * (double)count) / 2 + leading * (double)i +
                       size * 0.9,
                   size);
}

static void draw_cell(struct table *table, enum face face, const char *text, struct area area,
                      double size)
{
    struct setting setting = draw_setting(&table->drawing, face, text);

    draw_in(table, &setting, area, size, ALIGN_LEFT);
}

/* The inside of a cell of the next row. */
static struct area cell(const struct table *table, enum column column, double height)
{
    return (struct area){table->x[column] + PADDING, table->y,
                         table->x[column + 1] - table->x[column] - 2 * PADDING, height};
}

static void draw_grid(struct table *table, double height)
{
    struct sheet *sheet = table->drawing.sheet;

    sheet_ink(sheet, ink_line);
    for (size_t i = 0; i <= COLUMNS; i++)
        sheet_rule(sheet, table->x[i], table->y, table->x[i], table->y + height, 0.6);
    sheet_rule(sheet, LEFT, table->y, table->x[COLUMNS], table->y, 0.6);
    sheet_rule(sheet, LEFT, table->y + height, table->x[COLUMNS], table->y + height, 0.6);
}

static void draw_headings(struct table *table)
{
    struct sheet *sheet = table->drawing.sheet;

    sheet_ink(sheet, ink_band);
    sheet_fill(sheet, (struct area){LEFT, table->y, table->x[COLUMNS] - LEFT, HEAD_HEIGHT});
    draw_grid(table, HEAD_HEIGHT);
    sheet_ink(sheet, ink_accent);
    for (enum column i = 0; i < COLUMNS; i++)
        draw_cell(table, FACE_BOLD, columns[i].title, cell(table, i, HEAD_HEIGHT), 8);
    table->y += HEAD_HEIGHT;
}

/* The last name in bold, the first name after it, or below where one line is too short. */
static void draw_name(struct table *table, const struct attendance_row *row)
{
    struct area area = cell(table, NAME, ROW_HEIGHT);
    struct setting both = draw_setting(&table->drawing, FACE_BOLD, row->last_name);
    struct setting first = draw_setting(&table->drawing, FACE_REGULAR, row->first_name);

    if (setting_width(&both, NAME_SIZE) + setting_width(&first, NAME_SIZE) + 4 > area.width)
        setting_break(&both);
    else
        setting_add(&both, FACE_REGULAR, " ");
    setting_add(&both, FACE_REGULAR, row->first_name);
    draw_in(table, &both, area, NAME_SIZE, ALIGN_LEFT);
}

static void draw_number(struct table *table, size_t number)
{
    struct setting setting = draw_setting(&table->drawing, FACE_REGULAR,
                                          arena_printf(table->drawing.arena, "%zu", number));

    draw_in(table, &setting, cell(table, NUMBER, ROW_HEIGHT), 8, ALIGN_RIGHT);
}

static void draw_row(struct table *table, size_t number)
{
    const struct attendance_row *row = &table->attendance->rows[number];
    struct sheet *sheet = table->drawing.sheet;
    struct area guardian = cell(table, GUARDIAN, ROW_HEIGHT / 2);

    draw_grid(table, ROW_HEIGHT);
    sheet_ink(sheet, ink_label);
    draw_number(table, number + 1);
    draw_cell(table, FACE_REGULAR, row->guardian_name, guardian, 7);
    sheet_ink(sheet, ink_text);
    draw_name(table, row);
    draw_cell(table, FACE_REGULAR, row->school, cell(table, SCHOOL, ROW_HEIGHT), 8.5);
    draw_cell(table, FACE_REGULAR, row->class_name, cell(table, CLASS, ROW_HEIGHT), 9);
    guardian.y += ROW_HEIGHT / 2 - 2;
    draw_cell(table, FACE_REGULAR, row->guardian_phone, guardian, 9);
    table->y += ROW_HEIGHT;
}

/* A line of « label : value » under the title; nothing where there is no value. */
static void draw_fact(struct table *table, const char *label, const char *value, double x,
                      double width)
{
    struct drawing *drawing = &table->drawing;
    double at;

    if (value[0] == '\0')
        return;
    sheet_ink(drawing->sheet, ink_label);
    at = draw_text(drawing, FACE_REGULAR, label, x, table->y, 8) + 5;
    sheet_ink(drawing->sheet, ink_text);
    draw_cell(table, FACE_BOLD, value, (struct area){at, table->y - 11, x + width - at, 16}, 9.5);
}

static const char *person(struct table *table)
{
    const struct attendance *attendance = table->attendance;

    if (attendance->person_name[0] == '\0' || attendance->person_phone[0] == '\0')
        return attendance->person_name[0] ? attendance->person_name : attendance->person_phone;
    return arena_printf(table->drawing.arena, "%s, %s", attendance->person_name,
                        attendance->person_phone);
}

static const char *day_words(struct table *table, const char *day)
{
    struct arena *arena = table->drawing.arena;

    if (day)
        return clock_french_long_day(arena, day);
    return arena_printf(arena, "du %s au %s ; ce jour-là, le ……………………………",
                        clock_french_day(arena, table->attendance->first_day),
                        clock_french_day(arena, table->attendance->last_day));
}

/* The head of a day's first page. */
static void draw_head(struct table *table, const char *day)
{
    const struct attendance *attendance = table->attendance;
    struct drawing *drawing = &table->drawing;
    const struct area logo = {LEFT, TOP, MILLIMETRES(34), MILLIMETRES(15)};
    double x = LEFT, width = RIGHT - LEFT, middle = LEFT + width * 0.56;

    if (attendance->logo.rgb)
        x += sheet_image(drawing->sheet, &attendance->logo, logo, 0) + MILLIMETRES(5);
    sheet_ink(drawing->sheet, ink_accent);
    draw_text(drawing, FACE_BOLD, "Feuille d’émargement", x, TOP + 17, 18);
    sheet_ink(drawing->sheet, ink_label);
    draw_cell(table, FACE_REGULAR, attendance->host, (struct area){x, TOP + 21, RIGHT - x, 17},
              10.5);
    table->y = TOP + MILLIMETRES(16);
    sheet_ink(drawing->sheet, ink_accent);
    sheet_rule(drawing->sheet, LEFT, table->y, RIGHT, table->y, 1.4);
    table->y += 18;
    sheet_ink(drawing->sheet, ink_text);
    draw_cell(table, FACE_BOLD, attendance->title, (struct area){LEFT, table->y - 14, width, 20},
              12.5);
    table->y += 17;
    draw_fact(table, "Date", day_words(table, day), LEFT, middle - LEFT - 8);
    draw_fact(table, "Horaires",
              arena_printf(drawing->arena, "%s – %s",
                           clock_french_time(drawing->arena, attendance->starts_at),
                           clock_french_time(drawing->arena, attendance->ends_at)),
              middle, RIGHT - middle);
    table->y += 14;
    draw_fact(table, "Lieu", attendance->place, LEFT, middle - LEFT - 8);
    draw_fact(table, "Responsable", person(table), middle, RIGHT - middle);
    table->y += 14;
    draw_fact(table, "Formation", attendance->course, LEFT, middle - LEFT - 8);
    draw_fact(table, "Stagiaires inscrits", arena_printf(drawing->arena, "%zu", attendance->count),
              middle, RIGHT - middle);
    table->y += 10;
}

/* The line at the top of a day's other pages. */
static void draw_continued(struct table *table, const char *day)
{
    struct drawing *drawing = &table->drawing;

    sheet_ink(drawing->sheet, ink_label);
    draw_text_within(drawing, FACE_REGULAR,
                     arena_printf(drawing->arena, "Feuille d’émargement · %s · %s",
                                  table->attendance->title, day_words(table, day)),
                     LEFT, TOP + 6, 8.5, RIGHT - LEFT);
    table->y = TOP + 14;
}

static void draw_empty(struct table *table)
{
    struct drawing *drawing = &table->drawing;

    sheet_ink(drawing->sheet, ink_label);
    draw_text(drawing, FACE_ITALIC, "Aucun stagiaire n’est inscrit.", LEFT, table->y + 16, 9.5);
}

/* How many rows a page has room for, below where its table begins. */
static size_t rows_on(double y)
{
    return (size_t)floor((BOTTOM - y - HEAD_HEIGHT) / ROW_HEIGHT);
}

static void draw_day(struct table *table, const char *day)
{
    size_t row = 0, count = table->attendance->count;
    bool first = true;

    do {
        size_t end;

        sheet_add_page(table->drawing.sheet);
        table->drawing.layout.page_count++;
        if (first)
            draw_head(table, day);
        else
            draw_continued(table, day);
        first = false;
        end = row + rows_on(table->y);
        draw_headings(table);
        for (; row < end && row < count; row++)
            draw_row(table, row);
    } while (row < count);
    if (count == 0)
        draw_empty(table);
}

static void draw_foot_of(struct table *table, unsigned page)
{
    struct drawing *drawing = &table->drawing;
    double y = SHEET_HEIGHT - MILLIMETRES(9);
    struct setting number = draw_setting(
        drawing, FACE_REGULAR,
        arena_printf(drawing->arena, "Page %u / %u", page, drawing->layout.page_count));

    sheet_turn_to(drawing->sheet, page);
    sheet_ink(drawing->sheet, ink_label);
    draw_text(drawing, FACE_REGULAR,
              arena_printf(drawing->arena,
                           "Imprimée le %s. Données personnelles : à ne pas afficher, à détruire "
                           "après usage.",
                           clock_french_instant(drawing->arena, table->attendance->printed_at)),
              LEFT, y, 7.5);
    sheet_text(drawing->sheet, &number, RIGHT - setting_width(&number, 8), y, 8);
}

static bool is_sunday(const char *day)
{
    return clock_days_between(SUNDAY, day) % 7 == 0;
}

/* Pages of one day, counted high: as if its later pages had no more room than the first. */
static size_t pages_a_day(size_t count)
{
    size_t rows = rows_on(TOP + MILLIMETRES(46));

    return count == 0 ? 1 : (count + rows - 1) / rows;
}

static void draw_days_of(struct table *table)
{
    const struct attendance *attendance = table->attendance;
    struct arena *arena = table->drawing.arena;
    int length = clock_days_between(attendance->first_day, attendance->last_day) + 1;

    if ((size_t)length * pages_a_day(attendance->count) > PAGES_MOST && length > 1) {
        draw_day(table, NULL);
        return;
    }
    for (int i = 0; i < length; i++) {
        const char *day = clock_day_after(arena, attendance->first_day, i);

        if (length == 1 || !is_sunday(day))
            draw_day(table, day);
    }
}

enum err pdf_attendance_draw(struct arena *arena, const struct settings *settings,
                             const struct attendance *attendance, unsigned *pages,
                             struct bytes *pdf)
{
    struct type type;
    struct table table = {.drawing = {.arena = arena, .type = &type}, .attendance = attendance};
    const struct document_facts facts = {
        .title = arena_printf(arena, "Feuille d’émargement – %s – %s", attendance->title,
                              clock_french_day(arena, attendance->first_day)),
        .author = attendance->host,
        .subject = attendance->title,
        .created_at = attendance->printed_at};

    ERR_TRY(draw_check_image(&attendance->logo));
    ERR_TRY(type_open(arena, settings, &type));
    table.drawing.sheet = sheet_open(&type);
    place_columns(&table);
    draw_days_of(&table);
    for (unsigned page = 1; page <= table.drawing.layout.page_count; page++)
        draw_foot_of(&table, page);
    *pages = table.drawing.layout.page_count;
    return sheet_finish(table.drawing.sheet, &facts, pdf);
}
