/* Tables in the shapes that spreadsheet programs and schools' software really write. */
#include "table/table.h"

#include <stdlib.h>

#include "t/unit/tap.h"

static struct arena *arena;

static const struct table_limits limits = {.bytes = 100000, .rows = 100, .columns = 20};

static const struct table_column columns[] = {
    {"last_name", "nom de famille|nom"},
    {"first_name", "prenom"},
    {"birth_day", "date de naissance|ne e le"},
    {"class_name", "classe|division"},
    {"guardian", "responsable legal 1|responsable"},
    {"phone", "tel portable|tel"},
    {"email", "adresse electronique|courriel"},
    {"address", "adresse"},
};
enum { LAST, FIRST, BIRTH, CLASS, GUARDIAN, PHONE, EMAIL, ADDRESS, COLUMNS };

static struct bytes load(const char *name)
{
    FILE *file = fopen(arena_printf(arena, PARAPHE_SOURCE "/t/unit/tables/%s", name), "rb");
    char *data = arena_alloc(arena, limits.bytes);
    struct bytes content = {(const unsigned char *)data, 0};

    if (file) {
        content.length = fread(data, 1, limits.bytes, file);
        fclose(file);
    }
    return content;
}

static enum err read_text(const char *text, struct table *table)
{
    return table_read(arena, bytes_of(text), &limits, table);
}

static const char *value(const struct table *table, const struct table_header *header, size_t row,
                         size_t column)
{
    return table_value(arena, &table->rows[header->row + row], header->at[column]);
}

static const char *title(const char *file, const char *what)
{
    return arena_printf(arena, "%s: %s", file, what);
}

/* Every file holds the same three pupils. */
static void test_shape(const char *name, const char *encoding, char delimiter)
{
    struct table table;
    struct table_header header;

    if (!OK(table_read(arena, load(name), &limits, &table) == ERR_OK, title(name, "is read")))
        return;
    IS_STR(table.encoding, encoding, title(name, "its encoding is found"));
    IS_INT(table.delimiter, delimiter, title(name, "its delimiter is found"));
    table_find(arena, &table, columns, COLUMNS, &header);
    IS_INT(header.found, COLUMNS, title(name, "all columns are found by their titles"));
    if (!OK(table.count == header.row + 4, title(name, "it has three rows under the titles")))
        return;
    IS_STR(value(&table, &header, 1, LAST), "DUPONT-MÜLLER", title(name, "capitals with accents"));
    IS_STR(value(&table, &header, 1, FIRST), "Élodie", title(name, "a first name"));
    IS_STR(value(&table, &header, 3, LAST), "ÇELIK", title(name, "a cedilla"));
    IS_STR(value(&table, &header, 3, FIRST), "Zoë", title(name, "a diaeresis"));
    IS_STR(value(&table, &header, 3, BIRTH), "29/02/2012", title(name, "a date as it stands"));
    IS_STR(value(&table, &header, 1, GUARDIAN), "Mme DUPONT Hélène", title(name, "the guardian"));
    IS_STR(value(&table, &header, 1, ADDRESS), "12, rue de l'Église 69100 Villeurbanne",
           title(name, "a cell of two lines"));
    IS_STR(value(&table, &header, 3, ADDRESS), "Résidence \"Les Lilas\"",
           title(name, "quotes in a cell"));
    IS_STR(value(&table, &header, 3, PHONE), "+33 6 98 76 54 32", title(name, "a telephone"));
}

static void test_shapes(void)
{
    test_shape("excel-fr-windows.csv", "WINDOWS-1252", ';');
    test_shape("excel-utf8.csv", "UTF-8", ';');
    test_shape("excel-unicode-text.csv", "UTF-16LE", '\t');
    test_shape("excel-dos.csv", "CP850", ';');
    test_shape("excel-macintosh.csv", "MACINTOSH", ';');
    test_shape("excel-separator.csv", "UTF-8", ';');
    test_shape("libreoffice-comma.csv", "UTF-8", ',');
    test_shape("libreoffice-semicolon.csv", "UTF-8", ';');
    test_shape("numbers.csv", "UTF-8", ';');
    test_shape("google-sheets.csv", "UTF-8", ',');
    test_shape("school-software.csv", "WINDOWS-1252", ';');
    test_shape("copied-from-web.csv", "UTF-8", '\t');
}

static void test_rows(void)
{
    struct table table;

    OK(read_text("a;b\n\n\"x\ny\";2\n;;\n c ;d", &table) == ERR_OK, "a table with blank rows");
    IS_INT(table.count, 3, "blank rows are left out");
    IS_INT(table.rows[1].number, 3, "but counted, as on the screen of the spreadsheet program");
    IS_INT(table.rows[2].number, 5, "a row of two lines counts once, one of empty cells too");
    IS_STR(table.rows[1].cells[0], "x\ny", "a line end in quotes belongs to the cell");
    IS_STR(table_value(arena, &table.rows[2], 0), "c", "a value has no spaces around it");
    IS_STR(table_value(arena, &table.rows[2], 7), "", "a cell that is not there is empty");
    IS_STR(table_value(arena, &table.rows[2], TABLE_ABSENT), "", "and so is an absent column's");
    OK(read_text("a;b\r1;2\r", &table) == ERR_OK && table.count == 2, "CR alone ends rows");
    OK(read_text("nom, prénom;classe\nUn, deux;3e\n", &table) == ERR_OK && table.rows[0].count == 2,
       "the commoner delimiter is taken");
    OK(read_text("\"a;b;c\",d\n1,2\n", &table) == ERR_OK && table.rows[0].count == 2,
       "delimiters in quotes do not count");
    OK(read_text("seul\nun\n", &table) == ERR_OK && table.rows[1].count == 1, "one column");
    OK(read_text("a;l\"eau\n", &table) == ERR_OK && strcmp(table.rows[0].cells[1], "l\"eau") == 0,
       "a quote inside of a cell without quotes is itself");
}

static void test_titles(void)
{
    struct table table;
    struct table_header header;

    read_text("Liste du 3 mai;\n;\nNOM;Nom de famille;Prénom *;Remarque\nA;B;C;D\n", &table);
    table_find(arena, &table, columns, COLUMNS, &header);
    IS_INT(header.row, 1, "the row of titles need not be the first");
    IS_INT(header.at[LAST], 1, "the better title is preferred");
    IS_INT(header.at[FIRST], 2, "a title may have a mark");
    OK(header.at[CLASS] == TABLE_ABSENT, "what is not there is absent");
    IS_INT(header.unused_count, 2, "what serves for nothing is listed");
    IS_STR(header.unused[1], "Remarque", "by its title");
    read_text("a;b\n", &table);
    table_find(arena, &table, columns, COLUMNS, &header);
    IS_INT(header.found, 0, "where nothing is known, nothing is found");
}

static void refused(struct bytes file, enum err code, const char *key, const char *what)
{
    struct table table;

    OK(table_read(arena, file, &limits, &table) == code && strcmp(err_last()->key, key) == 0, what);
}

static void test_refusals(void)
{
    struct table table;
    char *long_one = arena_alloc(arena, 100002), *wide = arena_alloc(arena, 100);
    const struct bytes nul = {(const unsigned char *)"a;b\0c", 5};
    const struct bytes half = {(const unsigned char *)"\xff\xfe\x41\xd8;\0", 6};

    refused(bytes_of(""), ERR_INVALID, "table-empty", "no bytes");
    refused(bytes_of("\xef\xbb\xbf"), ERR_INVALID, "table-empty", "a mark and nothing else");
    refused(bytes_of(" \n;;\n\n"), ERR_INVALID, "table-empty", "blank rows alone");
    refused(bytes_of("PK\x03\x04..."), ERR_INVALID, "table-workbook", "an .xlsx");
    refused(bytes_of("\xd0\xcf\x11\xe0..."), ERR_INVALID, "table-workbook", "an .xls");
    refused(nul, ERR_INVALID, "table-not-text", "a NUL");
    refused(bytes_of("\xef\xbb\xbfn\xe9;1\n"), ERR_INVALID, "table-encoding",
            "what is not what its mark says");
    refused(half, ERR_INVALID, "table-encoding", "half a character of UTF-16");
    OK(read_text("a;b\n1;2\n3;\"4\n5;6\n", &table) == ERR_INVALID &&
           strcmp(err_last()->key, "table-quote") == 0 && table.open_quote == 3,
       "a quote that nothing closes, and in which row it opens");
    memset(long_one, 'a', 100001);
    refused(bytes_of(long_one), ERR_TOO_LARGE, "table-too-large", "more bytes than the limit");
    for (size_t i = 0; i < 101; i++)
        memcpy(long_one + 2 * i, "a\n", 2);
    long_one[202] = '\0';
    refused(bytes_of(long_one), ERR_TOO_LARGE, "table-too-many-rows", "more rows than the limit");
    long_one[200] = '\0';
    OK(read_text(long_one, &table) == ERR_OK && table.count == 100, "as many rows as the limit");
    memset(wide, ';', 20);
    OK(read_text(wide, &table) == ERR_INVALID, "as many columns, all empty, is an empty table");
    wide[20] = 'x';
    refused(bytes_of(wide), ERR_TOO_LARGE, "table-too-many-columns", "more columns");
}

static const char *written(const char *const *cells, size_t count)
{
    struct table_writer writer = table_write(arena, 1000);

    for (size_t i = 0; i < count; i++)
        table_put(&writer, cells[i]);
    table_end_row(&writer);
    return writer.out.data;
}

static void test_writing(void)
{
    static const char *const plain[] = {"DUPONT", "Zoé", "", "06 01 02 03 04"};
    static const char *const quoted[] = {"a;b", "c,d", "dit \"le petit\"", "x\ny", " z"};
    static const char *const formulas[] = {"=1+1", "+33", "-2", "@SUM(A1)", "＝1", "a=b"};
    struct table table;

    IS_STR(written(plain, 4),
           "\xef\xbb\xbf"
           "DUPONT;Zoé;;06 01 02 03 04\r\n",
           "a mark, semicolons, CRLF");
    IS_STR(written(quoted, 5),
           "\xef\xbb\xbf\"a;b\";\"c,d\";\"dit \"\"le petit\"\"\";\"x\ny\";\" z\"\r\n",
           "quotes where they are needed");
    IS_STR(written(formulas, 6), "\xef\xbb\xbf'=1+1;'+33;'-2;'@SUM(A1);'＝1;a=b\r\n",
           "nothing is left that a spreadsheet program would calculate");
    read_text(written(formulas, 6), &table);
    IS_STR(table_value(arena, &table.rows[0], 1), "+33", "and is read again as it was");
    IS_STR(table_value(arena, &table.rows[0], 5), "a=b", "what had no apostrophe is as it was");
}

int main(void)
{
    arena = arena_new((size_t)64 * 1024 * 1024);
    test_shapes();
    test_rows();
    test_titles();
    test_refusals();
    test_writing();
    arena_free(arena);
    return tap_end();
}
