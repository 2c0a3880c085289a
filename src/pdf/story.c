#include "pdf/story.h"

#include "view/markdown.h"

#define DEPTH_MOST 6 /* of indentation; deeper lists stand there too */

static const char bullet[] = "–";

struct reader {
    struct type *type;
    struct flow *flow;
    struct block *block;           /* NULL between blocks */
    const struct view_event *item; /* whose first block is still to come, or NULL */
    unsigned depth;                /* of lists and quotations */
    unsigned strong, emphasis;
    bool first_in_list;
};

static enum face face_now(const struct reader *reader)
{
    if (reader->strong > 0 || reader->block->kind == BLOCK_HEADING)
        return FACE_BOLD;
    return reader->emphasis > 0 ? FACE_ITALIC : FACE_REGULAR;
}

static void open_block(struct reader *reader, enum block_kind kind, bool tight)
{
    struct block *block = flow_add(reader->flow, kind, reader->type);

    block->depth = reader->depth < DEPTH_MOST ? reader->depth : DEPTH_MOST;
    block->close = tight && !reader->first_in_list;
    reader->first_in_list = false;
    if (reader->item)
        setting_add(&block->marker, FACE_REGULAR,
                    reader->item->number > 0
                        ? arena_printf(reader->type->arena, "%d.", reader->item->number)
                        : bullet);
    reader->item = NULL;
    reader->block = block;
}

/* A block without text would be a gap. */
static void close_block(struct reader *reader)
{
    if (reader->block && reader->block->text.count == 0)
        reader->flow->count--;
    reader->block = NULL;
}

static void add_text(struct reader *reader, const char *text)
{
    if (reader->block)
        setting_add(&reader->block->text, face_now(reader), text);
}

static void read_block(struct reader *reader, enum block_kind kind, const struct view_event *event)
{
    if (event->entering)
        open_block(reader, kind, event->tight);
    else
        close_block(reader);
}

static void read_event(struct reader *reader, const struct view_event *event)
{
    unsigned step = event->entering ? 1u : -1u;

    switch (event->node) {
    case VIEW_NODE_LIST:
        reader->first_in_list = event->entering;
        reader->depth += step;
        break;
    case VIEW_NODE_QUOTE:
        reader->depth += step;
        break;
    case VIEW_NODE_ITEM:
        reader->item = event->entering ? event : NULL;
        break;
    case VIEW_NODE_PARAGRAPH:
        read_block(reader, BLOCK_PARAGRAPH, event);
        break;
    case VIEW_NODE_HEADING:
        read_block(reader, BLOCK_HEADING, event);
        break;
    case VIEW_NODE_CODE_BLOCK:
        open_block(reader, BLOCK_PARAGRAPH, false);
        add_text(reader, event->text);
        close_block(reader);
        break;
    case VIEW_NODE_TEXT:
    case VIEW_NODE_CODE:
        add_text(reader, event->text);
        break;
    case VIEW_NODE_SOFT_BREAK:
        add_text(reader, " ");
        break;
    case VIEW_NODE_LINE_BREAK:
        if (reader->block)
            setting_break(&reader->block->text);
        break;
    case VIEW_NODE_EMPHASIS:
        reader->emphasis += step;
        break;
    case VIEW_NODE_STRONG:
        reader->strong += step;
        break;
    case VIEW_NODE_DOCUMENT:
    case VIEW_NODE_RULE:
    case VIEW_NODE_LINK:
    case VIEW_NODE_IMAGE:
        break;
    }
}

enum err story_read(struct type *type, const char *markdown, struct flow *flow)
{
    struct reader reader = {.type = type, .flow = flow};
    const struct view_event *events;
    size_t count;

    ERR_TRY(view_markdown_walk(type->arena, markdown, VIEW_MARKDOWN_MOST, &events, &count));
    for (size_t i = 0; i < count; i++)
        read_event(&reader, &events[i]);
    return ERR_OK;
}
