/* The convention's text in two columns, and where it is broken into pages. */
#include "pdf/draw.h"

#include "pdf/flow.h"
#include "pdf/story.h"

#define SIZE_MOST 10.0
#define SIZE_USUAL 9.2
#define SIZE_LEAST 8.0
#define SIZE_STEP 0.2
#define PAGES_WANTED 2
#define PAGES_MOST 20
#define SIGNATURES_GAP MILLIMETRES(3)

static void draw_columns(struct drawing *drawing, const struct flow *flow, struct cursor from,
                         struct cursor middle, struct cursor to, double y)
{
    flow_draw(flow, drawing->sheet, from, middle, PAGE_LEFT, y);
    flow_draw(flow, drawing->sheet, middle, to, PAGE_LEFT + COLUMN_WIDTH + COLUMN_GAP, y);
}

static double begin_page(struct drawing *drawing, unsigned pages, bool draw)
{
    if (draw)
        sheet_add_page(drawing->sheet);
    if (pages == 1 || !draw)
        return PAGE_TOP + MILLIMETRES(7);
    return draw_running_head(drawing);
}

/* Where the text ends on a page that has no room for the signatures, so much of each column goes to
 * the next page: signatures do not stand on a page without any text. */
static double left_over(const struct flow *flow)
{
    return 5 * flow_leading(flow);
}

/* Lays the text out from y on the first page, the signatures below its end, and returns how many
 * pages it took (more than PAGES_MOST where it would take more); draws it, or only counts. */
static unsigned lay_out(struct drawing *drawing, const struct flow *flow, double y, bool draw)
{
    struct cursor at = {0, 0}, middle, end;
    unsigned pages = 1;
    double height, signatures = draw_signatures_height(drawing) + SIGNATURES_GAP;

    while (pages <= PAGES_MOST) {
        height = flow_balance(flow, at, BODY_BOTTOM - y - signatures);
        if (height > 0 || flow_at_end(flow, at))
            break;
        height = flow_balance(flow, at, BODY_BOTTOM - y) - left_over(flow);
        if (height <= 0)
            height = BODY_BOTTOM - y;
        middle = flow_fit(flow, at, height);
        end = flow_fit(flow, middle, height);
        if (draw)
            draw_columns(drawing, flow, at, middle, end, y);
        at = end;
        y = begin_page(drawing, ++pages, draw);
    }
    if (draw) {
        middle = flow_fit(flow, at, height);
        draw_columns(drawing, flow, at, middle, flow_fit(flow, middle, height), y);
        draw_signatures(drawing, y + height + SIGNATURES_GAP);
    }
    return pages;
}

static unsigned pages_at(struct drawing *drawing, struct flow *flow, double y, double size)
{
    flow_set(flow, COLUMN_WIDTH, size);
    return lay_out(drawing, flow, y, false);
}

/* Sets the text in the largest size with which it keeps to so many pages; returns how many it
 * takes, more than that where no size suffices. */
static unsigned keep_to(struct drawing *drawing, struct flow *flow, double y, unsigned pages)
{
    unsigned taken = pages_at(drawing, flow, y, SIZE_MOST);

    if (taken <= pages)
        return taken;
    taken = pages_at(drawing, flow, y, SIZE_LEAST);
    if (taken > pages)
        return taken;
    for (double size = SIZE_MOST - SIZE_STEP; size > SIZE_LEAST; size -= SIZE_STEP) {
        taken = pages_at(drawing, flow, y, size);
        if (taken <= pages)
            break;
    }
    return taken <= pages ? taken : pages_at(drawing, flow, y, SIZE_LEAST);
}

/* Two pages; where they do not suffice even in small type, as many as it takes in the usual one,
 * and then as large as these allow. */
static unsigned fit_pages(struct drawing *drawing, struct flow *flow, double y)
{
    unsigned pages = keep_to(drawing, flow, y, PAGES_WANTED);

    if (pages <= PAGES_WANTED)
        return pages;
    pages = pages_at(drawing, flow, y, SIZE_USUAL);
    return keep_to(drawing, flow, y, pages);
}

enum err draw_articles(struct drawing *drawing, double y)
{
    struct flow flow = {.arena = drawing->arena};
    unsigned pages;

    ERR_TRY(story_read(drawing->type, drawing->paper->text, &flow));
    pages = fit_pages(drawing, &flow, y);
    if (pages > PAGES_MOST)
        return err_raise(ERR_TOO_LARGE, "convention-too-long", "over %d pages", PAGES_MOST);
    drawing->layout.page_count = lay_out(drawing, &flow, y, true);
    return ERR_OK;
}
