/* The cells of a file. */
#include <csv.h>
#include <string.h>

#include "table/table.h"

#define LINES_TRIED 20 /* to find out by what cells are apart */

const struct table_limits table_usual_limits = {
    .bytes = (size_t)2 * 1024 * 1024, .rows = 5001, .columns = 200};

/* What libcsv's calls fill; everything is allocated before, so that no call of ours leaves libcsv
 * by a jump. */
struct reading {
    struct table *table;
    const struct table_limits *limits;
    const char **cells;
    char *text;
    const char **row; /* the first cell of the row that is being read */
    size_t count;     /* of its cells */
    size_t number;    /* of that row */
    bool blank;
    bool too_wide;
    bool too_long;
};

static void take_cell(void *content, size_t length, void *what)
{
    struct reading *reading = what;
    const char *text = content;

    if (reading->count == reading->limits->columns) {
        reading->too_wide |= length > 0;
        return;
    }
    if (reading->too_long)
        return;
    if (length > 0)
        memcpy(reading->text, text, length);
    reading->text[length] = '\0';
    reading->row[reading->count++] = reading->text;
    reading->blank &= reading->text[strspn(reading->text, " \n\t")] == '\0';
    reading->text += length + 1;
}

static void take_row(int end, void *what)
{
    struct reading *reading = what;
    struct table *table = reading->table;

    (void)end;
    if (!reading->blank && table->count == reading->limits->rows)
        reading->too_long = true;
    else if (!reading->blank) {
        table->rows[table->count++] = (struct table_row){
            .number = reading->number, .cells = reading->row, .count = reading->count};
        reading->row += reading->count;
    }
    reading->count = 0;
    reading->blank = true;
    reading->number++;
}

static size_t occurrences(const char *text, char c)
{
    size_t count = 0;

    for (; (text = strchr(text, c)) != NULL; text++)
        count++;
    return count;
}

/* How often each of the candidates stands outside of quotes in the first lines. */
static char find_delimiter(const char *text)
{
    static const char candidates[] = ";\t,|";
    size_t counts[sizeof candidates] = {0}, best = 0, lines = 0;
    bool quoted = false;

    for (; *text && lines < LINES_TRIED; text++) {
        const char *candidate = strchr(candidates, *text);

        if (*text == '"')
            quoted = !quoted;
        else if (!quoted && candidate)
            counts[candidate - candidates]++;
        else if (!quoted && *text == '\n')
            lines++;
    }
    for (size_t i = 1; candidates[i]; i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

/* Excel's own first line, "sep=;": names the delimiter, and is no row of the table. */
static const char *skip_declaration(const char *text, struct reading *reading)
{
    if (strncmp(text, "sep=", 4) != 0 || text[4] == '\0' || text[4] == '\n' || text[5] != '\n')
        return text;
    reading->table->delimiter = text[4];
    reading->number = 2;
    return text + 6;
}

static enum err parse(const char *text, struct reading *reading)
{
    struct csv_parser parser;
    size_t length = strlen(text);
    int end = -1;

    if (csv_init(&parser, CSV_REPALL_NL) != 0)
        return err_raise(ERR_INTERNAL, NULL, "libcsv does not start");
    csv_set_delim(&parser, (unsigned char)reading->table->delimiter);
    /* Stray quotes are taken as they are; a quote that is open at the end is not. */
    if (csv_parse(&parser, text, length, take_cell, take_row, reading) == length &&
        csv_set_opts(&parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI) == 0)
        end = csv_fini(&parser, take_cell, take_row, reading);
    csv_free(&parser);
    if (end != 0 && csv_error(&parser) == CSV_ENOMEM)
        return err_raise(ERR_UNAVAILABLE, NULL, "libcsv has no memory");
    if (end != 0) {
        reading->table->open_quote = reading->number;
        return err_raise(ERR_INVALID, "table-quote", "row %zu", reading->number);
    }
    return ERR_OK;
}

static enum err check(const struct reading *reading)
{
    if (reading->too_long)
        return err_raise(ERR_TOO_LARGE, "table-too-many-rows", "more than %zu rows",
                         reading->limits->rows);
    if (reading->too_wide)
        return err_raise(ERR_TOO_LARGE, "table-too-many-columns", "more than %zu columns",
                         reading->limits->columns);
    return reading->table->count > 0 ? ERR_OK
                                     : err_raise(ERR_INVALID, "table-empty", "blank rows alone");
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

enum err table_read(struct arena *arena, struct bytes file, const struct table_limits *limits,
                    struct table *table)
{
    struct reading reading = {.table = table, .limits = limits, .number = 1, .blank = true};
    const char *text;
    size_t lines, cells;

    *table = (struct table){.delimiter = '\0'};
    if (file.length > limits->bytes)
        return err_raise(ERR_TOO_LARGE, "table-too-large", "%zu bytes", file.length);
    ERR_TRY(table_decode(arena, file, &text, &table->encoding));
    text = skip_declaration(text, &reading);
    if (table->delimiter == '\0')
        table->delimiter = find_delimiter(text);
    lines = occurrences(text, '\n') + 1;
    cells =
        least(lines + occurrences(text, table->delimiter), (limits->rows + 1) * limits->columns);
    table->rows = ARENA_NEW_ARRAY(arena, least(lines, limits->rows), struct table_row);
    reading.row = ARENA_NEW_ARRAY(arena, cells, const char *);
    reading.text = arena_alloc(arena, strlen(text) + cells + 1);
    ERR_TRY(parse(text, &reading));
    return check(&reading);
}
