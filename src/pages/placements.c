/* « Liste des stages », and a placement's sheet (« Info »). */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/moves.h"
#include "domain/placement.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/placement_view.h"
#include "pages/placements.h"
#include "pages/routes.h"
#include "view/markdown.h"

VIEW_TYPE(placements_row);
VIEW_TYPE(placements_view);
VIEW_TYPE(placement_trainee);
VIEW_TYPE(placement_view);

static const char *const columns[] = {"date", "titre", "accueil"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

const char *page_hours(struct arena *arena, const char *starts_at, const char *ends_at)
{
    return arena_printf(arena, "%s – %s", clock_french_time(arena, starts_at),
                        clock_french_time(arena, ends_at));
}

const char *page_days(struct arena *arena, const char *first, const char *last)
{
    if (strcmp(first, last) == 0)
        return clock_french_long_day(arena, first);
    return arena_printf(arena, "du %s au %s", clock_french_long_day(arena, first),
                        clock_french_long_day(arena, last));
}

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
        .is_own = row->host_id == x->session->establishment_id,
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

static enum err find(struct exchange *x, uint64_t id, bool in_any_state,
                     struct placement_by_id_row **row)
{
    ERR_TRY(db_placement_by_id(x->db, x->arena,
                               &(struct placement_by_id_in){.id = id,
                                                            .viewer = x->session->establishment_id,
                                                            .in_any_state = in_any_state},
                               row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "placement %" PRIu64, id);
}

enum err page_placement_of(struct exchange *x, uint64_t id, struct placement_by_id_row **row)
{
    return find(x, id, false, row);
}

enum err page_placement_asked_for(struct exchange *x, uint64_t id, struct placement_by_id_row **row)
{
    return find(x, id, true, row);
}

static enum err list_trainees(struct exchange *x, uint64_t placement, struct placement_view *view)
{
    struct placement_registrations_row *rows;
    struct placement_trainee *shown;
    size_t count;

    ERR_TRY(db_placement_registrations(
        x->db, x->arena,
        &(struct placement_registrations_in){.placement_id = placement,
                                             .viewer = x->session->establishment_id},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct placement_trainee);
    for (size_t i = 0; i < count; i++) {
        enum convention_state state = state_parse(rows[i].state);

        shown[i] = (struct placement_trainee){
            .last_name = rows[i].last_name,
            .first_name = rows[i].first_name,
            .class_name = rows[i].class_name,
            .origin = rows[i].origin_name,
            .is_not_returned = state == CONVENTION_NOT_RETURNED,
            .is_pending = state == CONVENTION_PENDING && !rows[i].incomplete,
            .is_incomplete = state == CONVENTION_PENDING && rows[i].incomplete,
            .is_validated = state == CONVENTION_VALIDATED,
            .convention_url = page_url(x->arena, at_convention, rows[i].convention_id),
            .file_url = page_url(x->arena, at_convention_file, rows[i].convention_id)};
    }
    view->trainees = shown;
    view->trainees_count = count;
    return ERR_OK;
}

/* GET /stages/{id} — admins and members of an establishment
 *
 * A placement's sheet. The host sees all who come, an origin its own trainees. */
enum err page_placement(struct exchange *x)
{
    struct placement_by_id_row *row;
    struct view_page page;
    struct placement_view view;
    unsigned left;
    bool is_open;

    ERR_TRY(page_placement_of(x, http_id(x, 0), &row));
    left = placement_left(row->capacity, row->taken);
    is_open = placement_is_open(row->state, row->closes_on, clock_day(x->arena, x->now));
    page_frame(x, &page);
    page.title = row->title;
    view = (struct placement_view){
        .page = &page,
        .host = row->host_name,
        .course = row->course,
        .days = page_days(x->arena, row->first_day, row->last_day),
        .hours = page_hours(x->arena, row->starts_at, row->ends_at),
        .place = row->place,
        .person = row->person_name,
        .person_phone = row->person_phone,
        .meals_canteen = strcmp(row->meals, "canteen") == 0,
        .meals_packed = strcmp(row->meals, "packed") == 0,
        .meals_home = strcmp(row->meals, "home") == 0,
        .transport_family = strcmp(row->transport, "family") == 0,
        .transport_school = strcmp(row->transport, "school") == 0,
        .transport_foot = strcmp(row->transport, "foot") == 0,
        .left = left,
        .capacity = row->capacity,
        .closes_on = clock_french_day(x->arena, row->closes_on),
        .register_url = is_open && left > 0 ? page_url(x->arena, at_registration, row->id) : NULL,
        .is_full = is_open && left == 0,
        .is_past = !is_open && strcmp(row->state, "published") == 0,
        .is_closed = strcmp(row->state, "published") != 0};
    ERR_TRY(view_markdown_html(x->arena, row->description, VIEW_MARKDOWN_MOST, &view.description));
    ERR_TRY(list_trainees(x, row->id, &view));
    return http_page(x, 200, "placement.html", &view);
}
