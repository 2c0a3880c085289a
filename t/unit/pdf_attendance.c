/* The attendance sheet, as other programs see it. `t/unit/pdf_attendance DIRECTORY` keeps the files
 * there, to be looked at. */
#include "pdf/attendance.h"
#include "t/unit/pdf_tools.h"
#include "t/unit/tap.h"

#include <stdlib.h>

#define LINES_MOST 4000
#define LONG(letter) letter letter letter letter letter letter letter letter letter letter

static struct attendance sheet_of(struct tools *tools, size_t count)
{
    struct attendance_row *rows = ARENA_NEW_ARRAY(tools->arena, count, struct attendance_row);

    for (size_t i = 0; i < count; i++)
        rows[i] = (struct attendance_row){.last_name =
                                              arena_printf(tools->arena, "ŁUKASZEWICZ%zu", i + 1),
                                          .first_name = "Anne-Éléonore",
                                          .school = "Collège Simone-Lagrange",
                                          .class_name = "3e B",
                                          .guardian_name = "Guillaume de La Roche-Sœur",
                                          .guardian_phone = "06 01 02 03 04"};
    return (struct attendance){.host = "Lycée polyvalent Rosa-Bonheur",
                               .logo = tools_picture(tools, 240, 240, 90),
                               .title = "Mini-stage en atelier menuiserie",
                               .course = "CAP menuisier fabricant",
                               .first_day = "2027-02-05",
                               .last_day = "2027-02-05",
                               .starts_at = "08:30",
                               .ends_at = "16:30",
                               .place = "Atelier bois, bâtiment C",
                               .person_name = "Samuel Ménard",
                               .person_phone = "04 72 00 10 21",
                               .rows = rows,
                               .count = count,
                               .printed_at = 1801483200};
}

/* Draws and writes a file; the number of its pages, 0 where it fails. */
static unsigned draw(struct tools *tools, const struct attendance *attendance, const char *name)
{
    struct bytes pdf;
    unsigned pages;

    if (pdf_attendance_draw(tools->arena, &tools->settings, attendance, &pages, &pdf) != ERR_OK)
        return 0;
    tools_write(tools, name, pdf);
    return pages;
}

/* Every line stands on its page, and the table's rows above the foot. */
static bool stands_on_pages(struct tools *tools, const char *name)
{
    struct text_line *lines = ARENA_NEW_ARRAY(tools->arena, LINES_MOST, struct text_line);
    size_t count = tools_lines(tools, name, lines, LINES_MOST);

    for (size_t i = 0; i < count; i++)
        if (lines[i].left < 28 || lines[i].right > 595 - 28 || lines[i].top < 28 ||
            lines[i].bottom > 842 - 18)
            return false;
    return count > 0;
}

static void test_one_page(struct tools *tools)
{
    static const char *const words[] = {"Feuille d’émargement",
                                        "Lycée polyvalent Rosa-Bonheur",
                                        "vendredi 5 février 2027",
                                        "8 h 30 – 16 h 30",
                                        "Atelier bois, bâtiment C",
                                        "Samuel Ménard, 04 72 00 10 21",
                                        "CAP menuisier fabricant",
                                        "Stagiaires inscrits 3",
                                        "ŁUKASZEWICZ1",
                                        "Collège Simone-Lagrange",
                                        "3e B",
                                        "06 01 02 03 04",
                                        "Nom et prénom",
                                        "Arrivée",
                                        "Départ",
                                        "Responsable légal",
                                        "Page 1 / 1",
                                        "ŁUKASZEWICZ3"};
    struct attendance attendance = sheet_of(tools, 3);
    const char *text;

    IS_INT(draw(tools, &attendance, "three.pdf"), 1, "three trainees stand on one page");
    text = tools_text(tools, "three.pdf");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        OK(strstr(text, words[i]), arena_printf(tools->arena, "it says « %s »", words[i]));
    OK(stands_on_pages(tools, "three.pdf"), "nothing leaves the page");
    OK(!memmem(tools_read(tools, "three.pdf").data, tools_read(tools, "three.pdf").length,
               "ParapheID", 9),
       "it is not taken for a convention");
}

static void test_many(struct tools *tools)
{
    struct attendance attendance = sheet_of(tools, 60), again = sheet_of(tools, 60);
    struct bytes one, other;
    const char *text;
    unsigned pages = draw(tools, &attendance, "many.pdf");

    IS_INT(pages, 3, "sixty trainees take three pages");
    text = tools_text(tools, "many.pdf");
    OK(strstr(text, "ŁUKASZEWICZ60") && strstr(text, "Page 3 / 3"), "the last is there");
    OK(strstr(text, "Feuille d’émargement · Mini-stage en atelier menuiserie · vendredi"),
       "the pages that follow say of what they are");
    OK(stands_on_pages(tools, "many.pdf"), "nothing leaves a page");
    draw(tools, &again, "again.pdf");
    one = tools_read(tools, "many.pdf");
    other = tools_read(tools, "again.pdf");
    OK(one.length == other.length && memcmp(one.data, other.data, one.length) == 0,
       "the same sheet gives the same bytes");
}

static void test_days(struct tools *tools)
{
    struct attendance attendance = sheet_of(tools, 2);
    const char *text;

    attendance.last_day = "2027-02-09";
    IS_INT(draw(tools, &attendance, "days.pdf"), 4,
           "Friday to Tuesday is a page a day, but Sunday");
    text = tools_text(tools, "days.pdf");
    OK(strstr(text, "samedi 6 février 2027") && !strstr(text, "dimanche"), "each says its day");
    attendance.last_day = "2027-06-05";
    IS_INT(draw(tools, &attendance, "months.pdf"), 1,
           "months take one page, whose day is filled in by hand");
    OK(strstr(tools_text(tools, "months.pdf"), "du 05-02-2027 au 05-06-2027 ; ce jour-là, le"),
       "which says so");
}

static void test_extremes(struct tools *tools)
{
    struct attendance attendance = sheet_of(tools, 0);
    struct attendance_row longest = {.last_name = LONG("ŞĞİÖÜÇŁŻŹĆ"),
                                     .first_name = LONG("Éléonore-w"),
                                     .school = LONG("Collège de Wysokie-M"),
                                     .class_name = LONG("Terml"),
                                     .guardian_name = LONG("Madame Wysoka-"),
                                     .guardian_phone = "+123456789012345"};

    IS_INT(draw(tools, &attendance, "none.pdf"), 1, "nobody takes a page");
    OK(strstr(tools_text(tools, "none.pdf"), "Aucun stagiaire n’est inscrit."), "that says so");
    attendance.rows = &longest;
    attendance.count = 1;
    attendance.host = attendance.title = attendance.course = attendance.place =
        LONG("Découverte du baccal");
    attendance.person_name = LONG("Monsieur de La");
    attendance.logo = (struct paper_image){.rgb = NULL};
    IS_INT(draw(tools, &attendance, "longest.pdf"), 1, "the longest names are drawn");
    OK(stands_on_pages(tools, "longest.pdf"), "and stay on the page");
    attendance = sheet_of(tools, 1000);
    OK(draw(tools, &attendance, "thousand.pdf") > 35, "a thousand trainees are drawn");
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"three.pdf",   "many.pdf",   "days.pdf",
                                        "longest.pdf", "months.pdf", "none.pdf"};
    struct tools tools;

    tools_open(&tools);
    test_one_page(&tools);
    test_many(&tools);
    test_days(&tools);
    test_extremes(&tools);
    for (size_t i = 0; argc > 1 && i < sizeof names / sizeof names[0]; i++)
        tools_run(&tools, NULL, "cp", tools_path(&tools, names[i]), argv[1], NULL);
    tools_close(&tools);
    return tap_end();
}
