/* « Contacts »: the conventions and placements that are shared with one, as lists. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "domain/moves.h"
#include "http/cache.h"
#include "pages/contacts.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(contact_convention_row);
VIEW_TYPE(contact_conventions_view);
VIEW_TYPE(contact_placement_row);
VIEW_TYPE(contact_placements_view);

static const char *const columns[] = {"nom", "date", "stage"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

/* The choices of an order stand in the order of the columns, each rising and then falling. */

struct state_filter {
    const char *filter; /* parameter "etat" */
    const char *state;
};

static const struct state_filter states[] = {{"", ""},
                                             {"etat=non-retournees", "not_returned"},
                                             {"etat=en-attente", "pending"},
                                             {"etat=validees", "validated"},
                                             {"etat=annulees", "cancelled"}};
#define STATE_COUNT (sizeof states / sizeof states[0])

static size_t open_state(struct exchange *x)
{
    const char *asked = http_query(x, "etat");

    for (size_t i = 1; asked && i < STATE_COUNT; i++)
        if (strcmp(strchr(states[i].filter, '=') + 1, asked) == 0)
            return i;
    return 0;
}

static enum err partner_of(struct exchange *x, struct contact_by_id_row **row)
{
    ERR_TRY(page_contact_of(x, row));
    if (!(*row)->has_partner_id)
        return err_raise(ERR_NOT_FOUND, NULL, "contact %" PRIu64 " shares nothing", (*row)->id);
    return ERR_OK;
}

static struct contact_convention_row show_convention(struct exchange *x,
                                                     const struct contact_conventions_row *row)
{
    enum convention_state state = state_parse(row->state);

    return (struct contact_convention_row){
        .last_name = row->last_name,
        .first_name = row->first_name,
        .convention_url = page_url(x->arena, at_convention, row->id),
        .title = row->title,
        .placement_url = page_url(x->arena, at_placement, row->placement_id),
        .day = clock_french_day(x->arena, row->first_day),
        .as_host = row->as_host,
        .is_not_returned = state == CONVENTION_NOT_RETURNED,
        .is_pending = state == CONVENTION_PENDING && !row->incomplete,
        .is_incomplete = state == CONVENTION_PENDING && row->incomplete,
        .is_validated = state == CONVENTION_VALIDATED,
        .is_cancelled = state == CONVENTION_CANCELLED};
}

static enum err read_conventions(struct exchange *x, struct page_list *list,
                                 const struct contact_by_id_row *contact, const char *state,
                                 struct contact_conventions_view *view)
{
    const uint64_t viewer = x->session->establishment_id;
    struct contact_convention_count_row *total;
    struct contact_conventions_row *rows;
    struct contact_convention_row *shown;
    size_t count;

    ERR_TRY(db_contact_convention_count(
        x->db, x->arena,
        &(struct contact_convention_count_in){.viewer = viewer,
                                              .partner = contact->partner_id,
                                              .state = state,
                                              .pattern = list->pattern},
        &total));
    view->pagination = page_list_pages(list, columns, total->total);
    ERR_TRY(db_contact_conventions(
        x->db, x->arena,
        &(struct contact_conventions_in){
            .viewer = viewer,
            .partner = contact->partner_id,
            .state = state,
            .pattern = list->pattern,
            .limit = list->size,
            .offset = list->offset,
            .order = (enum contact_conventions_order)(2 * list->column + list->descending)},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct contact_convention_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = show_convention(x, &rows[i]);
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

static const struct contacts_filter *tab(struct exchange *x, const char *path, size_t state,
                                         size_t open)
{
    struct contacts_filter *filter = ARENA_NEW(x->arena, struct contacts_filter);

    filter->url = state == 0 ? path : arena_printf(x->arena, "%s?%s", path, states[state].filter);
    filter->is_open = state == open;
    return filter;
}

/* GET /contacts/{id}/conventions — admins and members of the establishment whose contact it is
 *
 *     etat   non-retournees, en-attente, validees or annulees; all where it is absent
 *     what every list has (pages/list.h), sorted by nom, date, stage
 *
 * The conventions shared with that establishment. */
enum err page_contact_conventions(struct exchange *x)
{
    const char *path = page_url(x->arena, at_contact_conventions, http_id(x, 0));
    size_t open = open_state(x);
    struct page_list list = page_list_read(x, path, states[open].filter, columns, COLUMN_COUNT);
    struct contact_by_id_row *contact;
    struct view_page page;
    struct contact_conventions_view view = {.page = &page,
                                            .back = page_url(x->arena, at_contact, http_id(x, 0)),
                                            .everybody = tab(x, path, 0, open),
                                            .not_returned = tab(x, path, 1, open),
                                            .pending = tab(x, path, 2, open),
                                            .validated = tab(x, path, 3, open),
                                            .cancelled = tab(x, path, 4, open),
                                            .list_action = path,
                                            .search = list.search,
                                            .by_name = page_list_sort(&list, columns, 0),
                                            .by_day = page_list_sort(&list, columns, 1),
                                            .by_title = page_list_sort(&list, columns, 2)};

    if (http_cache_answer(x, HTTP_CACHE_SCHOOL))
        return ERR_OK;
    ERR_TRY(partner_of(x, &contact));
    view.contact = contact->name;
    page_frame(x, &page);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, columns, &view.hidden, &view.hidden_count);
    ERR_TRY(read_conventions(x, &list, contact, states[open].state, &view));
    return http_cache_keep(x, http_page(x, 200, "contact-conventions.html", &view));
}

static const char *const placement_columns[] = {"date", "stage"};
#define PLACEMENT_COLUMN_COUNT (sizeof placement_columns / sizeof placement_columns[0])

static enum err read_placements(struct exchange *x, struct page_list *list,
                                const struct contact_by_id_row *contact,
                                struct contact_placements_view *view)
{
    const uint64_t viewer = x->session->establishment_id;
    struct contact_placement_count_row *total;
    struct contact_placements_row *rows;
    struct contact_placement_row *shown;
    size_t count;

    ERR_TRY(db_contact_placement_count(
        x->db, x->arena,
        &(struct contact_placement_count_in){
            .viewer = viewer, .partner = contact->partner_id, .pattern = list->pattern},
        &total));
    view->pagination = page_list_pages(list, placement_columns, total->total);
    ERR_TRY(db_contact_placements(
        x->db, x->arena,
        &(struct contact_placements_in){
            .viewer = viewer,
            .partner = contact->partner_id,
            .pattern = list->pattern,
            .limit = list->size,
            .offset = list->offset,
            .order = (enum contact_placements_order)(2 * list->column + list->descending)},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct contact_placement_row);
    for (size_t i = 0; i < count; i++)
        shown[i] =
            (struct contact_placement_row){.title = rows[i].title,
                                           .url = page_url(x->arena, at_placement, rows[i].id),
                                           .day = clock_french_day(x->arena, rows[i].first_day),
                                           .as_host = rows[i].as_host,
                                           .conventions = (int64_t)rows[i].conventions};
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* GET /contacts/{id}/stages — admins and members of the establishment whose contact it is
 *
 *     what every list has (pages/list.h), sorted by date, stage
 *
 * The placements that trainees of the one have or had at the other. */
enum err page_contact_placements(struct exchange *x)
{
    const char *path = page_url(x->arena, at_contact_placements, http_id(x, 0));
    struct page_list list = page_list_read(x, path, "", placement_columns, PLACEMENT_COLUMN_COUNT);
    struct contact_by_id_row *contact;
    struct view_page page;
    struct contact_placements_view view = {.page = &page,
                                           .back = page_url(x->arena, at_contact, http_id(x, 0)),
                                           .list_action = path,
                                           .search = list.search,
                                           .by_day = page_list_sort(&list, placement_columns, 0),
                                           .by_title = page_list_sort(&list, placement_columns, 1)};

    if (http_cache_answer(x, HTTP_CACHE_SCHOOL))
        return ERR_OK;
    ERR_TRY(partner_of(x, &contact));
    view.contact = contact->name;
    page_frame(x, &page);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, placement_columns, &view.hidden, &view.hidden_count);
    ERR_TRY(read_placements(x, &list, contact, &view));
    return http_cache_keep(x, http_page(x, 200, "contact-placements.html", &view));
}
