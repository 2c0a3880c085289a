#include "pdf/flow.h"

#include <string.h>

#include "pdf/draw.h"

#define LEADING 1.27   /* of the size */
#define BLOCK_GAP 0.42 /* of the leading */
#define HEADING_GAP 0.85
#define HEADING_SCALE 1.04 /* of the size */
#define INDENT 1.1         /* of the size, a step of depth */

struct block *flow_add(struct flow *flow, enum block_kind kind, struct type *type)
{
    struct block *block;

    if (flow->count == flow->capacity) {
        size_t capacity = flow->capacity ? 2 * flow->capacity : 64;
        struct block *blocks = ARENA_NEW_ARRAY(flow->arena, capacity, struct block);
        if (flow->count > 0)
            memcpy(blocks, flow->blocks, flow->count * sizeof blocks[0]);
        flow->blocks = blocks;
        flow->capacity = capacity;
    }
    block = &flow->blocks[flow->count++];
    *block = (struct block){.kind = kind, .text = setting_new(type), .marker = setting_new(type)};
    return block;
}

static double block_size(const struct flow *flow, const struct block *block)
{
    return block->kind == BLOCK_HEADING ? flow->size * HEADING_SCALE : flow->size;
}

static double block_indent(const struct flow *flow, const struct block *block)
{
    return block->depth * flow->size * INDENT;
}

double flow_leading(const struct flow *flow)
{
    return flow->size * LEADING;
}

/* The space above a block that does not begin a column. */
static double gap_above(const struct flow *flow, size_t block)
{
    if (flow->blocks[block].kind == BLOCK_HEADING)
        return flow_leading(flow) * HEADING_GAP;
    if (flow->blocks[block].close)
        return 0;
    if (block > 0 && flow->blocks[block - 1].kind == BLOCK_HEADING)
        return flow_leading(flow) * 0.12;
    return flow_leading(flow) * BLOCK_GAP;
}

void flow_set(struct flow *flow, double width, double size)
{
    flow->width = width;
    flow->size = size;
    for (size_t i = 0; i < flow->count; i++) {
        struct block *block = &flow->blocks[i];
        block->lines = setting_lines(&block->text, width - block_indent(flow, block),
                                     block_size(flow, block), &block->line_count);
    }
}

bool flow_at_end(const struct flow *flow, struct cursor at)
{
    return at.block >= flow->count;
}

static struct cursor next_line(const struct flow *flow, struct cursor at)
{
    at.line++;
    while (at.block < flow->count && at.line >= flow->blocks[at.block].line_count)
        at = (struct cursor){at.block + 1, 0};
    return at;
}

/* Whether a column may end before this line. */
static bool may_end_before(const struct flow *flow, struct cursor at)
{
    if (flow_at_end(flow, at))
        return true;
    if (at.line == 0)
        return at.block == 0 || flow->blocks[at.block - 1].kind != BLOCK_HEADING;
    return flow->blocks[at.block].kind != BLOCK_HEADING && at.line >= 2 &&
           flow->blocks[at.block].line_count - at.line >= 2;
}

struct cursor flow_fit(const struct flow *flow, struct cursor from, double height)
{
    struct cursor at = from, good = from;
    double y = 0;

    while (!flow_at_end(flow, at)) {
        double gap = at.line == 0 && y > 0 ? gap_above(flow, at.block) : 0;
        if (y + gap + flow_leading(flow) > height + 0.01)
            return good.block == from.block && good.line == from.line ? at : good;
        y += gap + flow_leading(flow);
        at = next_line(flow, at);
        if (may_end_before(flow, at))
            good = at;
    }
    return at;
}

double flow_balance(const struct flow *flow, struct cursor from, double most)
{
    for (double height = flow_leading(flow); height <= most; height += flow_leading(flow) / 6)
        if (flow_at_end(flow, flow_fit(flow, flow_fit(flow, from, height), height)))
            return height;
    return 0;
}

void flow_draw(const struct flow *flow, struct sheet *sheet, struct cursor from, struct cursor to,
               double x, double y)
{
    double start = y;

    for (struct cursor at = from; at.block < to.block || at.line < to.line;
         at = next_line(flow, at)) {
        const struct block *block = &flow->blocks[at.block];
        const struct line *line = &block->lines[at.line];
        double size = block_size(flow, block), indent = block_indent(flow, block), baseline;
        if (at.line == 0 && y > start)
            y += gap_above(flow, at.block);
        baseline = y + flow_leading(flow) - 0.27 * size;
        sheet_ink(sheet, block->kind == BLOCK_HEADING ? ink_accent : ink_text);
        if (at.line == 0 && block->marker.count > 0)
            sheet_text(sheet, &block->marker, x + indent - flow->size * INDENT, baseline, size);
        sheet_line(sheet, &block->text, line, x + indent, baseline, size);
        y += flow_leading(flow);
    }
}
