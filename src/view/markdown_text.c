/* Markdown as plain text, from the same events that the PDF is drawn from. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "view/markdown.h"

#define LINE_MOST 74  /* characters; mail programs quote with two more */
#define LEVELS_MOST 8 /* lists and quotes in one another that are still indented */
#define NUMBER_MOST 16

/* A list item or quote one is in. */
struct level {
    char marker[NUMBER_MOST]; /* "– ", "12. " or "> " */
    bool is_pending;          /* an item's marker not yet written */
    bool is_quote;
};

struct page {
    struct arena *arena;
    struct buf out;
    struct buf text; /* of the paragraph at hand; a line feed is a hard break */
    struct level levels[LEVELS_MOST];
    unsigned depth; /* may exceed LEVELS_MOST */
    size_t link;    /* where the link's label began in text */
    bool is_tight;  /* no empty line before the next paragraph */
};

static void level_push(struct page *page, const char *marker, bool is_quote)
{
    if (page->depth < LEVELS_MOST) {
        struct level *level = &page->levels[page->depth];

        *level = (struct level){.is_pending = true, .is_quote = is_quote};
        snprintf(level->marker, sizeof level->marker, "%s", marker);
    }
    page->depth++;
}

/* Writes what stands before a line, and returns how wide it is. */
static size_t put_prefix(struct page *page)
{
    size_t width = 0;

    for (unsigned i = 0; i < page->depth && i < LEVELS_MOST; i++) {
        struct level *level = &page->levels[i];
        size_t length = text_length(level->marker);

        if (level->is_quote || level->is_pending)
            buf_puts(&page->out, level->marker);
        else
            buf_printf(&page->out, "%*s", (int)length, "");
        level->is_pending = false;
        width += length;
    }
    return width;
}

static void begin_block(struct page *page)
{
    if (page->out.length > 0 && !page->is_tight)
        buf_putc(&page->out, '\n');
}

static size_t letters_in(const char *text, size_t length)
{
    size_t letters = 0;

    for (size_t i = 0; i < length; i++)
        letters += ((unsigned char)text[i] & 0xC0) != 0x80;
    return letters;
}

static void put_word(struct page *page, const char *word, size_t length, size_t *width)
{
    size_t letters = letters_in(word, length);

    if (*width > 0 && *width + 1 + letters > LINE_MOST) {
        buf_putc(&page->out, '\n');
        *width = 0;
    }
    if (*width > 0) {
        buf_putc(&page->out, ' ');
        ++*width;
    } else {
        *width = put_prefix(page);
    }
    buf_put(&page->out, word, length);
    *width += letters;
}

/* The paragraph's text in lines, each behind the prefix of the levels one is in. */
static void put_paragraph(struct page *page)
{
    size_t length, width = 0;

    for (const char *text = page->text.data; *text; text += length) {
        length = 1;
        if (*text == '\n') {
            if (width == 0)
                put_prefix(page);
            buf_putc(&page->out, '\n');
            width = 0;
        } else if (*text != ' ') {
            length = strcspn(text, " \n");
            put_word(page, text, length, &width);
        }
    }
    if (width > 0)
        buf_putc(&page->out, '\n');
    buf_clear(&page->text);
}

/* « label : address », or the address alone where the label says the same. */
static void end_link(struct page *page, const char *address)
{
    const char *label = page->text.data + page->link;
    const char *shown = strncmp(address, "mailto:", 7) == 0 ? address + 7 : address;

    if (shown[0] == '\0' || strcmp(label, shown) == 0 || strcmp(label, address) == 0)
        return;
    if (label[0] != '\0')
        buf_puts(&page->text, "\u00a0: ");
    buf_puts(&page->text, shown);
}

static void put_code_block(struct page *page, const char *text)
{
    begin_block(page);
    while (*text) {
        size_t length = strcspn(text, "\n");

        put_prefix(page);
        buf_puts(&page->out, "    ");
        buf_put(&page->out, text, length);
        buf_putc(&page->out, '\n');
        text += length + (text[length] == '\n');
    }
    page->is_tight = false;
}

static void put_rule(struct page *page)
{
    begin_block(page);
    put_prefix(page);
    buf_puts(&page->out, "––––––––––\n");
    page->is_tight = false;
}

static const char *item_marker(struct page *page, int number)
{
    return number ? arena_printf(page->arena, "%d. ", number) : "– ";
}

static void enter(struct page *page, const struct view_event *event)
{
    switch (event->node) {
    case VIEW_NODE_QUOTE:
        begin_block(page);
        page->is_tight = true;
        level_push(page, "> ", true);
        break;
    case VIEW_NODE_LIST:
        begin_block(page);
        page->is_tight = true;
        break;
    case VIEW_NODE_ITEM:
        level_push(page, item_marker(page, event->number), false);
        break;
    case VIEW_NODE_PARAGRAPH:
    case VIEW_NODE_HEADING:
        begin_block(page);
        break;
    case VIEW_NODE_CODE_BLOCK:
        put_code_block(page, event->text);
        break;
    case VIEW_NODE_RULE:
        put_rule(page);
        break;
    case VIEW_NODE_TEXT:
    case VIEW_NODE_CODE:
        buf_puts(&page->text, event->text);
        break;
    case VIEW_NODE_SOFT_BREAK:
        buf_putc(&page->text, ' ');
        break;
    case VIEW_NODE_LINE_BREAK:
        buf_putc(&page->text, '\n');
        break;
    case VIEW_NODE_LINK:
        page->link = page->text.length;
        break;
    case VIEW_NODE_DOCUMENT:
    case VIEW_NODE_EMPHASIS:
    case VIEW_NODE_STRONG:
    case VIEW_NODE_IMAGE:
        break;
    }
}

static void leave(struct page *page, const struct view_event *event)
{
    switch (event->node) {
    case VIEW_NODE_PARAGRAPH:
    case VIEW_NODE_HEADING:
        put_paragraph(page);
        page->is_tight = event->tight;
        break;
    case VIEW_NODE_ITEM:
        if (page->depth <= LEVELS_MOST && page->levels[page->depth - 1].is_pending) {
            put_prefix(page);
            buf_putc(&page->out, '\n');
        }
        page->depth--;
        break;
    case VIEW_NODE_LIST:
        page->is_tight = page->depth > 0 && event->tight;
        break;
    case VIEW_NODE_QUOTE:
        page->depth--;
        page->is_tight = false;
        break;
    case VIEW_NODE_LINK:
        end_link(page, event->address);
        break;
    case VIEW_NODE_DOCUMENT:
    case VIEW_NODE_CODE_BLOCK:
    case VIEW_NODE_RULE:
    case VIEW_NODE_TEXT:
    case VIEW_NODE_CODE:
    case VIEW_NODE_SOFT_BREAK:
    case VIEW_NODE_LINE_BREAK:
    case VIEW_NODE_EMPHASIS:
    case VIEW_NODE_STRONG:
    case VIEW_NODE_IMAGE:
        break;
    }
}

enum err view_markdown_text(struct arena *arena, const char *markdown, size_t limit,
                            const char **text)
{
    struct page page = {.arena = arena,
                        .out = buf_new(arena, limit * 8 + 4096),
                        .text = buf_new(arena, limit * 8 + 4096)};
    const struct view_event *events;
    size_t count;

    ERR_TRY(view_markdown_walk(arena, markdown, limit, &events, &count));
    for (size_t i = 0; i < count; i++)
        if (events[i].entering)
            enter(&page, &events[i]);
        else
            leave(&page, &events[i]);
    if (page.out.overflown || page.text.overflown)
        return err_raise(ERR_TOO_LARGE, "markdown-too-large", "as text more than %zu bytes",
                         page.out.limit);
    *text = page.out.data;
    return ERR_OK;
}
