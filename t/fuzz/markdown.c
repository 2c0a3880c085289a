/* libFuzzer target: any UTF-8 text as Markdown. Every event that enters is left again, in order;
 * no raw HTML gets through. */
#include <string.h>

#include "base/text.h"
#include "t/fuzz/fuzz.h"
#include "view/markdown.h"

static bool has_end(enum view_node node)
{
    switch (node) {
    case VIEW_NODE_CODE_BLOCK:
    case VIEW_NODE_RULE:
    case VIEW_NODE_TEXT:
    case VIEW_NODE_CODE:
    case VIEW_NODE_SOFT_BREAK:
    case VIEW_NODE_LINE_BREAK:
        return false;
    case VIEW_NODE_DOCUMENT:
    case VIEW_NODE_QUOTE:
    case VIEW_NODE_LIST:
    case VIEW_NODE_ITEM:
    case VIEW_NODE_PARAGRAPH:
    case VIEW_NODE_HEADING:
    case VIEW_NODE_EMPHASIS:
    case VIEW_NODE_STRONG:
    case VIEW_NODE_LINK:
    case VIEW_NODE_IMAGE:
        break;
    }
    return true;
}

static void check_nesting(struct arena *arena, const struct view_event *events, size_t count)
{
    enum view_node *open = ARENA_NEW_ARRAY(arena, count, enum view_node);
    size_t depth = 0;

    for (size_t i = 0; i < count; i++) {
        if (!has_end(events[i].node))
            FUZZ_WANT(events[i].entering);
        else if (events[i].entering)
            open[depth++] = events[i].node;
        else
            FUZZ_WANT(depth > 0 && open[--depth] == events[i].node);
    }
    FUZZ_WANT(depth == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    const struct view_event *events;
    const char *markdown, *result;
    size_t count;

    if (!arena)
        arena = arena_new((size_t)256 * 1024 * 1024);
    markdown = arena_strndup(arena, size > 0 ? (const char *)data : "", size);
    if (view_markdown_walk(arena, markdown, 16384, &events, &count) == ERR_OK) {
        check_nesting(arena, events, count);
        FUZZ_WANT(view_markdown_html(arena, markdown, 16384, &result) == ERR_OK);
        FUZZ_WANT(!strstr(result, "<script") && text_is_utf8(bytes_of(result)));
        if (view_markdown_text(arena, markdown, 16384, &result) == ERR_OK)
            FUZZ_WANT(text_is_utf8(bytes_of(result)));
    }
    arena_reset(arena);
    return 0;
}
