/* Reads a table of establishments, and says what is wrong with each of its rows. */
#include <string.h>

#include "base/text.h"
#include "base/typed.h"
#include "domain/directory_import.h"
#include "table/table.h"

enum column { UAI, NAME, EMAIL, ADDRESS, POSTAL_CODE, CITY, PHONE, COLUMNS };

/* The titles of the ministry's directory and of those that people make, as text_fold leaves them.
 */
static const struct table_column columns[COLUMNS] = {
    [UAI] = {"uai", "code uai|uai|numero uai|identifiant de l etablissement|"
                    "code etablissement|code rne|rne"},
    [NAME] = {"name", "nom de l etablissement|nom etablissement|appellation officielle|"
                      "denomination principale|denomination|nom|etablissement"},
    [EMAIL] = {"email", "adresse electronique|courriel|adresse mail|adresse e mail|adresse email|"
                        "e mail|email|mail|mel"},
    [ADDRESS] = {"address", "adresse postale|adresse 1|adresse|adresse uai|rue"},
    [POSTAL_CODE] = {"postal_code", "code postal|code postal uai|cp"},
    [CITY] = {"city",
              "commune|nom commune|ville|localite|libelle commune|localite acheminement uai"},
    [PHONE] = {"phone", "telephone|tel|numero de telephone"},
};

struct reading {
    struct arena *arena;
    const struct table_row *row;
    const size_t *at;
    struct directory_line *line;
};

static void complain(struct reading *reading, enum column column, const char *sentence,
                     const char *text)
{
    struct directory_line *line = reading->line;

    line->faults[line->fault_count++] = (struct directory_fault){
        .column = columns[column].name, .sentence = sentence, .text = text};
}

/* A text of at most that many characters. */
static const char *read_text(struct reading *reading, enum column column, size_t most)
{
    const char *text = table_value(reading->arena, reading->row, reading->at[column]);

    if (text_length(text) > most)
        complain(reading, column, "directory-too-long", text);
    return text;
}

/* What one of the readers of base/typed.h makes of it; as it stands where it is no such thing. */
static const char *read_typed(struct reading *reading, enum column column, const char *sentence,
                              const char *(*read)(struct arena *arena, const char *typed))
{
    const char *text = table_value(reading->arena, reading->row, reading->at[column]);
    const char *good = text[0] ? read(reading->arena, text) : text;

    if (!good)
        complain(reading, column, sentence, text);
    return good ? good : text;
}

static const char *read_uai(struct reading *reading)
{
    const char *text = table_value(reading->arena, reading->row, reading->at[UAI]);
    const char *uai = uai_tidy(reading->arena, text);

    if (uai[0] == '\0')
        complain(reading, UAI, "form-required", "");
    else if (!uai_is_valid(uai))
        complain(reading, UAI, "uai-invalid", uai);
    return uai;
}

/* Spreadsheet programs take the zero before a code for nothing: "1100" is 01100. */
static const char *read_postal_code(struct reading *reading)
{
    const char *text = table_value(reading->arena, reading->row, reading->at[POSTAL_CODE]);
    size_t digits = strspn(text, "0123456789");

    if (text[0] == '\0' || (digits == 5 && text[5] == '\0'))
        return text;
    if (digits == 4 && text[4] == '\0')
        return arena_printf(reading->arena, "0%s", text);
    complain(reading, POSTAL_CODE, "postal-code-invalid", text);
    return text;
}

static void read_line(struct arena *arena, const struct table_row *row, const size_t *at,
                      struct directory_line *line)
{
    struct reading reading = {.arena = arena, .row = row, .at = at, .line = line};

    line->number = row->number;
    line->establishment =
        (struct establishment){.uai = read_uai(&reading),
                               .name = read_text(&reading, NAME, 200),
                               .email = read_typed(&reading, EMAIL, "email-invalid", typed_email),
                               .address = read_text(&reading, ADDRESS, 300),
                               .postal_code = read_postal_code(&reading),
                               .city = read_text(&reading, CITY, 100),
                               .phone = read_typed(&reading, PHONE, "form-not-phone", typed_phone),
                               .head_name = "",
                               .head_title = ""};
}

enum err directory_table_read(struct arena *arena, struct bytes file, struct directory_table *table)
{
    struct table_header header;
    struct table read = {.open_quote = 0};
    enum err code = table_read(arena, file, &table_usual_limits, &read);

    *table = (struct directory_table){.open_quote = read.open_quote};
    ERR_TRY(code);
    table_find(arena, &read, columns, COLUMNS, &header);
    if (header.found == 0 || header.at[UAI] == TABLE_ABSENT)
        return err_raise(ERR_INVALID, "directory-columns", "no UAI");
    table->unused = header.unused;
    table->unused_count = header.unused_count;
    table->lines = ARENA_NEW_ARRAY(arena, read.count, struct directory_line);
    for (size_t i = header.row + 1; i < read.count; i++)
        read_line(arena, &read.rows[i], header.at, &table->lines[table->count++]);
    return table->count > 0 ? ERR_OK : err_raise(ERR_INVALID, "directory-no-rows", "titles alone");
}
