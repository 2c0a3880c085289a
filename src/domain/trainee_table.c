#include "domain/trainee_table.h"

#include <string.h>

#include "base/text.h"
#include "base/typed.h"
#include "table/table.h"

enum column {
    LAST_NAME,
    FIRST_NAME,
    WHOLE_NAME,
    BIRTH_DAY,
    CLASS_NAME,
    GUARDIAN,
    GUARDIAN_LAST,
    GUARDIAN_FIRST,
    PHONE,
    EMAIL,
    ADDRESS,
    POSTAL_CODE,
    CITY,
    COLUMNS
};

/* The titles that schools' programs and schools themselves give, as text_fold leaves them; what
 * is said of the guardian before what may be the pupil's own. */
static const struct table_column columns[COLUMNS] = {
    [LAST_NAME] = {"last_name", "nom de famille|nom de famille eleve|nom de l eleve|nom eleve|"
                                "nom du stagiaire|nom d usage|nom usuel|nom"},
    [FIRST_NAME] = {"first_name", "prenom|prenom de l eleve|prenom eleve|prenom du stagiaire|"
                                  "prenom usuel|prenom d usage|prenom 1|prenoms|prenom s"},
    [WHOLE_NAME] = {"whole_name", "nom et prenom|nom prenom|noms et prenoms|nom prenoms|"
                                  "nom et prenom de l eleve|nom prenom eleve|eleve|stagiaire"},
    [BIRTH_DAY] = {"birth_day", "date de naissance|ne e le|ne le|nee le|date naissance|naissance|"
                                "date de naiss|date naiss|date nais|ddn|date de naissance eleve|"
                                "date naissance eleve"},
    [CLASS_NAME] = {"class_name", "classe|division|div|classe division|code division|"
                                  "libelle division|code classe|libelle classe|"
                                  "classe de rattachement|code structure|structure"},
    [GUARDIAN] = {"guardian_name", "responsable legal 1|representant legal 1|responsable legal|"
                                   "representant legal|responsable 1|resp legal 1|resp legal|"
                                   "responsable|nom et prenom responsable|"
                                   "nom et prenom du responsable|nom prenom responsable|"
                                   "parent 1|parent|contact 1"},
    [GUARDIAN_LAST] = {"guardian_name",
                       "nom responsable legal 1|nom du responsable legal 1|nom resp legal 1|"
                       "nom representant legal 1|nom responsable legal|nom du responsable legal|"
                       "nom resp legal|nom representant legal|nom responsable 1|nom resp 1|"
                       "nom du responsable|nom responsable|nom resp|nom parent 1|nom du parent"},
    [GUARDIAN_FIRST] = {"guardian_name",
                        "prenom responsable legal 1|prenom du responsable legal 1|"
                        "prenom resp legal 1|prenom representant legal 1|prenom responsable legal|"
                        "prenom du responsable legal|prenom resp legal|prenom representant legal|"
                        "prenom responsable 1|prenom resp 1|prenom du responsable|"
                        "prenom responsable|prenom resp|prenom parent 1|prenom du parent"},
    [PHONE] = {"guardian_phone",
               "tel portable responsable legal 1|tel portable resp legal 1|"
               "tel portable resp legal|telephone portable resp legal 1|portable resp legal 1|"
               "telephone responsable legal 1|tel responsable legal 1|tel resp legal 1|"
               "telephone resp legal 1|tel resp legal|telephone responsable legal|"
               "tel responsable legal|telephone responsable 1|tel responsable 1|tel resp 1|"
               "portable responsable|telephone du responsable|telephone responsable|"
               "tel responsable|tel resp|tel parent 1|telephone portable|tel portable|portable|"
               "telephone mobile|tel mobile|mobile|telephone|tel|numero de telephone|"
               "telephone 1|tel 1|telephone personnel|tel personnel|telephone domicile|"
               "tel domicile"},
    [EMAIL] = {"guardian_email",
               "courriel responsable legal 1|courriel resp legal 1|courriel resp legal|"
               "mail responsable legal 1|mail resp legal 1|mail resp legal|"
               "email responsable legal 1|email resp legal 1|mel resp legal 1|"
               "courriel responsable legal|courriel responsable 1|mail responsable 1|"
               "email responsable 1|courriel du responsable|courriel responsable|"
               "mail responsable|email responsable|mel responsable|mail resp|email resp|"
               "mail parent 1|courriel|adresse electronique|adresse mail|adresse e mail|"
               "adresse email|e mail|email|mail|mel|courriel 1|email 1|mail 1"},
    [ADDRESS] = {"guardian_address",
                 "adresse responsable legal 1|adresse resp legal 1|adresse resp legal|"
                 "ligne 1 adresse resp legal 1|adresse du responsable|adresse responsable|"
                 "adresse postale|adresse complete|adresse|adresse 1|adresse ligne 1|"
                 "ligne 1 adresse|rue"},
    [POSTAL_CODE] = {"guardian_address", "code postal resp legal 1|code postal resp legal|"
                                         "code postal responsable|code postal|cp|c p"},
    [CITY] = {"guardian_address", "commune resp legal 1|commune resp legal|ville resp legal 1|"
                                  "ville responsable|commune responsable|ville|commune|localite"},
};

struct reading {
    struct arena *arena;
    const struct table_row *row;
    const size_t *at;
    const char *class_name;
    const char *today;
};

static const char *cell(const struct reading *reading, enum column column)
{
    return table_value(reading->arena, reading->row, reading->at[column]);
}

void trainee_line_refuse(struct trainee_line *line, const char *column, const char *sentence,
                         const char *text)
{
    if (line->fault_count < TRAINEE_FAULTS_MOST)
        line->faults[line->fault_count++] = (struct trainee_fault){column, sentence, text};
}

static const char *check_length(struct trainee_line *line, const char *column, const char *text,
                                size_t most)
{
    if (text_length(text) > most)
        trainee_line_refuse(line, column, "import-too-long", text);
    return text;
}

static const char *require(struct trainee_line *line, const char *column, const char *text,
                           size_t most)
{
    if (text[0] == '\0')
        trainee_line_refuse(line, column, "form-required", "");
    return check_length(line, column, text, most);
}

/* "DUPONT-MARTIN Camille": the words in capitals are the last name. Where there are none, or
 * nothing else, the two cannot be told apart. */
static bool split_name(struct arena *arena, const char *whole, struct trainee *trainee)
{
    const char *first = whole;

    while (*first) {
        size_t end = strcspn(first, " ");
        const char *word = arena_strndup(arena, first, end);

        if (strcmp(text_upper(arena, word), word) != 0)
            break;
        first += end + strspn(first + end, " ");
    }
    if (first == whole || *first == '\0')
        return false;
    trainee->last_name = text_squeeze(arena, arena_strndup(arena, whole, (size_t)(first - whole)));
    trainee->first_name = first;
    return true;
}

static void read_names(const struct reading *reading, struct trainee_line *line)
{
    struct trainee *trainee = &line->trainee;
    const char *whole = cell(reading, WHOLE_NAME);

    trainee->last_name = cell(reading, LAST_NAME);
    trainee->first_name = cell(reading, FIRST_NAME);
    if (reading->at[FIRST_NAME] == TABLE_ABSENT && whole[0] &&
        !split_name(reading->arena, whole, trainee)) {
        trainee->last_name = whole;
        trainee->first_name = "";
        trainee_line_refuse(line, "whole_name", "import-name-unclear", whole);
        return;
    }
    require(line, "last_name", trainee->last_name, 100);
    require(line, "first_name", trainee->first_name, 100);
}

/* A day, without the hour that some programs put behind it. */
static void read_birth_day(const struct reading *reading, struct trainee_line *line)
{
    const char *typed = cell(reading, BIRTH_DAY);
    const char *hour = strpbrk(typed, " T"), *day;

    if (hour && strpbrk(hour, "0:") == hour + 1)
        typed = arena_strndup(reading->arena, typed, (size_t)(hour - typed));
    day = typed_day(reading->arena, typed);
    line->trainee.birth_day = day ? day : "";
    if (typed[0] == '\0')
        trainee_line_refuse(line, "birth_day", "form-required", "");
    else if (!day)
        trainee_line_refuse(line, "birth_day", "import-not-day", typed);
    else if (!trainee_age_fits(day, reading->today))
        trainee_line_refuse(line, "birth_day", "trainee-age", typed);
}

static void read_guardian_name(const struct reading *reading, struct trainee_line *line)
{
    const char *name = cell(reading, GUARDIAN);

    if (name[0] == '\0')
        name = text_squeeze(reading->arena,
                            arena_printf(reading->arena, "%s %s", cell(reading, GUARDIAN_FIRST),
                                         cell(reading, GUARDIAN_LAST)));
    line->trainee.guardian_name = check_length(line, "guardian_name", name, 150);
}

/* The first of several, "06 … / 04 …" or "a@b.fr; c@d.fr". */
static const char *first_of(struct arena *arena, const char *text)
{
    return text_squeeze(arena, arena_strndup(arena, text, strcspn(text, ",;/")));
}

/* Spreadsheet programs take a telephone for a number, and its first zero away. */
static const char *with_zero(struct arena *arena, const char *text)
{
    return strlen(text) == 9 && strspn(text, "0123456789") == 9 && text[0] != '0'
               ? arena_printf(arena, "0%s", text)
               : text;
}

static void read_phone(const struct reading *reading, struct trainee_line *line)
{
    struct arena *arena = reading->arena;
    const char *typed = cell(reading, PHONE), *phone = typed_phone(arena, with_zero(arena, typed));

    if (!phone)
        phone = typed_phone(arena, with_zero(arena, first_of(arena, typed)));
    if (!phone && typed[0])
        trainee_line_refuse(line, "guardian_phone", "form-not-phone", typed);
    line->trainee.guardian_phone = phone ? phone : "";
}

static void read_email(const struct reading *reading, struct trainee_line *line)
{
    const char *typed = cell(reading, EMAIL);
    const char *email = typed_email(reading->arena, first_of(reading->arena, typed));

    if (!email && typed[0])
        trainee_line_refuse(line, "guardian_email", "form-not-email", typed);
    line->trainee.guardian_email = email ? email : "";
}

/* Street, postal code and city, in one cell or in three. */
static void read_address(const struct reading *reading, struct trainee_line *line)
{
    const char *street = cell(reading, ADDRESS);
    const char *city =
        text_squeeze(reading->arena, arena_printf(reading->arena, "%s %s",
                                                  cell(reading, POSTAL_CODE), cell(reading, CITY)));

    line->trainee.guardian_address = check_length(
        line, "guardian_address",
        arena_printf(reading->arena, "%s%s%s", street, street[0] && city[0] ? ", " : "", city),
        300);
}

static struct trainee_line read_line(const struct reading *reading)
{
    struct trainee_line line = {.number = reading->row->number};
    const char *class_name = cell(reading, CLASS_NAME);

    read_names(reading, &line);
    read_birth_day(reading, &line);
    line.trainee.class_name =
        check_length(&line, "class_name", class_name[0] ? class_name : reading->class_name, 50);
    read_guardian_name(reading, &line);
    read_phone(reading, &line);
    read_email(reading, &line);
    read_address(reading, &line);
    return line;
}

static void list_missing(const size_t *at, struct trainee_table *table)
{
    bool whole = at[WHOLE_NAME] != TABLE_ABSENT && at[FIRST_NAME] == TABLE_ABSENT;
    static const enum column needed[] = {LAST_NAME, FIRST_NAME, BIRTH_DAY};

    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (at[needed[i]] == TABLE_ABSENT && !(whole && needed[i] != BIRTH_DAY))
            table->missing[table->missing_count++] = columns[needed[i]].name;
}

enum err trainee_table_read(struct arena *arena, struct bytes file, const char *class_name,
                            const char *today, struct trainee_table *trainees)
{
    struct reading reading = {.arena = arena, .class_name = class_name, .today = today};
    struct table_header header;
    struct table table = {.open_quote = 0};
    enum err code = table_read(arena, file, &table_usual_limits, &table);

    *trainees = (struct trainee_table){.open_quote = table.open_quote};
    ERR_TRY(code);
    table_find(arena, &table, columns, COLUMNS, &header);
    trainees->unused = header.unused;
    trainees->unused_count = header.unused_count;
    reading.at = header.at;
    list_missing(header.at, trainees);
    if (trainees->missing_count > 0)
        return err_raise(ERR_INVALID, "import-columns", "%zu columns are missing",
                         trainees->missing_count);
    if (header.row + 1 == table.count)
        return err_raise(ERR_INVALID, "import-no-rows", "titles alone");
    trainees->lines = ARENA_NEW_ARRAY(arena, table.count - header.row - 1, struct trainee_line);
    for (size_t i = header.row + 1; i < table.count; i++) {
        reading.row = &table.rows[i];
        trainees->lines[trainees->count++] = read_line(&reading);
    }
    return ERR_OK;
}
