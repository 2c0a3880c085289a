/* Tables as spreadsheet programs write them: CSV in any of its shapes.
 *
 *     static const struct table_column columns[] = {
 *         {"last_name", "nom de famille|nom"},
 *         {"birth_day", "date de naissance|ne e le"},
 *     };
 *     struct table table;
 *     struct table_header header;
 *
 *     ERR_TRY(table_read(arena, file, &limits, &table));
 *     table_find(arena, &table, columns, 2, &header);
 *     for (size_t i = header.row + 1; i < table.count; i++)
 *         … table_value(arena, &table.rows[i], header.at[0]) … table.rows[i].number …
 */
#ifndef PARAPHE_TABLE_TABLE_H
#define PARAPHE_TABLE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"

struct table_limits {
    size_t bytes;   /* of the file */
    size_t rows;    /* that are not blank, the one of titles included */
    size_t columns; /* of a row */
};

/* 2 MB, 5,000 rows under the titles, 200 columns: what views/errors.txt says of files too large. */
extern const struct table_limits table_usual_limits;

struct table_row {
    size_t number;      /* as spreadsheet programs count them, from 1 */
    const char **cells; /* UTF-8; line ends inside are \n */
    size_t count;
};

struct table {
    const char *encoding; /* "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252" … */
    char delimiter;
    struct table_row *rows; /* those that are not blank */
    size_t count;
    size_t open_quote; /* the row where a quote opens that nothing closes; 0 for none */
};

/* Reads a file: UTF-8 and UTF-16 with or without a byte order mark, Windows-1252, the Macintosh's
 * and DOS's encodings; cells apart by semicolons, commas, tabs or bars, quoted or not; any line
 * ends. Errors: ERR_INVALID "table-empty", "table-workbook" (another program's file, an .xlsx
 * say), "table-not-text", "table-encoding" or "table-quote" (table->open_quote says where);
 * ERR_TOO_LARGE "table-too-large", "table-too-many-rows" or "table-too-many-columns". */
enum err table_read(struct arena *arena, struct bytes file, const struct table_limits *limits,
                    struct table *table);

/* The file's text as UTF-8 without byte order mark, NUL or carriage return: line ends are \n.
 * Errors as above. */
enum err table_decode(struct arena *arena, struct bytes file, const char **text,
                      const char **encoding);

/* A column that is looked for, by its titles as text_fold leaves them, "nom de famille|nom"; the
 * earlier is preferred. */
struct table_column {
    const char *name;
    const char *titles;
};

#define TABLE_ABSENT SIZE_MAX

struct table_header {
    size_t row;          /* the row of titles, as an index into table.rows */
    size_t found;        /* how many of the columns are there */
    size_t *at;          /* per column: its cell's index in each row, or TABLE_ABSENT */
    const char **unused; /* titles that stand for no column */
    size_t unused_count;
};

/* Finds the row of titles among the first ten, since some programs put lines of their own before
 * it, and the columns in it. Where no title is known, found is 0. */
void table_find(struct arena *arena, const struct table *table, const struct table_column *columns,
                size_t count, struct table_header *header);

/* A row's cell as text on one line (text_squeeze), without the apostrophe that table_put set;
 * "" for a cell that is not there, TABLE_ABSENT included. */
const char *table_value(struct arena *arena, const struct table_row *row, size_t at);

/* What Excel in French opens right, and every other program: UTF-8 with a byte order mark,
 * semicolons, CRLF. */
struct table_writer {
    struct buf out;
    bool in_row;
};

/* limit: the bytes the table may have; what goes over marks writer.out as overflown. */
struct table_writer table_write(struct arena *arena, size_t limit);

/* One cell. A text that a spreadsheet program would take for a formula gets an apostrophe before
 * it, which such programs do not show as part of it. */
void table_put(struct table_writer *writer, const char *text);
void table_end_row(struct table_writer *writer);

#endif
