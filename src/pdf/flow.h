/* Text that flows: blocks of lines through columns and pages. */
#ifndef PARAPHE_PDF_FLOW_H
#define PARAPHE_PDF_FLOW_H

#include "pdf/sheet.h"

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING };

struct block {
    enum block_kind kind;
    struct setting text;
    struct setting marker; /* of an item: its bullet or number; else empty */
    unsigned depth;        /* how far it is indented */
    bool close;            /* follows the block before it without a gap */
    struct line *lines;    /* for the size last set */
    size_t line_count;
};

struct flow {
    struct arena *arena;
    struct block *blocks;
    size_t count;
    size_t capacity;
    double size;  /* of the text, in points */
    double width; /* of a column */
};

/* A place in the text: before that line of that block. */
struct cursor {
    size_t block;
    size_t line;
};

struct block *flow_add(struct flow *flow, enum block_kind kind, struct type *type);

/* Breaks all blocks into lines for columns of that width at that size. */
void flow_set(struct flow *flow, double width, double size);

/* From baseline to baseline. */
double flow_leading(const struct flow *flow);

bool flow_at_end(const struct flow *flow, struct cursor at);

/* How much fits a column of that height, from a place on: the place behind it. A heading stays
 * with what it heads, and no paragraph leaves one line alone above or below. */
struct cursor flow_fit(const struct flow *flow, struct cursor from, double height);

/* The least height of two equal columns that hold the rest, at most most; 0 if it does not fit. */
double flow_balance(const struct flow *flow, struct cursor from, double most);

/* Draws from one place to another in a column. */
void flow_draw(const struct flow *flow, struct sheet *sheet, struct cursor from, struct cursor to,
               double x, double y);

#endif
