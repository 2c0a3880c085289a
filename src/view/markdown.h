/* Markdown (CommonMark, by cmark): help texts, mails, the text of the convention.
 *
 * Raw HTML is never let through and addresses with dangerous schemes are dropped. All functions
 * take at most limit bytes of UTF-8 (ERR_TOO_LARGE "markdown-too-large", ERR_INVALID
 * "markdown-not-utf8"); results live in the arena, and never is there a callback. */
#ifndef PARAPHE_VIEW_MARKDOWN_H
#define PARAPHE_VIEW_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

#define VIEW_MARKDOWN_MOST ((size_t)256 * 1024) /* a limit that suits what people write */

/* As HTML, for a field of the kind HTML. */
enum err view_markdown_html(struct arena *arena, const char *markdown, size_t limit,
                            const char **html);

/* As plain text, for a mail's text part: paragraphs wrapped at 74 characters, list items with "–"
 * or their number, links as « label : address », headings on a line of their own. */
enum err view_markdown_text(struct arena *arena, const char *markdown, size_t limit,
                            const char **text);

enum view_node {
    VIEW_NODE_DOCUMENT,
    VIEW_NODE_QUOTE,
    VIEW_NODE_LIST,
    VIEW_NODE_ITEM,
    VIEW_NODE_PARAGRAPH,
    VIEW_NODE_HEADING,
    VIEW_NODE_CODE_BLOCK, /* no leaving event */
    VIEW_NODE_RULE,       /* ---; no leaving event */
    VIEW_NODE_TEXT,       /* no leaving event */
    VIEW_NODE_CODE,       /* no leaving event */
    VIEW_NODE_SOFT_BREAK, /* a line end that is shown as a space; no leaving event */
    VIEW_NODE_LINE_BREAK, /* no leaving event */
    VIEW_NODE_EMPHASIS,
    VIEW_NODE_STRONG,
    VIEW_NODE_LINK,
    VIEW_NODE_IMAGE /* its inside is the picture's description */
};

struct view_event {
    enum view_node node;
    bool entering;       /* false: leaving what was entered */
    const char *text;    /* of a text, code or code block, else "" */
    const char *address; /* of a link or image, else "" */
    int level;           /* of a heading: 1 to 6 */
    int number;          /* of an item in a numbered list; 0 in a list with bullets */
    bool tight;          /* a list, or a paragraph in one, without space between items */
};

/* The document as what one meets when walking it, first to last. */
enum err view_markdown_walk(struct arena *arena, const char *markdown, size_t limit,
                            const struct view_event **events, size_t *count);

#endif
