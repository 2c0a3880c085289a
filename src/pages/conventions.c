/* « Gestion des retours de conventions »: the three tabs, the list, and the deposit's form. */
#include "pages/conventions.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/comparison.h"
#include "domain/moves.h"
#include "http/cache.h"
#include "pages/boxes.h"
#include "pages/conventions_filter.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/routes.h"
#include "pages/selection.h"

static const char *const columns[] = {"nom", "prenom", "responsable", "origine", "date"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

struct tab {
    const char *name; /* parameter "onglet" */
    const char *filter;
    enum convention_state state;
};

static const struct tab tabs[] = {
    {"non-retournees", "", CONVENTION_NOT_RETURNED},
    {"en-attente", "onglet=en-attente", CONVENTION_PENDING},
    {"validees", "onglet=validees", CONVENTION_VALIDATED},
};
#define TAB_COUNT (sizeof tabs / sizeof tabs[0])

static const struct tab *open_tab(struct exchange *x)
{
    const char *name = http_query(x, "onglet");

    for (size_t i = 0; name && i < TAB_COUNT; i++)
        if (strcmp(tabs[i].name, name) == 0)
            return &tabs[i];
    return &tabs[0];
}

const char *page_conventions_tab(struct arena *arena, enum convention_state state)
{
    const char *path = page_url(arena, at_conventions);

    for (size_t i = 0; i < TAB_COUNT; i++)
        if (tabs[i].state == state && tabs[i].filter[0])
            return arena_printf(arena, "%s?%s", path, tabs[i].filter);
    return path;
}

static enum err count_tabs(struct exchange *x, const struct tab *open,
                           struct conventions_tab views[TAB_COUNT])
{
    struct convention_counts_row *rows;
    size_t count;

    ERR_TRY(db_convention_counts(
        x->db, x->arena, &(struct convention_counts_in){.viewer = x->session->establishment_id},
        &rows, &count));
    for (size_t i = 0; i < TAB_COUNT; i++) {
        views[i] = (struct conventions_tab){.url = page_conventions_tab(x->arena, tabs[i].state),
                                            .is_open = &tabs[i] == open};
        for (size_t j = 0; j < count; j++)
            if (state_parse(rows[j].state) == tabs[i].state)
                views[i].total = (int64_t)rows[j].total;
    }
    return ERR_OK;
}

static const char *action(struct exchange *x, const char *url, uint32_t version)
{
    return arena_printf(x->arena, "%s?version=%" PRIu32, url, version);
}

/* The value of its check box. */
static const char *choice_of(struct arena *arena, const struct convention_list_row *row)
{
    return arena_printf(arena, "%" PRIu64 "-%" PRIu32, row->id, row->version);
}

static struct conventions_row show_row(struct exchange *x, enum convention_state state,
                                       const struct convention_list_row *row,
                                       struct page_selection *selection)
{
    bool judges = row->as_host && state != CONVENTION_NOT_RETURNED;
    struct conventions_row shown = {
        .choice = choice_of(x->arena, row),
        .last_name = row->last_name,
        .first_name = row->first_name,
        .guardian = row->guardian_name,
        .origin = row->origin_name,
        .day = clock_french_day(x->arena, row->first_day),
        .is_incomplete = row->incomplete,
        .placement_url = page_url(x->arena, at_placement, row->placement_id),
        .convention_url = page_url(x->arena, at_convention, row->id),
    };

    shown.is_chosen = page_selection_shows(selection, shown.choice);
    if (state == CONVENTION_NOT_RETURNED)
        shown.original_url = page_url(x->arena, at_convention_original, row->id);
    if (state == CONVENTION_PENDING) {
        struct comparison_boxes boxes = comparison_boxes_parse(row->boxes);

        shown.boxes = page_boxes(x, &boxes, BOXES_SHORT_NAMES);
        shown.returned_url = page_url(x->arena, at_convention, row->id);
    }
    if (state == CONVENTION_VALIDATED)
        shown.download_url = page_url(x->arena, at_convention_file, row->id);
    if (judges && state == CONVENTION_PENDING)
        shown.validate_action = action(x, page_url(x->arena, at_validate, row->id), row->version);
    if (judges) {
        shown.invalidate_url =
            action(x, page_url(x->arena, at_invalidation, row->id), row->version);
        shown.regenerate_action =
            action(x, page_url(x->arena, at_regenerate, row->id), row->version);
    }
    return shown;
}

/* What can be done to several of them: a tab's own acts, where some rows are of conventions that
 * this account's school hosts. */
static const struct conventions_several *offer_several(struct exchange *x, const char *list,
                                                       enum convention_state state, bool as_host)
{
    struct conventions_several *several = ARENA_NEW(x->arena, struct conventions_several);

    several->list = list;
    several->zip_action = page_url(x->arena, at_several_zip);
    several->print_action = page_url(x->arena, at_several_print);
    if (as_host && state != CONVENTION_VALIDATED)
        several->remind_action = page_url(x->arena, at_several_remind);
    if (as_host && state == CONVENTION_PENDING)
        several->validate_action = page_url(x->arena, at_several_validate);
    return several;
}

static enum err count_rows(struct exchange *x, const struct page_list *list, const char *state,
                           const struct conventions_filter *filter, uint64_t *total)
{
    struct convention_count_row *row;

    ERR_TRY(db_convention_count(
        x->db, x->arena,
        &(struct convention_count_in){.viewer = x->session->establishment_id,
                                      .state = state,
                                      .pattern = list->pattern,
                                      .from = filter->from,
                                      .until = filter->until,
                                      .origin = filter->origin,
                                      .incomplete = filter->incomplete,
                                      .findings = filter->findings,
                                      .search = list->search[0] ? CONVENTION_COUNT_SEARCH_SOME
                                                                : CONVENTION_COUNT_SEARCH_NONE,
                                      .filter = filter->in_force ? CONVENTION_COUNT_FILTER_SOME
                                                                 : CONVENTION_COUNT_FILTER_NONE},
        &row));
    *total = row->total;
    return ERR_OK;
}

/* Rows of the list, limit of them from its offset. */
static enum err load_rows(const struct page_list *list, const struct tab *tab,
                          const struct conventions_filter *filter, uint64_t limit,
                          struct convention_list_row **rows, size_t *count)
{
    struct exchange *x = list->x;

    /* The choices stand in the order of the columns, each rising and then falling. */
    return db_convention_list(
        x->db, x->arena,
        &(struct convention_list_in){
            .viewer = x->session->establishment_id,
            .state = state_name(tab->state),
            .pattern = list->pattern,
            .from = filter->from,
            .until = filter->until,
            .origin = filter->origin,
            .incomplete = filter->incomplete,
            .findings = filter->findings,
            .reach = list->offset + limit,
            .limit = limit,
            .offset = list->offset,
            .search = list->search[0] ? CONVENTION_LIST_SEARCH_SOME : CONVENTION_LIST_SEARCH_NONE,
            .among = page_list_is_first(list, columns) && !filter->in_force
                         ? CONVENTION_LIST_AMONG_FIRST
                         : CONVENTION_LIST_AMONG_ALL,
            .order = (enum convention_list_order)(2 * list->column + list->descending),
            .filter = filter->in_force ? CONVENTION_LIST_FILTER_SOME : CONVENTION_LIST_FILTER_NONE},
        rows, count);
}

/* « Tout sélectionner »: all of the list that the address asks for. */
static enum err select_all(const struct page_list *list, const struct tab *tab,
                           const struct conventions_filter *filter,
                           struct page_selection *selection)
{
    struct convention_list_row *rows;
    size_t count;

    ERR_TRY(load_rows(list, tab, filter, PAGE_SELECTION_MOST, &rows, &count));
    for (size_t i = 0; i < count; i++)
        page_selection_add(selection, choice_of(list->x->arena, &rows[i]));
    return ERR_OK;
}

/* all: how many the tab has, which is counted already. */
static enum err read_rows(struct page_list *list, const struct tab *tab,
                          const struct conventions_filter *filter, uint64_t all,
                          struct page_selection *selection, struct conventions_view *view)
{
    struct exchange *x = list->x;
    struct convention_list_row *rows;
    struct conventions_row *shown;
    bool as_host = false;
    uint64_t total = all;
    size_t count;

    if (list->search[0] || filter->in_force)
        ERR_TRY(count_rows(x, list, state_name(tab->state), filter, &total));
    view->pagination = page_list_pages(list, columns, total);
    ERR_TRY(load_rows(list, tab, filter, list->size, &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct conventions_row);
    for (size_t i = 0; i < count; i++) {
        shown[i] = show_row(x, tab->state, &rows[i], selection);
        as_host = as_host || rows[i].as_host;
    }
    view->rows = shown;
    view->rows_count = count;
    view->several = offer_several(x, page_list_here(list, columns), tab->state, as_host);
    return ERR_OK;
}

/* The list that the address asks for, with the tab and the filters in all its own addresses. */
static struct page_list list_of(struct exchange *x, const struct tab *tab,
                                struct conventions_filter *filter)
{
    const char *query;

    conventions_filter_read(x, tab->state, filter);
    query = arena_printf(x->arena, "%s%s%s", tab->filter,
                         tab->filter[0] && filter->in_force ? "&" : "", filter->query);
    return page_list_read(x, page_url(x->arena, at_conventions), query, columns, COLUMN_COUNT);
}

/* What the form of sizes, search and filters has no fields for: the tab and the order. */
static void carry_on(const struct page_list *list, const struct tab *tab,
                     struct conventions_view *view)
{
    struct page_list without = *list;

    without.filter = tab->filter;
    page_list_hidden(&without, columns, &view->hidden, &view->hidden_count);
}

static void sort_by(const struct page_list *list, struct conventions_view *view)
{
    view->by_name = page_list_sort(list, columns, 0);
    view->by_first_name = page_list_sort(list, columns, 1);
    view->by_guardian = page_list_sort(list, columns, 2);
    view->by_origin = page_list_sort(list, columns, 3);
    view->by_day = page_list_sort(list, columns, 4);
}

enum err page_conventions_show(struct exchange *x, unsigned status,
                               const struct conventions_deposit *deposit,
                               const struct view_form_error *errors, size_t error_count)
{
    const struct tab *tab = open_tab(x);
    struct conventions_filter filter;
    struct page_list list = list_of(x, tab, &filter), carrying;
    struct page_selection selection = page_selection_read(x, &x->request->query, "choix");
    struct conventions_tab counts[TAB_COUNT];
    struct view_page page;
    struct conventions_view view = {
        .page = &page,
        .not_returned = &counts[0],
        .pending = &counts[1],
        .validated = &counts[2],
        .in_not_returned = tab->state == CONVENTION_NOT_RETURNED,
        .in_pending = tab->state == CONVENTION_PENDING,
        .in_validated = tab->state == CONVENTION_VALIDATED,
        .list_action = list.path,
        .search = list.search,
        .deposit = deposit,
    };

    page_frame(x, &page);
    page.errors = errors;
    page.errors_count = error_count;
    if (http_query(x, "tout"))
        ERR_TRY(select_all(&list, tab, &filter, &selection));
    if (selection.is_over)
        page_add_error(&page, x->arena, http_sentence(x, "selection-too-many"));
    carrying = page_selection_carry(&selection, &list);
    sort_by(&carrying, &view);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    carry_on(&list, tab, &view);
    page_selection_hidden(x->arena, &selection, &view.hidden, &view.hidden_count);
    ERR_TRY(count_tabs(x, tab, counts));
    if (counts[0].total + counts[1].total + counts[2].total == 0)
        view.first_url = page_url(x->arena, at_placements);
    if (filter.in_force)
        view.clear_url = page_conventions_tab(x->arena, tab->state);
    ERR_TRY(conventions_filter_show(x, tab->state, &filter, &view.filters));
    ERR_TRY(read_rows(&list, tab, &filter, (uint64_t)counts[tab - tabs].total, &selection, &view));
    view.selection = page_selection_view(x, &selection, &list, columns,
                                         page_url(x->arena, at_several_lead), view.pagination);
    return http_page(x, status, "conventions.html", &view);
}

/* GET /conventions — admins and members of an establishment
 *
 *     onglet   non-retournees (where it is absent), en-attente or validees
 *     choix, retenus   what is ticked (pages/selection.h); tout instead: all of the list
 *     depose   the convention just deposited; with "deja" where the file was there already
 *     filters as in pages/conventions_filter.h
 *     and what every list has (pages/list.h), sorted by nom, prenom, responsable, origine, date */
enum err page_conventions(struct exchange *x)
{
    uint64_t deposited = http_query_number(x, "depose", 1, UINT64_MAX, 0);
    struct conventions_deposit *deposit;

    if (http_cache_answer(x, HTTP_CACHE_SCHOOL))
        return ERR_OK;
    ERR_TRY(page_conventions_deposit(x, 0, &deposit));
    if (deposited != 0)
        ERR_TRY(page_deposit_result(x, deposited, &deposit->result));
    return http_cache_keep(x, page_conventions_show(x, 200, deposit, NULL, 0));
}
