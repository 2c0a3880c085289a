#include "db/script.h"

#include <ctype.h>
#include <stdbool.h>

static bool starts(struct bytes text, const char *with)
{
    return bytes_start_with(text, bytes_of(with));
}

static bool is_space(unsigned char c)
{
    return isspace(c) != 0;
}

/* How long the comment to the end of the line is that text begins with; 0 for none. `--` needs
 * white space behind it, or 5--2 would be one. */
static size_t line_comment(struct bytes text)
{
    size_t length = 0;

    if (!starts(text, "#") && !(starts(text, "--") && (text.length == 2 || is_space(text.data[2]))))
        return 0;
    while (length < text.length && text.data[length] != '\n')
        length++;
    return length;
}

/* A comment or a quotation, which is opened: its length, or 0 if it is not closed. */
static size_t closed_by(struct bytes text, size_t from, const char *end, bool backslash)
{
    size_t length = strlen(end);

    for (size_t i = from; i + length <= text.length; i++) {
        if (backslash && text.data[i] == '\\')
            i++;
        else if (memcmp(text.data + i, end, length) == 0)
            return i + length;
    }
    return 0;
}

/* How many bytes at the beginning of text belong together: a comment, a quotation, or one
 * character. A doubled quote in a quotation reads as two quotations, which comes to the same.
 * 0 if it is not closed. */
static size_t piece(struct bytes text, bool *comment)
{
    size_t length = line_comment(text);

    *comment = length > 0;
    if (length > 0)
        return length;
    if (starts(text, "/*")) {
        *comment = !starts(text, "/*!") && !starts(text, "/*+");
        return closed_by(text, 2, "*/", false);
    }
    if (starts(text, "'"))
        return closed_by(text, 1, "'", true);
    if (starts(text, "\""))
        return closed_by(text, 1, "\"", true);
    if (starts(text, "`"))
        return closed_by(text, 1, "`", false);
    return 1;
}

static void advance(struct script *script, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (script->rest.data[i] == '\n')
            script->line++;
    script->rest.data += length;
    script->rest.length -= length;
}

enum err script_next(struct script *script, struct bytes *statement, int *line)
{
    *statement = (struct bytes){NULL, 0};
    *line = script->line;
    while (script->rest.length > 0) {
        bool comment, begun = statement->data, end = !begun && *script->rest.data == ';';
        size_t length = piece(script->rest, &comment);

        if (length == 0)
            return err_raise(ERR_INVALID, "schema-file",
                             "line %d: a quote or comment is not closed", script->line);
        if (begun && *script->rest.data == ';') {
            advance(script, 1);
            return ERR_OK;
        }
        if (!begun && !comment && !end && !is_space(*script->rest.data)) {
            statement->data = script->rest.data;
            *line = script->line;
        }
        advance(script, length);
        if (statement->data && !comment)
            statement->length = (size_t)(script->rest.data - statement->data);
    }
    return ERR_OK;
}
