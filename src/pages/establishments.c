/* « Établissements », for operators: the list, by what becomes of their licence. */
#include "pages/establishments.h"

#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "http/cache.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/routes.h"

VIEW_TYPE(licence_state);
VIEW_TYPE(establishments_row);
VIEW_TYPE(establishments_view);

#define SOON_DAYS 30 /* as in the statements */

static const char *const columns[] = {"nom", "uai", "commune", "licence"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

enum { TAB_ALL, TAB_SOON, TAB_ENDED, TAB_NONE, TAB_EMPTY, TAB_COUNT };

static const char *const filters[TAB_COUNT] = {[TAB_ALL] = "",
                                               [TAB_SOON] = "licence=bientot",
                                               [TAB_ENDED] = "licence=terminee",
                                               [TAB_NONE] = "licence=sans",
                                               [TAB_EMPTY] = "comptes=aucun"};
static const char *const words[TAB_COUNT] = {/* as the statement calls them */
                                             [TAB_ALL] = "all",
                                             [TAB_SOON] = "soon",
                                             [TAB_ENDED] = "ended",
                                             [TAB_NONE] = "none",
                                             [TAB_EMPTY] = "empty"};

const struct licence_state *page_licence_state(struct exchange *x, const char *ends_on)
{
    struct licence_state *state = ARENA_NEW(x->arena, struct licence_state);
    int days;

    if (!ends_on) {
        state->is_none = true;
        return state;
    }
    days = clock_days_between(clock_day(x->arena, x->now), ends_on);
    *state = (struct licence_state){.day = clock_french_day(x->arena, ends_on),
                                    .is_ended = days < 0,
                                    .is_soon = days >= 0 && days <= SOON_DAYS,
                                    .is_good = days > SOON_DAYS};
    return state;
}

/* The tabs, each with how many the search finds there. */
static enum err count_tabs(struct exchange *x, const struct page_list *list, size_t open,
                           struct view_tab views[TAB_COUNT])
{
    struct operator_establishment_counts_row *counts;

    ERR_TRY(db_operator_establishment_counts(
        x->db, x->arena,
        &(struct operator_establishment_counts_in){.pattern = list->pattern,
                                                   .today = clock_day(x->arena, x->now)},
        &counts));
    page_list_tabs(list, filters, TAB_COUNT, open, views);
    views[TAB_ALL].total = (int64_t)counts->all;
    views[TAB_SOON].total = (int64_t)counts->soon;
    views[TAB_ENDED].total = (int64_t)counts->ended;
    views[TAB_NONE].total = (int64_t)counts->none;
    views[TAB_EMPTY].total = (int64_t)counts->empty;
    return ERR_OK;
}

static enum err read_rows(struct exchange *x, struct page_list *list, size_t tab, uint64_t total,
                          struct establishments_view *view)
{
    struct operator_establishments_row *rows;
    struct establishments_row *shown;
    size_t count;

    view->pagination = page_list_pages(list, columns, total);
    /* The choices stand in the order of the columns, each rising and then falling. */
    ERR_TRY(db_operator_establishments(
        x->db, x->arena,
        &(struct operator_establishments_in){
            .pattern = list->pattern,
            .filter = words[tab],
            .today = clock_day(x->arena, x->now),
            .limit = list->size,
            .offset = list->offset,
            .order = (enum operator_establishments_order)(2 * list->column + list->descending)},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct establishments_row);
    for (size_t i = 0; i < count; i++)
        shown[i] =
            (struct establishments_row){.url = page_url(x->arena, at_establishment, rows[i].id),
                                        .uai = rows[i].uai,
                                        .name = rows[i].name,
                                        .city = rows[i].city,
                                        .email = rows[i].email,
                                        .accounts = (int64_t)rows[i].accounts,
                                        .licence = page_licence_state(x, rows[i].licence_end)};
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* GET /etablissements — operators
 *
 *     licence   bientot (ends within 30 days), terminee or sans; all where it is absent
 *     comptes   aucun: nobody can act for it
 *     and what every list has (pages/list.h), sorted by nom, uai, commune, licence; the search
 *     looks at the name, the UAI, the town and its postal code */
enum err page_establishments(struct exchange *x)
{
    size_t tab = page_list_tab(x, filters, TAB_COUNT);
    struct page_list list = page_list_read(x, page_url(x->arena, at_establishments), filters[tab],
                                           columns, COLUMN_COUNT);
    struct view_tab counts[TAB_COUNT];
    struct view_page page;
    struct establishments_view view = {.page = &page,
                                       .new_url = page_url(x->arena, at_establishment_new),
                                       .import_url = page_url(x->arena, at_directory),
                                       .all = &counts[TAB_ALL],
                                       .soon = &counts[TAB_SOON],
                                       .ended = &counts[TAB_ENDED],
                                       .none = &counts[TAB_NONE],
                                       .empty = &counts[TAB_EMPTY],
                                       .list_action = list.path,
                                       .search = list.search,
                                       .by_name = page_list_sort(&list, columns, 0),
                                       .by_uai = page_list_sort(&list, columns, 1),
                                       .by_city = page_list_sort(&list, columns, 2),
                                       .by_licence = page_list_sort(&list, columns, 3)};

    if (http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    page_frame(x, &page);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, columns, &view.hidden, &view.hidden_count);
    ERR_TRY(count_tabs(x, &list, tab, counts));
    ERR_TRY(read_rows(x, &list, tab, (uint64_t)counts[tab].total, &view));
    return http_cache_keep(x, http_page(x, 200, "establishments.html", &view));
}
