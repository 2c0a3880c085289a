/* « Liste des stages ». */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/placement.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/placement_view.h"
#include "pages/placements.h"
#include "pages/routes.h"

VIEW_TYPE(placements_row);
VIEW_TYPE(placements_view);

static const char *const columns[] = {"date", "titre", "accueil"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static struct placements_row show_row(struct exchange *x, const struct placement_list_row *row,
                                      const char *today)
{
    unsigned left = placement_left(row->capacity, row->taken);
    bool is_open = placement_is_open(row->state, row->closes_on, today);

    return (struct placements_row){
        .url = page_url(x->arena, at_placement, row->id),
        .title = row->title,
        .course = row->course,
        .host = row->host_name,
        .day = clock_french_day(x->arena, row->first_day),
        .hours = page_hours(x->arena, row->starts_at, row->ends_at),
        .left = left,
        .capacity = row->capacity,
        .is_full = left == 0,
        .is_closed = !is_open,
        .is_draft = strcmp(row->state, "draft") == 0,
        .is_cancelled = strcmp(row->state, "cancelled") == 0,
        .is_own = row->host_id == x->session->establishment_id,
        .waiting = (int64_t)row->waiting,
        .wait_url = is_open && left == 0 ? page_url(x->arena, at_waiting, row->id) : NULL,
        .register_url = is_open && left > 0 ? page_url(x->arena, at_registration, row->id) : NULL};
}

static enum err read_rows(struct exchange *x, struct page_list *list, struct placements_view *view)
{
    const char *today = clock_day(x->arena, x->now);
    struct placement_count_row *total;
    struct placement_list_row *rows;
    struct placements_row *shown;
    size_t count;

    ERR_TRY(db_placement_count(x->db, x->arena,
                               &(struct placement_count_in){.viewer = x->session->establishment_id,
                                                            .from_day = today,
                                                            .pattern = list->pattern},
                               &total));
    view->pagination = page_list_pages(list, columns, total->total);
    /* The choices stand in the order of the columns, each rising and then falling. */
    ERR_TRY(db_placement_list(x->db, x->arena,
                              &(struct placement_list_in){.viewer = x->session->establishment_id,
                                                          .from_day = today,
                                                          .pattern = list->pattern,
                                                          .limit = list->size,
                                                          .offset = list->offset,
                                                          .order = (enum placement_list_order)(
                                                              2 * list->column + list->descending)},
                              &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct placements_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = show_row(x, &rows[i], today);
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* GET /stages — admins and members of an establishment
 *
 *     what every list has (pages/list.h), sorted by date, titre, accueil
 *
 * The placements that are still to come, with the places left. */
enum err page_placements(struct exchange *x)
{
    struct page_list list =
        page_list_read(x, page_url(x->arena, at_placements), "", columns, COLUMN_COUNT);
    struct view_page page;
    struct placements_view view = {.page = &page,
                                   .new_url = page_url(x->arena, at_placement_new),
                                   .list_action = list.path,
                                   .search = list.search,
                                   .by_day = page_list_sort(&list, columns, 0),
                                   .by_title = page_list_sort(&list, columns, 1),
                                   .by_host = page_list_sort(&list, columns, 2)};

    page_frame(x, &page);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, columns, &view.hidden, &view.hidden_count);
    ERR_TRY(read_rows(x, &list, &view));
    return http_page(x, 200, "placements.html", &view);
}
