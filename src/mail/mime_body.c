#include "mail/mime_body.h"

#include <openssl/evp.h>

#include "base/text.h"

#define LINE 76
#define BASE64_LINE_BYTES (LINE / 4 * 3)

static const char *line_end(const char *at)
{
    return at + strcspn(at, "\r\n");
}

static const char *after_line_end(const char *at)
{
    if (at[0] == '\r' && at[1] == '\n')
        return at + 2;
    return *at ? at + 1 : at;
}

/* The end of the character at `at`; a byte that is no UTF-8 counts as one. */
static const char *character_end(const char *at, const char *end)
{
    const char *next = at;
    uint32_t character;

    return text_next(&next, end, &character) ? next : at + 1;
}

static bool is_literal(char c, bool last)
{
    if (c == ' ' || c == '\t')
        return !last;
    return c > ' ' && c <= '~' && c != '=';
}

static void put_line(struct buf *out, const char *at, const char *end)
{
    size_t column = 0;

    while (at < end) {
        const char *next = character_end(at, end);
        bool literal = next == at + 1 && is_literal(*at, next == end);
        size_t width = literal ? 1 : 3 * (size_t)(next - at);
        size_t room = next == end ? LINE : LINE - 1; /* keep one for the soft break's '=' */

        if (column + width > room) {
            buf_puts(out, "=\r\n");
            column = 0;
        }
        if (literal)
            buf_putc(out, *at);
        else
            for (const char *byte = at; byte < next; byte++)
                buf_printf(out, "=%02X", (unsigned char)*byte);
        column += width;
        at = next;
    }
    buf_puts(out, "\r\n");
}

void mime_quoted_printable(struct buf *out, const char *text)
{
    while (*text) {
        const char *end = line_end(text);

        put_line(out, text, end);
        text = after_line_end(end);
    }
}

void mime_base64(struct buf *out, struct bytes content)
{
    unsigned char line[LINE + 1];

    for (size_t at = 0; at < content.length; at += BASE64_LINE_BYTES) {
        size_t left = content.length - at;
        size_t take = left < BASE64_LINE_BYTES ? left : BASE64_LINE_BYTES;
        int written = EVP_EncodeBlock(line, content.data + at, (int)take);

        buf_put(out, line, (size_t)written);
        buf_puts(out, "\r\n");
    }
}
