#include "view/markdown.h"

#include <cmark.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/text.h"

/* cmark's tree is freed when the arena is reset, or before: whatever happens in between (the arena
 * running out jumps away) it is not lost. */
struct tree {
    cmark_node *document;
};

static void tree_free(void *what)
{
    struct tree *tree = (struct tree *)what;

    if (tree->document)
        cmark_node_free(tree->document);
    tree->document = NULL;
}

static enum err tree_of(struct arena *arena, const char *markdown, size_t limit, struct tree **tree)
{
    struct bytes text = bytes_of(markdown);

    if (text.length > limit)
        return err_raise(ERR_TOO_LARGE, "markdown-too-large", "%zu bytes of at most %zu",
                         text.length, limit);
    if (!text_is_utf8(text))
        return err_raise(ERR_INVALID, "markdown-not-utf8", "Markdown is not UTF-8");
    *tree = ARENA_NEW(arena, struct tree);
    arena_on_reset(arena, tree_free, *tree);
    (*tree)->document = cmark_parse_document(markdown, text.length, CMARK_OPT_DEFAULT);
    return ERR_OK;
}

static void release(void *what)
{
    char **text = (char **)what;

    free(*text);
    *text = NULL;
}

enum err view_markdown_html(struct arena *arena, const char *markdown, size_t limit,
                            const char **html)
{
    char **rendered;
    struct tree *tree;

    ERR_TRY(tree_of(arena, markdown, limit, &tree));
    rendered = ARENA_NEW(arena, char *);
    arena_on_reset(arena, release, rendered);
    *rendered = cmark_render_html(tree->document, CMARK_OPT_DEFAULT);
    tree_free(tree);
    *html = arena_strdup(arena, *rendered);
    release(rendered);
    return ERR_OK;
}

/* Our word for cmark's; false for what is never shown: raw HTML. */
static bool node_of(cmark_node *node, enum view_node *kind)
{
    static const struct {
        cmark_node_type type;
        enum view_node kind;
    } words[] = {
        {CMARK_NODE_DOCUMENT, VIEW_NODE_DOCUMENT},
        {CMARK_NODE_BLOCK_QUOTE, VIEW_NODE_QUOTE},
        {CMARK_NODE_LIST, VIEW_NODE_LIST},
        {CMARK_NODE_ITEM, VIEW_NODE_ITEM},
        {CMARK_NODE_CODE_BLOCK, VIEW_NODE_CODE_BLOCK},
        {CMARK_NODE_PARAGRAPH, VIEW_NODE_PARAGRAPH},
        {CMARK_NODE_HEADING, VIEW_NODE_HEADING},
        {CMARK_NODE_THEMATIC_BREAK, VIEW_NODE_RULE},
        {CMARK_NODE_TEXT, VIEW_NODE_TEXT},
        {CMARK_NODE_SOFTBREAK, VIEW_NODE_SOFT_BREAK},
        {CMARK_NODE_LINEBREAK, VIEW_NODE_LINE_BREAK},
        {CMARK_NODE_CODE, VIEW_NODE_CODE},
        {CMARK_NODE_EMPH, VIEW_NODE_EMPHASIS},
        {CMARK_NODE_STRONG, VIEW_NODE_STRONG},
        {CMARK_NODE_LINK, VIEW_NODE_LINK},
        {CMARK_NODE_IMAGE, VIEW_NODE_IMAGE},
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].type == cmark_node_get_type(node)) {
            *kind = words[i].kind;
            return true;
        }
    return false;
}

/* The number of an item, counted up in its list's user data. */
static int next_number(cmark_node *item)
{
    cmark_node *list = cmark_node_parent(item);
    intptr_t before = (intptr_t)cmark_node_get_user_data(list);

    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST)
        return 0;
    cmark_node_set_user_data(list, (void *)(before + 1));
    return cmark_node_get_list_start(list) + (int)before;
}

static bool is_tight(cmark_node *node)
{
    cmark_node *up = cmark_node_get_type(node) == CMARK_NODE_LIST ? node : cmark_node_parent(node);

    if (up && cmark_node_get_type(up) == CMARK_NODE_ITEM)
        up = cmark_node_parent(up);
    return up && cmark_node_get_list_tight(up);
}

static const char *copied(struct arena *arena, const char *text)
{
    return text && text[0] ? arena_strdup(arena, text) : "";
}

/* Schemes that browsers run are dropped, as cmark's own renderer does. */
static const char *safe_address(struct arena *arena, const char *address)
{
    static const char *const schemes[] = {"https:", "http:", "mailto:", "tel:"};
    const char *scheme_end = address ? strpbrk(address, ":/?#") : NULL;

    if (!scheme_end || *scheme_end != ':')
        return copied(arena, address);
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncasecmp(address, schemes[i], strlen(schemes[i])) == 0)
            return arena_strdup(arena, address);
    return "";
}

static void fill(struct arena *arena, cmark_node *node, struct view_event *event)
{
    event->text = event->address = "";
    switch (event->node) {
    case VIEW_NODE_TEXT:
    case VIEW_NODE_CODE:
    case VIEW_NODE_CODE_BLOCK:
        event->text = copied(arena, cmark_node_get_literal(node));
        break;
    case VIEW_NODE_LINK:
    case VIEW_NODE_IMAGE:
        event->address = safe_address(arena, cmark_node_get_url(node));
        break;
    case VIEW_NODE_HEADING:
        event->level = cmark_node_get_heading_level(node);
        break;
    case VIEW_NODE_ITEM:
        event->number = event->entering ? next_number(node) : 0;
        break;
    case VIEW_NODE_LIST:
    case VIEW_NODE_PARAGRAPH:
        event->tight = is_tight(node);
        break;
    case VIEW_NODE_DOCUMENT:
    case VIEW_NODE_QUOTE:
    case VIEW_NODE_RULE:
    case VIEW_NODE_SOFT_BREAK:
    case VIEW_NODE_LINE_BREAK:
    case VIEW_NODE_EMPHASIS:
    case VIEW_NODE_STRONG:
        break;
    }
}

static size_t count_events(cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    size_t count = 0;

    while (cmark_iter_next(iter) != CMARK_EVENT_DONE)
        count++;
    cmark_iter_free(iter);
    return count;
}

static void iter_free(void *what)
{
    cmark_iter **iter = (cmark_iter **)what;

    if (*iter)
        cmark_iter_free(*iter);
    *iter = NULL;
}

enum err view_markdown_walk(struct arena *arena, const char *markdown, size_t limit,
                            const struct view_event **events, size_t *count)
{
    struct view_event *event;
    cmark_event_type type;
    cmark_iter **iter;
    struct tree *tree;

    ERR_TRY(tree_of(arena, markdown, limit, &tree));
    event = ARENA_NEW_ARRAY(arena, count_events(tree->document), struct view_event);
    *events = event;
    *count = 0;
    iter = ARENA_NEW(arena, cmark_iter *);
    arena_on_reset(arena, iter_free, iter);
    *iter = cmark_iter_new(tree->document);
    while ((type = cmark_iter_next(*iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(*iter);

        if (!node_of(node, &event->node))
            continue;
        event->entering = type == CMARK_EVENT_ENTER;
        fill(arena, node, event++);
        ++*count;
    }
    iter_free(iter);
    tree_free(tree);
    return ERR_OK;
}
