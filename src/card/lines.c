#include "card/lines.h"

#include <ctype.h>
#include <strings.h>

#include "card/card.h"

#define LINE_MOST ((size_t)3 * CARD_TEXT_MOST + 1024) /* quoted-printable makes three of one */
#define PARAMETERS_MOST 32

struct card_lines card_lines_of(struct arena *arena, struct bytes text)
{
    const char *at = (const char *)text.data;

    return (struct card_lines){
        .arena = arena, .at = at, .end = at + text.length, .line = buf_new(arena, LINE_MOST)};
}

/* One line of the file, without its end; LF, CRLF or CR. */
static struct bytes take_line(struct card_lines *lines)
{
    const char *start = lines->at;
    size_t length;

    while (lines->at < lines->end && *lines->at != '\n' && *lines->at != '\r')
        lines->at++;
    length = (size_t)(lines->at - start);
    if (lines->at + 1 < lines->end && lines->at[0] == '\r' && lines->at[1] == '\n')
        lines->at++;
    if (lines->at < lines->end)
        lines->at++;
    return (struct bytes){(const unsigned char *)start, length};
}

/* What fits; the rest of a long line (a photograph) is passed over. */
static void append(struct buf *line, struct bytes bytes)
{
    size_t room = line->limit - line->length;

    if (bytes.length > room)
        line->overflown = true;
    buf_put(line, bytes.data, bytes.length < room ? bytes.length : room);
}

static bool has_word(const char *text, size_t length, const char *word)
{
    size_t size = strlen(word);

    for (size_t i = 0; i + size <= length; i++)
        if (strncasecmp(text + i, word, size) == 0)
            return true;
    return false;
}

/* Whether the line goes on behind its last "=" (RFC 2045 §6.7, rule 5). */
static bool has_soft_break(const struct buf *line)
{
    return line->length > 0 && !line->overflown && line->data[line->length - 1] == '=' &&
           has_word(line->data, strcspn(line->data, ":"), "QUOTED-PRINTABLE");
}

static bool is_folded(const struct card_lines *lines)
{
    return lines->at < lines->end && (*lines->at == ' ' || *lines->at == '\t');
}

static void unfold(struct card_lines *lines)
{
    buf_clear(&lines->line);
    lines->line.overflown = false;
    append(&lines->line, take_line(lines));
    for (;;) {
        if (has_soft_break(&lines->line) && lines->at < lines->end) {
            lines->line.data[--lines->line.length] = '\0';
        } else if (is_folded(lines)) {
            lines->at++;
            if (lines->keeps_spaces)
                append(&lines->line, bytes_of(" "));
        } else {
            return;
        }
        append(&lines->line, take_line(lines));
    }
}

/* Where text has the character outside of double quotes; its end where it has it not. */
static size_t find(const char *text, char wanted)
{
    bool quoted = false;
    size_t i = 0;

    for (; text[i] && (quoted || text[i] != wanted); i++)
        if (text[i] == '"')
            quoted = !quoted;
    return i;
}

static void read_parameter(struct card_lines *lines, const char *text, size_t length,
                           bool *is_quoted_printable, struct card_property *property)
{
    const char *equals = memchr(text, '=', length);
    const char *value = equals ? equals + 1 : text;
    size_t size = length - (size_t)(value - text);

    if (equals && strncasecmp(text, "CHARSET", (size_t)(equals - text)) == 0 && size < 40)
        property->charset = arena_strndup(lines->arena, value, size);
    else if (equals && strncasecmp(text, "PREF", (size_t)(equals - text)) == 0)
        property->is_preferred = true;
    else {
        *is_quoted_printable |= has_word(value, size, "QUOTED-PRINTABLE");
        property->is_binary |=
            has_word(value, size, "BASE64") || (size == 1 && toupper((unsigned char)*value) == 'B');
        property->is_preferred |= has_word(value, size, "PREF");
        property->is_fax |= has_word(value, size, "FAX") || has_word(value, size, "PAGER");
        property->is_work |= has_word(value, size, "WORK");
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)toupper((unsigned char)c);
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* What is not encoded as it should be stays as it is. */
static void decode_quoted_printable(struct card_lines *lines, struct card_property *property)
{
    char *out = arena_alloc(lines->arena, property->length + 1), *to = out;
    const char *from = property->value, *end = from + property->length;

    while (from < end) {
        int high = end - from > 2 && *from == '=' ? hex_digit(from[1]) : -1;
        int low = high >= 0 ? hex_digit(from[2]) : -1;

        if (low >= 0) {
            *to++ = (char)(high * 16 + low);
            from += 3;
        } else {
            *to++ = *from++;
        }
    }
    property->value = out;
    property->length = (size_t)(to - out);
}

static const char *capitals(struct arena *arena, const char *text, size_t length)
{
    char *out = arena_strndup(arena, text, length);

    for (char *c = out; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return out;
}

/* "group.NAME;PARAMETER=value;WORD:value"; false where it is not of that form. */
static bool take_apart(struct card_lines *lines, struct card_property *property)
{
    const char *text = lines->line.data;
    size_t colon = find(text, ':'), size = strcspn(text, ";:"), at = size;
    bool is_quoted_printable = false;
    const char *dot;

    if (text[colon] == '\0' || size == 0 || size > 100)
        return false;
    *property = (struct card_property){.charset = "", .is_too_long = lines->line.overflown};
    dot = memchr(text, '.', size);
    if (dot) {
        size -= (size_t)(dot + 1 - text);
        text = dot + 1;
    }
    property->name = capitals(lines->arena, text, size);
    text = lines->line.data;
    for (int i = 0; i < PARAMETERS_MOST && at < colon; i++) {
        size_t length = find(text + at + 1, ';');

        if (at + 1 + length > colon)
            length = colon - at - 1;
        read_parameter(lines, text + at + 1, length, &is_quoted_printable, property);
        at += 1 + length;
    }
    property->value = text + colon + 1;
    property->length = lines->line.length - colon - 1;
    if (is_quoted_printable)
        decode_quoted_printable(lines, property);
    return true;
}

bool card_lines_next(struct card_lines *lines, struct card_property *property)
{
    while (lines->at < lines->end) {
        unfold(lines);
        if (take_apart(lines, property))
            return true;
    }
    return false;
}
