/* A returned convention beside its original, page by page, with what was added and changed. */
#include "domain/comparison.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/statements.h"
#include "pages/comparison_view.h"
#include "pages/conventions.h"
#include "pages/frame.h"
#include "pages/placements.h"
#include "pages/routes.h"

VIEW_TYPE(comparison_mark);
VIEW_TYPE(comparison_page);
VIEW_TYPE(comparison_box);
VIEW_TYPE(comparison_view);

#define PARTS 10000
#define PAGES_MOST 20
#define CIRCLE_MORE 90 /* ten thousandths around what is circled */
#define NUMBER_LEFT 190
#define NUMBER_LEAST 260

struct findings {
    struct comparison_pages_row *pages;
    size_t page_count;
    struct comparison_differences_row *differences;
    size_t difference_count;
};

/* The sentence for the third of the page that the difference is in, each way. */
static const char *where(struct exchange *x, const struct comparison_differences_row *row)
{
    static const char *const keys[3][3] = {
        {"where-top-left", "where-top-centre", "where-top-right"},
        {"where-middle-left", "where-middle-centre", "where-middle-right"},
        {"where-bottom-left", "where-bottom-centre", "where-bottom-right"},
    };
    uint32_t across = (row->x + row->width / 2) * 3 / PARTS;
    uint32_t down = (row->y + row->height / 2) * 3 / PARTS;

    return http_sentence(x, keys[down < 3 ? down : 2][across < 3 ? across : 2]);
}

/* What is around the corners on the returned page. */
static void surround(const struct comparison_differences_row *row, struct comparison_mark *mark)
{
    int64_t x0 = PARTS, y0 = PARTS, x1 = 0, y1 = 0;
    int corners[8] = {0};

    if (sscanf(row->outline, "%d,%d %d,%d %d,%d %d,%d", &corners[0], &corners[1], &corners[2],
               &corners[3], &corners[4], &corners[5], &corners[6], &corners[7]) != 8)
        return;
    for (int i = 0; i < 8; i += 2) {
        x0 = corners[i] < x0 ? corners[i] : x0;
        x1 = corners[i] > x1 ? corners[i] : x1;
        y0 = corners[i + 1] < y0 ? corners[i + 1] : y0;
        y1 = corners[i + 1] > y1 ? corners[i + 1] : y1;
    }
    mark->returned_x = (x0 + x1) / 2;
    mark->returned_y = (y0 + y1) / 2;
    mark->returned_radius_x = (x1 - x0) / 2 + CIRCLE_MORE;
    mark->returned_radius_y = (y1 - y0) / 2 + CIRCLE_MORE;
    mark->returned_number_x = x0 > NUMBER_LEAST ? x0 - NUMBER_LEFT : NUMBER_LEAST - NUMBER_LEFT;
    mark->returned_number_y = y0;
}

static bool is_box(const char *place)
{
    for (uint32_t i = 0; i < INSPECT_BOX_COUNT; i++)
        if (strcmp(inspect_place_name(i), place) == 0)
            return true;
    return false;
}

static struct comparison_mark show_mark(struct exchange *x,
                                        const struct comparison_differences_row *row, size_t number)
{
    struct comparison_mark mark = {
        .number = (int64_t)number,
        .is_added = strcmp(row->kind, inspect_difference_name(INSPECT_DIFFERENCE_ADDED)) == 0,
        .is_over_text = strcmp(row->place, inspect_place_name(INSPECT_PLACE_TEXT)) == 0,
        .where = where(x, row),
        .original = row->text[0] ? row->text : NULL,
        .x = row->x,
        .y = row->y,
        .width = row->width,
        .height = row->height,
        .middle_x = row->x + row->width / 2,
        .middle_y = row->y + row->height / 2,
        .radius_x = row->width / 2 + CIRCLE_MORE,
        .radius_y = row->height / 2 + CIRCLE_MORE,
        .number_x = row->x > NUMBER_LEAST ? row->x - NUMBER_LEFT : NUMBER_LEAST - NUMBER_LEFT,
        .number_y = row->y,
        .outline = row->outline};

    if (is_box(row->place))
        mark.box = http_sentence(x, arena_printf(x->arena, "field-signature_%s", row->place));
    surround(row, &mark);
    return mark;
}

static void list_marks(struct exchange *x, const struct findings *findings, uint32_t page,
                       struct comparison_page *shown)
{
    struct comparison_mark *marks =
        ARENA_NEW_ARRAY(x->arena, findings->difference_count, struct comparison_mark);
    size_t count = 0;

    for (size_t i = 0; i < findings->difference_count; i++)
        if (findings->differences[i].page == page)
            marks[count++] = show_mark(x, &findings->differences[i], i + 1);
    shown->marks = marks;
    shown->marks_count = count;
}

static struct comparison_page show_page(struct exchange *x,
                                        const struct convention_sheet_row *sheet,
                                        const struct findings *findings, size_t at)
{
    const struct comparison_pages_row *row = &findings->pages[at];
    struct comparison_page shown = {
        .number = row->page,
        .original = page_url(x->arena, at_original_picture, sheet->id, (uint64_t)row->page),
        .returned_number = row->returned,
        .is_scan = strcmp(row->pairing, inspect_pairing_name(INSPECT_PAIRING_REGISTERED)) == 0};

    if (row->returned > 0)
        shown.returned =
            page_url(x->arena, at_returned_picture, sheet->id, (uint64_t)row->returned);
    list_marks(x, findings, row->page, &shown);
    shown.is_same = row->returned > 0 && shown.marks_count == 0;
    return shown;
}

/* Pages of which nothing is known, in the order they have. */
static struct comparison_page plain_page(struct exchange *x,
                                         const struct convention_sheet_row *sheet, uint32_t number,
                                         uint32_t returned_pages)
{
    struct comparison_page shown = {.number = number, .returned_number = number};

    if (number <= sheet->original_pages)
        shown.original = page_url(x->arena, at_original_picture, sheet->id, (uint64_t)number);
    if (number <= returned_pages)
        shown.returned = page_url(x->arena, at_returned_picture, sheet->id, (uint64_t)number);
    return shown;
}

/* Whether a page of the returned file was found to be one of the original's. */
static bool is_placed(const struct findings *findings, uint32_t number)
{
    for (size_t i = 0; i < findings->page_count; i++)
        if (findings->pages[i].returned == number)
            return true;
    return false;
}

/* The original's pages, then those of the returned file that are none of them. */
static void list_pages(struct exchange *x, const struct convention_sheet_row *sheet,
                       const struct findings *findings, uint32_t returned_pages,
                       struct comparison_view *view)
{
    struct comparison_page *pages =
        ARENA_NEW_ARRAY(x->arena, 2 * PAGES_MOST, struct comparison_page);
    uint32_t most = returned_pages > sheet->original_pages ? returned_pages : sheet->original_pages;
    size_t count = 0;

    for (size_t i = 0; i < findings->page_count && count < PAGES_MOST; i++)
        pages[count++] = show_page(x, sheet, findings, i);
    for (uint32_t i = 1; i <= most && i <= PAGES_MOST; i++) {
        if (findings->page_count == 0)
            pages[count++] = plain_page(x, sheet, i, returned_pages);
        else if (i <= returned_pages && !is_placed(findings, i))
            pages[count++] = (struct comparison_page){
                .returned_number = i,
                .returned = page_url(x->arena, at_returned_picture, sheet->id, (uint64_t)i)};
    }
    view->pages = pages;
    view->pages_count = count;
}

static void list_boxes(struct exchange *x, const struct comparison_boxes *boxes,
                       struct comparison_view *view)
{
    struct comparison_box *shown =
        ARENA_NEW_ARRAY(x->arena, INSPECT_BOX_COUNT, struct comparison_box);

    for (int i = 0; i < INSPECT_BOX_COUNT; i++)
        shown[i] = (struct comparison_box){
            .name = http_sentence(
                x, arena_printf(x->arena, "field-%s", inspect_box_field((enum inspect_box)i))),
            .state = http_sentence(
                x, arena_printf(x->arena, "box-is-%s", inspect_box_state_name(boxes->states[i]))),
            .is_signed = comparison_is_signed(boxes->states[i]),
            .is_missing = comparison_is_missing(boxes, (enum inspect_box)i)};
    view->boxes = shown;
    view->boxes_count = boxes->known ? INSPECT_BOX_COUNT : 0;
}

static enum err load(struct exchange *x, uint64_t deposit, struct findings *findings,
                     struct comparison_by_deposit_row **row)
{
    ERR_TRY(db_comparison_by_deposit(
        x->db, x->arena, &(struct comparison_by_deposit_in){.deposit_id = deposit}, row));
    ERR_TRY(db_comparison_pages(x->db, x->arena,
                                &(struct comparison_pages_in){.deposit_id = deposit},
                                &findings->pages, &findings->page_count));
    return db_comparison_differences(x->db, x->arena,
                                     &(struct comparison_differences_in){.deposit_id = deposit},
                                     &findings->differences, &findings->difference_count);
}

static void count(const struct findings *findings, struct comparison_view *view)
{
    for (size_t i = 0; i < findings->difference_count; i++)
        if (strcmp(findings->differences[i].kind,
                   inspect_difference_name(INSPECT_DIFFERENCE_ADDED)) == 0)
            view->added++;
        else
            view->changed++;
    view->added_is_plural = view->added > 1;
    view->changed_is_plural = view->changed > 1;
}

/* GET /conventions/{id}/comparaison — the host's and the origin's accounts
 *
 * The returned file in force beside the original it was compared with when it came. */
enum err page_comparison(struct exchange *x)
{
    struct findings findings = {0};
    struct comparison_by_deposit_row *row;
    struct convention_sheet_row *sheet;
    struct deposit_by_id_row *deposit;
    struct comparison_boxes boxes;
    struct comparison_view view;
    struct view_page page;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    if (!sheet->has_deposit_id)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64 " was not returned", sheet->id);
    ERR_TRY(db_deposit_by_id(x->db, x->arena, &(struct deposit_by_id_in){.id = sheet->deposit_id},
                             &deposit));
    ERR_TRY(load(x, sheet->deposit_id, &findings, &row));
    page_frame(x, &page);
    page.title = arena_printf(x->arena, "%s %s", sheet->last_name, sheet->first_name);
    view = (struct comparison_view){.page = &page,
                                    .is_compared = row != NULL,
                                    .has_more = row && row->more_differences,
                                    .placement = sheet->title,
                                    .days = page_days(x->arena, sheet->first_day, sheet->last_day),
                                    .back = page_url(x->arena, at_convention, sheet->id),
                                    .returned_url =
                                        page_url(x->arena, at_convention_returned, sheet->id)};
    boxes = comparison_boxes_parse(row ? row->boxes : NULL);
    list_boxes(x, &boxes, &view);
    list_pages(x, sheet, &findings, deposit->pages, &view);
    count(&findings, &view);
    return http_page(x, 200, "comparison.html", &view);
}
