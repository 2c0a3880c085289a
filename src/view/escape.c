#include "view/escape.h"

#include <ctype.h>
#include <string.h>

/* What stands for a character in HTML, NULL for itself. */
static const char *const entities[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

static void put_html(struct buf *out, const char *text)
{
    const char *from = text, *at = text;

    for (; *at; at++) {
        const char *entity = entities[(unsigned char)*at];
        if (!entity)
            continue;
        buf_put(out, from, (size_t)(at - from));
        buf_puts(out, entity);
        from = at + 1;
    }
    buf_put(out, from, (size_t)(at - from));
}

/* CommonMark §2.4: any ASCII punctuation may be escaped; §6.7: a backslash before a line end is a
 * hard break. Blanks at a line's start or end would mean code or a break, and mean nothing here. */
static void put_markdown(struct buf *out, const char *text)
{
    static const char space[] = " \t\r\n\v\f";
    const char *end = text + strlen(text);

    text += strspn(text, space);
    while (end > text && strchr(space, end[-1]))
        end--;
    while (text < end) {
        const char *line = text + strcspn(text, "\r\n");
        const char *next;

        if (line > end)
            line = end;
        next = line + (line < end && line[0] == '\r' && line[1] == '\n') + (line < end);
        while (line > text && strchr(space, line[-1]))
            line--;
        for (; text < line; text++) {
            if (ispunct((unsigned char)*text))
                buf_putc(out, '\\');
            buf_putc(out, *text);
        }
        if (next < end)
            buf_puts(out, "\\\n");
        text = next;
        while (text < end && (*text == ' ' || *text == '\t'))
            text++;
    }
}

static void put_subject(struct buf *out, const char *text)
{
    for (; *text; text++)
        buf_putc(out, (unsigned char)*text < ' ' || *text == '\x7f' ? ' ' : *text);
}

enum view_escape view_escape_of(const char *name)
{
    const char *extension = strrchr(name, '.');

    if (extension && strcmp(extension, ".html") == 0)
        return VIEW_ESCAPE_HTML;
    if (extension && strcmp(extension, ".md") == 0)
        return VIEW_ESCAPE_MARKDOWN;
    return VIEW_ESCAPE_NONE;
}

void view_put_escaped(struct buf *out, enum view_escape escape, const char *text)
{
    switch (escape) {
    case VIEW_ESCAPE_HTML:
        put_html(out, text);
        break;
    case VIEW_ESCAPE_MARKDOWN:
        put_markdown(out, text);
        break;
    case VIEW_ESCAPE_SUBJECT:
        put_subject(out, text);
        break;
    case VIEW_ESCAPE_NONE:
        buf_puts(out, text);
        break;
    }
}
