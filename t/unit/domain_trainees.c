/* Tables of trainees: columns, values, and what is wrong where. */
#include "domain/trainee_table.h"

#include <stdlib.h>

#include "base/clock.h"

#include "t/unit/tap.h"

#define TODAY "2027-02-01"

static struct arena *arena;
static struct trainee_table table;

static enum err read_text(const char *text)
{
    return trainee_table_read(arena, bytes_of(text), "", TODAY, &table);
}

/* The only row of a table with these titles. */
static const struct trainee_line *row(const char *titles, const char *values)
{
    static const struct trainee_line none = {.trainee = {"?", "?", "?", "?", "?", "?", "?", "?"}};

    if (read_text(arena_printf(arena, "%s\n%s\n", titles, values)) != ERR_OK || table.count != 1)
        return &none;
    return &table.lines[0];
}

static const char *birth(const char *typed)
{
    const struct trainee_line *line =
        row("nom;prénom;né(e) le", arena_printf(arena, "A;B;%s", typed));

    return line->fault_count ? line->faults[0].sentence : line->trainee.birth_day;
}

static const char *phone(const char *typed)
{
    const struct trainee_line *line =
        row("nom;prénom;né(e) le;Tél.", arena_printf(arena, "A;B;3/2/2012;%s", typed));

    return line->fault_count ? line->faults[0].sentence : line->trainee.guardian_phone;
}

static const char *email(const char *typed)
{
    const struct trainee_line *line =
        row("nom;prénom;né(e) le;Mail", arena_printf(arena, "A;B;3/2/2012;\"%s\"", typed));

    return line->fault_count ? line->faults[0].sentence : line->trainee.guardian_email;
}

/* "LAST|First" of a name in one cell. */
static const char *name(const char *typed)
{
    const struct trainee_line *line =
        row("Élève;Date de naissance", arena_printf(arena, "%s;3/2/2012", typed));

    return line->fault_count
               ? line->faults[0].sentence
               : arena_printf(arena, "%s|%s", line->trainee.last_name, line->trainee.first_name);
}

static void test_values(void)
{
    IS_STR(birth("03/02/2012"), "2012-02-03", "a day with bars");
    IS_STR(birth("03-02-2012"), "2012-02-03", "with hyphens");
    IS_STR(birth("2012-02-03"), "2012-02-03", "as ISO has it");
    IS_STR(birth("2012-02-03 00:00:00"), "2012-02-03", "with an hour behind it");
    IS_STR(birth("31/02/2012"), "import-not-day", "no such day");
    IS_STR(birth("3 février 2012"), "import-not-day", "in words");
    IS_STR(birth(""), "form-required", "no day");
    IS_STR(birth("03/02/1972"), "trainee-age", "no pupil's");
    IS_STR(phone("06 12 34 56 78"), "06 12 34 56 78", "a telephone");
    IS_STR(phone("612345678"), "06 12 34 56 78", "whose zero a spreadsheet program took");
    IS_STR(phone("'+33 6 12 34 56 78"), "06 12 34 56 78", "with the country");
    IS_STR(phone("06.12.34.56.78 / 04 78 00 11 22"), "06 12 34 56 78", "the first of two");
    IS_STR(phone("inconnu"), "form-not-phone", "no telephone");
    IS_STR(phone(""), "", "none");
    IS_STR(email("A.B@Courriel.Example"), "A.B@courriel.example", "an address");
    IS_STR(email("a@b.example; c@d.example"), "a@b.example", "the first of two");
    IS_STR(email("a@b"), "form-not-email", "no address");
    IS_STR(name("DUPONT Camille"), "DUPONT|Camille", "a name in one cell");
    IS_STR(name("DE LA TOUR D’ÈZE Anne Lise"), "DE LA TOUR D’ÈZE|Anne Lise", "of many words");
    IS_STR(name("Dupont Camille"), "import-name-unclear", "without capitals");
    IS_STR(name("DUPONT CAMILLE"), "import-name-unclear", "of capitals alone");
}

static void test_columns(void)
{
    const struct trainee_line *line =
        row("Nom;Prénom;Né(e) le;Division;Nom Responsable légal 1;Prénom Responsable légal 1;"
            "Adresse;Code postal;Ville;INE",
            "A;B;3/2/2012;3B;DUPONT;Hélène;1 rue X;69100;Lyon;123");

    IS_STR(line->trainee.class_name, "3B", "« Division » is the class");
    IS_STR(line->trainee.guardian_name, "Hélène DUPONT", "a guardian's name from two cells");
    IS_STR(line->trainee.guardian_address, "1 rue X, 69100 Lyon", "an address from three");
    OK(table.unused_count == 1 && strcmp(table.unused[0], "INE") == 0,
       "what serves for nothing is listed");
    line =
        row("Nom de famille;Prénom 1;Date naissance;Div.;Tél. portable;Nom resp. légal 1;"
            "Prénom resp. légal 1;Tél. portable resp. légal 1;Courriel resp. légal 1;"
            "Ligne 1 Adresse;Code postal resp. légal 1;Commune resp. légal 1",
            "A;B;3/2/2012;3B;0611111111;DUPONT;Hélène;0622222222;h@d.example;1 rue X;69100;Lyon");
    IS_STR(line->trainee.guardian_phone, "06 22 22 22 22",
           "the guardian's telephone is preferred to the pupil's");
    OK(strcmp(line->trainee.class_name, "3B") == 0 && table.unused_count == 1 &&
           strcmp(line->trainee.guardian_email, "h@d.example") == 0 &&
           strcmp(line->trainee.guardian_address, "1 rue X, 69100 Lyon") == 0,
       "titles with abbreviations are known");
    OK(read_text("Nom;Classe\nA;B\n") == ERR_INVALID &&
           strcmp(err_last()->key, "import-columns") == 0 && table.missing_count == 2 &&
           strcmp(table.missing[0], "first_name") == 0 &&
           strcmp(table.missing[1], "birth_day") == 0,
       "what is missing is named");
    OK(read_text("x;y\n1;2\n") == ERR_INVALID && table.missing_count == 3,
       "in a table of other things everything is");
    OK(read_text("Élève;Né le\n") == ERR_INVALID && strcmp(err_last()->key, "import-no-rows") == 0,
       "titles alone are no table");
    OK(read_text("Nom;Prénom;Né le\nA;\"B\n") == ERR_INVALID && table.open_quote == 2,
       "a row with an open quote is named");
    OK(trainee_table_read(arena,
                          bytes_of("Nom;Prénom;Né le;Classe\nA;B;3/2/2012;\nC;D;3/2/2012;4e"),
                          "3e B", TODAY, &table) == ERR_OK &&
           strcmp(table.lines[0].trainee.class_name, "3e B") == 0 &&
           strcmp(table.lines[1].trainee.class_name, "4e") == 0,
       "a class may be given for the rows that have none");
}

static void test_faults(void)
{
    const struct trainee_line *line = row("Nom;Prénom;Né(e) le;Classe;Tél;Mail", ";;x;;y;z");

    IS_INT(line->fault_count, 5, "all that is wrong in a row is told at once");
    IS_INT(line->number, 2, "with its number");
    IS_STR(line->faults[2].column, "birth_day", "the column");
    IS_STR(line->faults[2].text, "x", "and what stands there");
    line = row("Nom;Prénom;Né(e) le", arena_printf(arena, "%0120d;B;3/2/2012", 1));
    OK(line->fault_count == 1 && strcmp(line->faults[0].sentence, "import-too-long") == 0,
       "a name longer than can be kept is refused");
}

static void test_rules(void)
{
    const struct trainee a = {"DUPONT", "Éloi", "2012-02-03", "3e", "P", "p@e.example", "01", ""};
    struct trainee b = a;

    OK(trainee_is_same(&a, &b) && trainee_is_complete(&a), "the same data are the same");
    b.guardian_phone = "";
    OK(!trainee_is_same(&a, &b) && !trainee_is_complete(&b),
       "a telephone less is another, lacking");
    IS_STR(trainee_folded_name(arena, &a), "dupont/eloi", "names without case and accents");
    OK(trainee_age_fits("2012-02-03", TODAY) && !trainee_age_fits("2022-02-03", TODAY) &&
           !trainee_age_fits("1990-01-01", TODAY) && !trainee_age_fits("2030-01-01", TODAY),
       "a pupil is 8 to 25 years old");
}

int main(void)
{
    arena = arena_new((size_t)64 * 1024 * 1024);
    clock_open();
    test_values();
    test_columns();
    test_faults();
    test_rules();
    arena_free(arena);
    return tap_end();
}
