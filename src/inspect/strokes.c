#include "inspect/strokes.h"

#include <stdint.h>

#define MARGIN 24 /* pixels at the page's edges: 4 mm */
#define GAP 2     /* cells that may be empty between parts of one stroke, and one less */
#define EMPTY_MOST 40
#define CELL_LEAST 3    /* pixels of ink in a cell that counts */
#define STROKE_LEAST 24 /* pixels of ink in all: 0.7 mm² */
#define FAINTEST 56     /* of 255 */
#define FAINTEST_MOST 140
#define ABOVE_NOISE 36

int strokes_faintest(const struct ink *here_spread, const struct ink *there)
{
    uint32_t counts[256] = {0};
    uint64_t all = 0, below = 0;
    int noise = 0;

    for (int y = MARGIN; y < there->height - MARGIN; y++)
        for (int x = MARGIN; x < there->width - MARGIN; x += 3)
            if (here_spread->dark[(ptrdiff_t)y * here_spread->width + x] < EMPTY_MOST)
                counts[there->dark[(ptrdiff_t)y * there->width + x]]++;
    for (int i = 0; i < 256; i++)
        all += counts[i];
    for (; noise < 255; noise++) {
        below += counts[noise];
        if (below * 100 >= all * 95)
            break;
    }
    noise += ABOVE_NOISE;
    if (noise < FAINTEST)
        return FAINTEST;
    return noise < FAINTEST_MOST ? noise : FAINTEST_MOST;
}

static void count_ink(const struct ink *here_spread, const struct ink *there, int faintest,
                      struct strokes *strokes)
{
    for (int y = MARGIN; y < there->height - MARGIN; y++) {
        const unsigned char *p = here_spread->dark + (ptrdiff_t)y * here_spread->width;
        const unsigned char *q = there->dark + (ptrdiff_t)y * there->width;
        unsigned short *cells = strokes->ink + (ptrdiff_t)(y / STROKES_CELL) * strokes->columns;

        for (int x = MARGIN; x < there->width - MARGIN; x++)
            if (q[x] >= faintest && p[x] < EMPTY_MOST)
                cells[x / STROKES_CELL]++;
    }
}

static bool has_ink(const struct strokes *strokes, int column, int row)
{
    int at = row * strokes->columns + column;

    return column >= 0 && row >= 0 && column < strokes->columns && row < strokes->rows &&
           strokes->number[at] == 0 && strokes->ink[at] >= CELL_LEAST;
}

static void take_cell(struct strokes *strokes, struct stroke *stroke, int at, unsigned short number)
{
    int x = at % strokes->columns * STROKES_CELL, y = at / strokes->columns * STROKES_CELL;
    struct ink_box cell = {x, y, x + STROKES_CELL, y + STROKES_CELL};

    stroke->box = stroke->cells == 0 ? cell : ink_box_around(stroke->box, cell);
    stroke->ink += strokes->ink[at];
    stroke->cells++;
    strokes->number[at] = number;
}

/* All cells that hang together with this one. stack has room for every cell. */
static struct stroke follow(struct strokes *strokes, int first, unsigned short number, int *stack)
{
    struct stroke stroke = {.cells = 0};
    int height = 0;

    take_cell(strokes, &stroke, first, number);
    stack[height++] = first;
    while (height > 0) {
        int at = stack[--height], column = at % strokes->columns, row = at / strokes->columns;

        for (int j = row - GAP; j <= row + GAP; j++)
            for (int i = column - GAP; i <= column + GAP; i++)
                if (has_ink(strokes, i, j)) {
                    take_cell(strokes, &stroke, j * strokes->columns + i, number);
                    stack[height++] = j * strokes->columns + i;
                }
    }
    return stroke;
}

/* What is too little to be a stroke keeps a number that none has. */
static void forget(struct strokes *strokes, struct ink_box box, unsigned short number)
{
    for (int row = box.y0 / STROKES_CELL; row < box.y1 / STROKES_CELL; row++)
        for (int column = box.x0 / STROKES_CELL; column < box.x1 / STROKES_CELL; column++)
            if (strokes->number[row * strokes->columns + column] == number)
                strokes->number[row * strokes->columns + column] = UINT16_MAX;
}

void strokes_find(struct arena *arena, const struct ink *here, const struct ink *there, int reach,
                  int faintest, struct strokes *strokes)
{
    struct ink spread = ink_spread(arena, here, reach);
    size_t count;
    int *stack;

    *strokes = (struct strokes){.columns = here->width / STROKES_CELL + 1,
                                .rows = here->height / STROKES_CELL + 1};
    count = (size_t)strokes->columns * (size_t)strokes->rows;
    strokes->number = ARENA_NEW_ARRAY(arena, count, unsigned short);
    strokes->ink = ARENA_NEW_ARRAY(arena, count, unsigned short);
    stack = ARENA_NEW_ARRAY(arena, count, int);
    if (faintest == 0)
        faintest = strokes_faintest(&spread, there);
    count_ink(&spread, there, faintest, strokes);
    for (int row = 0; row < strokes->rows; row++)
        for (int column = 0; column < strokes->columns; column++) {
            struct stroke stroke;

            if (strokes->count == STROKES_MOST || !has_ink(strokes, column, row))
                continue;
            stroke = follow(strokes, row * strokes->columns + column,
                            (unsigned short)(strokes->count + 1), stack);
            if (stroke.ink >= STROKE_LEAST)
                strokes->list[strokes->count++] = stroke;
            else
                forget(strokes, stroke.box, (unsigned short)(strokes->count + 1));
        }
}
