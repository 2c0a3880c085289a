/* A table for spreadsheet programs. */
#include <csv.h>
#include <string.h>

#include "table/table.h"

#define DELIMITER ';'

struct table_writer table_write(struct arena *arena, size_t limit)
{
    struct table_writer writer = {.out = buf_new(arena, limit)};

    buf_puts(&writer.out, "\xef\xbb\xbf");
    return writer;
}

/* What begins so is calculated by Excel and LibreOffice when the file is opened, which can run
 * programs and send data away; the wide forms are Excel's in Asian languages. */
static bool is_formula(const char *text)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};

    if (text[0] != '\0' && strchr("=+-@\t\r", text[0]))
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0)
            return true;
    return false;
}

/* Also for what could be taken for another delimiter. */
static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);

    return length > 0 &&
           (strcspn(text, ";,|\"\r\n\t") < length || text[0] == ' ' || text[length - 1] == ' ');
}

void table_put(struct table_writer *writer, const char *text)
{
    struct arena *arena = writer->out.arena;

    if (writer->in_row)
        buf_putc(&writer->out, DELIMITER);
    writer->in_row = true;
    if (is_formula(text))
        text = arena_printf(arena, "'%s", text);
    if (needs_quotes(text)) {
        size_t size = csv_write(NULL, 0, text, strlen(text));
        char *quoted = arena_alloc(arena, size);

        csv_write(quoted, size, text, strlen(text));
        buf_put(&writer->out, quoted, size);
    } else {
        buf_puts(&writer->out, text);
    }
}

void table_end_row(struct table_writer *writer)
{
    buf_puts(&writer->out, "\r\n");
    writer->in_row = false;
}
