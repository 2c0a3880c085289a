#include "inspect/ink.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define BLOCK 32         /* pixels of a square whose paper is one grey */
#define PAPER_SHARE 75   /* in a hundred pixels of a block, the paper's grey at least */
#define BLACK_SHARE 99.2 /* in a hundred pixels of a page, lighter than its black */
#define BLACK_LEAST 40   /* grey steps between paper and black, on the palest page */

static struct ink ink_new(struct arena *arena, int width, int height)
{
    return (struct ink){width, height, arena_alloc(arena, (size_t)width * (size_t)height)};
}

/* The grey that so many of the pixels counted are darker than. */
static int grey_at_share(const uint32_t counts[256], double share)
{
    uint64_t all = 0, below = 0;
    int grey = 0;

    for (int i = 0; i < 256; i++)
        all += counts[i];
    for (; grey < 255; grey++) {
        below += counts[grey];
        if ((double)below * 100 >= (double)all * share)
            break;
    }
    return grey;
}

/* What paper looks like in each block of the page: dark blocks take it from their neighbours. */
struct paper {
    int columns, rows;
    unsigned char *grey;
    bool is_plain; /* the same everywhere, as on a page that was drawn */
};

static unsigned char paper_of_block(const unsigned char *grey, ptrdiff_t stride, struct ink_box box)
{
    uint32_t counts[256] = {0};

    for (int y = box.y0; y < box.y1; y++)
        for (int x = box.x0; x < box.x1; x++)
            counts[grey[y * stride + x]]++;
    return (unsigned char)grey_at_share(counts, PAPER_SHARE);
}

static unsigned char lightest_around(const struct paper *paper, const unsigned char *grey, int x,
                                     int y)
{
    unsigned char lightest = 0;

    for (int j = y > 0 ? y - 1 : 0; j <= y + 1 && j < paper->rows; j++)
        for (int i = x > 0 ? x - 1 : 0; i <= x + 1 && i < paper->columns; i++)
            if (grey[j * paper->columns + i] > lightest)
                lightest = grey[j * paper->columns + i];
    return lightest;
}

/* A block that is far darker than most of the page is print, not paper. */
static void pass_over_print(unsigned char *grey, size_t count)
{
    uint32_t counts[256] = {0};
    int usual;

    for (size_t i = 0; i < count; i++)
        counts[grey[i]]++;
    usual = grey_at_share(counts, 50);
    for (size_t i = 0; i < count; i++)
        if (grey[i] * 2 < usual)
            grey[i] = (unsigned char)usual;
}

static struct paper paper_of(struct arena *arena, const unsigned char *grey, int width, int height,
                             ptrdiff_t stride)
{
    struct paper paper = {(width + BLOCK - 1) / BLOCK, (height + BLOCK - 1) / BLOCK, NULL, true};
    size_t count = (size_t)paper.columns * (size_t)paper.rows;
    unsigned char *own = arena_alloc(arena, count);

    paper.grey = arena_alloc(arena, count);
    for (int y = 0; y < paper.rows; y++)
        for (int x = 0; x < paper.columns; x++) {
            struct ink_box box = {x * BLOCK, y * BLOCK, (x + 1) * BLOCK, (y + 1) * BLOCK};

            box.x1 = box.x1 < width ? box.x1 : width;
            box.y1 = box.y1 < height ? box.y1 : height;
            own[y * paper.columns + x] = paper_of_block(grey, stride, box);
        }
    pass_over_print(own, count);
    for (int y = 0; y < paper.rows; y++)
        for (int x = 0; x < paper.columns; x++)
            paper.grey[y * paper.columns + x] = lightest_around(&paper, own, x, y);
    for (size_t i = 1; i < count; i++)
        paper.is_plain = paper.is_plain && paper.grey[i] == paper.grey[0];
    return paper;
}

/* The paper at a pixel, between the middles of four blocks, in 1/1024 of the block's side each
 * way. */
static int paper_at(const struct paper *paper, int x, int y)
{
    int left = (x - BLOCK / 2) / BLOCK, top = (y - BLOCK / 2) / BLOCK;
    int right, bottom, dx, dy, above, below;

    left = x < BLOCK / 2 ? 0 : left;
    top = y < BLOCK / 2 ? 0 : top;
    right = left + 1 < paper->columns ? left + 1 : left;
    bottom = top + 1 < paper->rows ? top + 1 : top;
    dx = x < BLOCK / 2 ? 0 : (x - BLOCK / 2) % BLOCK;
    dy = y < BLOCK / 2 ? 0 : (y - BLOCK / 2) % BLOCK;
    above = paper->grey[top * paper->columns + left] * (BLOCK - dx) +
            paper->grey[top * paper->columns + right] * dx;
    below = paper->grey[bottom * paper->columns + left] * (BLOCK - dx) +
            paper->grey[bottom * paper->columns + right] * dx;
    return (above * (BLOCK - dy) + below * dy) / (BLOCK * BLOCK);
}

struct ink ink_of_grey(struct arena *arena, const unsigned char *grey, int width, int height,
                       ptrdiff_t stride)
{
    struct ink ink = ink_new(arena, width, height);
    struct paper paper = paper_of(arena, grey, width, height, stride);
    size_t count = (size_t)width * (size_t)height;
    uint32_t counts[256] = {0};
    unsigned char scaled[256];
    int black;

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int white = paper.is_plain ? paper.grey[0] : paper_at(&paper, x, y);
            int dark = white - grey[y * stride + x];
            unsigned char *place = &ink.dark[(ptrdiff_t)y * width + x];

            *place = (unsigned char)(dark > 0 ? dark : 0);
            counts[*place]++;
        }
    black = grey_at_share(counts, BLACK_SHARE);
    black = black > BLACK_LEAST ? black : BLACK_LEAST;
    for (int i = 0; i < 256; i++)
        scaled[i] = (unsigned char)(i >= black ? 255 : i * 255 / black);
    for (size_t i = 0; i < count; i++)
        ink.dark[i] = scaled[ink.dark[i]];
    return ink;
}

struct ink ink_halved(struct arena *arena, const struct ink *ink)
{
    struct ink half = ink_new(arena, ink->width / 2, ink->height / 2);

    for (int y = 0; y < half.height; y++) {
        const unsigned char *first = ink->dark + (ptrdiff_t)2 * y * ink->width;
        const unsigned char *second = first + ink->width;
        unsigned char *row = half.dark + (ptrdiff_t)y * half.width;

        for (int x = 0; x < half.width; x++)
            row[x] = (unsigned char)((first[2 * x] + first[2 * x + 1] + second[2 * x] +
                                      second[2 * x + 1] + 2) /
                                     4);
    }
    return half;
}

/* Both passes go along the rows, as memory lies. */
static void smooth_row(const unsigned char *from, unsigned char *to, int count, int radius)
{
    int sum = 0, side = 2 * radius + 1;

    for (int i = 0; i < radius && i < count; i++)
        sum += from[i];
    for (int i = 0; i < count; i++) {
        sum += i + radius < count ? from[i + radius] : 0;
        sum -= i > radius ? from[i - radius - 1] : 0;
        to[i] = (unsigned char)(sum / side);
    }
}

static void spread_row(const unsigned char *from, unsigned char *to, int count, int radius)
{
    memcpy(to, from, (size_t)count);
    for (int by = 1; by <= radius; by++) {
        for (int i = 0; i + by < count; i++)
            to[i] = from[i + by] > to[i] ? from[i + by] : to[i];
        for (int i = by; i < count; i++)
            to[i] = from[i - by] > to[i] ? from[i - by] : to[i];
    }
}

struct ink ink_smoothed(struct arena *arena, const struct ink *ink, int radius)
{
    struct ink rows = ink_new(arena, ink->width, ink->height);
    struct ink all = ink_new(arena, ink->width, ink->height);
    int *sums = ARENA_NEW_ARRAY(arena, (size_t)ink->width, int);
    const int side = 2 * radius + 1;

    for (int y = 0; y < ink->height; y++)
        smooth_row(ink->dark + (ptrdiff_t)y * ink->width, rows.dark + (ptrdiff_t)y * ink->width,
                   ink->width, radius);
    for (int y = -radius; y < ink->height; y++) {
        const unsigned char *in = rows.dark + (ptrdiff_t)(y + radius) * ink->width;
        const unsigned char *out = rows.dark + (ptrdiff_t)(y - radius - 1) * ink->width;

        for (int x = 0; y + radius < ink->height && x < ink->width; x++)
            sums[x] += in[x];
        for (int x = 0; y > radius && x < ink->width; x++)
            sums[x] -= out[x];
        for (int x = 0; y >= 0 && x < ink->width; x++)
            all.dark[(ptrdiff_t)y * ink->width + x] = (unsigned char)(sums[x] / side);
    }
    return all;
}

struct ink ink_spread(struct arena *arena, const struct ink *ink, int radius)
{
    struct ink rows = ink_new(arena, ink->width, ink->height);
    struct ink all = ink_new(arena, ink->width, ink->height);

    for (int y = 0; y < ink->height; y++)
        spread_row(ink->dark + (ptrdiff_t)y * ink->width, rows.dark + (ptrdiff_t)y * ink->width,
                   ink->width, radius);
    for (int y = 0; y < ink->height; y++) {
        unsigned char *to = all.dark + (ptrdiff_t)y * ink->width;

        for (int k = y > radius ? y - radius : 0; k <= y + radius && k < ink->height; k++) {
            const unsigned char *from = rows.dark + (ptrdiff_t)k * ink->width;

            for (int x = 0; x < ink->width; x++)
                to[x] = from[x] > to[x] ? from[x] : to[x];
        }
    }
    return all;
}

float ink_at(const struct ink *ink, float x, float y)
{
    int left = (int)floorf(x), top = (int)floorf(y);
    float dx = x - (float)left, dy = y - (float)top;
    const unsigned char *at;

    if (left < 0 || top < 0 || left + 1 >= ink->width || top + 1 >= ink->height)
        return 0;
    at = ink->dark + (ptrdiff_t)top * ink->width + left;
    return ((float)at[0] * (1 - dx) + (float)at[1] * dx) * (1 - dy) +
           ((float)at[ink->width] * (1 - dx) + (float)at[ink->width + 1] * dx) * dy;
}

struct ink_box ink_within(const struct ink *ink, struct ink_box box)
{
    box.x0 = box.x0 > 0 ? box.x0 : 0;
    box.y0 = box.y0 > 0 ? box.y0 : 0;
    box.x1 = box.x1 < ink->width ? box.x1 : ink->width;
    box.y1 = box.y1 < ink->height ? box.y1 : ink->height;
    return box;
}

bool ink_box_empty(struct ink_box box)
{
    return box.x0 >= box.x1 || box.y0 >= box.y1;
}

bool ink_boxes_meet(struct ink_box a, struct ink_box b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

struct ink_box ink_box_around(struct ink_box a, struct ink_box b)
{
    return (struct ink_box){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0,
                            a.x1 > b.x1 ? a.x1 : b.x1, a.y1 > b.y1 ? a.y1 : b.y1};
}

struct ink_box ink_box_grown(struct ink_box box, int by)
{
    return (struct ink_box){box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by};
}
