/* « Liste des stages ». */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/placement.h"
#include "http/cache.h"
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
    bool is_draft = strcmp(row->state, "draft") == 0;
    bool is_cancelled = strcmp(row->state, "cancelled") == 0;

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
        .is_closed = !is_open && !is_draft && !is_cancelled,
        .is_draft = is_draft,
        .is_cancelled = is_cancelled,
        .is_own = row->host_id == x->session->establishment_id,
        .waiting = (int64_t)row->waiting,
        .wait_url = is_open && left == 0 ? page_url(x->arena, at_waiting, row->id) : NULL,
        .register_url = is_open && left > 0 ? page_url(x->arena, at_registration, row->id) : NULL};
}

/* A choice of a filter: its word in the address, and what it asks of the statement. The first is
 * in force where the address has none. What people read is "filter-NAME-WORD" in
 * views/errors.txt. */
struct choice {
    const char *word;
    const char *asked;
    int from, until; /* of a period: days from today */
};

#define AGES 100000 /* days */
#define CHOICES_MOST 5

enum filter { FILTER_WHOSE, FILTER_PERIOD, FILTER_STATE, FILTER_PLACES, FILTERS };

static const struct {
    const char *name; /* of the parameter */
    struct choice choices[CHOICES_MOST];
    size_t count;
} filters[FILTERS] = {
    [FILTER_WHOSE] = {"organisateur", {{"tous", ""}, {"nous", "own"}, {"autres", "others"}}, 3},
    [FILTER_PERIOD] = {"periode",
                       {{"a-venir", "", 0, AGES},
                        {"semaine", "", 0, 7},
                        {"mois", "", 0, 30},
                        {"passes", "", -AGES, -1},
                        {"toutes", "", -AGES, AGES}},
                       5},
    [FILTER_STATE] = {"etat",
                      {{"tous", ""},
                       {"ouverts", "open"},
                       {"clos", "closed"},
                       {"brouillons", "draft"},
                       {"annules", "cancelled"}},
                      5},
    [FILTER_PLACES] = {"places", {{"toutes", ""}, {"libres", "free"}, {"complets", "full"}}, 3},
};

/* The index of each filter's choice in force. */
struct filtering {
    size_t chosen[FILTERS];
    const char *query; /* for the addresses of the list; "" where all are as usual */
};

static struct filtering read_filters(struct exchange *x)
{
    struct filtering filtering = {.query = ""};

    for (enum filter i = 0; i < FILTERS; i++) {
        const char *word = http_query(x, filters[i].name);

        for (size_t j = 0; word && j < filters[i].count; j++)
            if (strcmp(filters[i].choices[j].word, word) == 0)
                filtering.chosen[i] = j;
        if (filtering.chosen[i] > 0)
            filtering.query = arena_printf(x->arena, "%s%s%s=%s", filtering.query,
                                           filtering.query[0] ? "&" : "", filters[i].name, word);
    }
    return filtering;
}

static const struct choice *chosen(const struct filtering *filtering, enum filter filter)
{
    return &filters[filter].choices[filtering->chosen[filter]];
}

/* A filter as a field to choose in. */
static const struct view_form_field *
filter_field(struct exchange *x, const struct filtering *filtering, enum filter filter)
{
    struct view_form_field *field = ARENA_NEW(x->arena, struct view_form_field);
    struct view_option *options =
        ARENA_NEW_ARRAY(x->arena, filters[filter].count, struct view_option);

    for (size_t i = 0; i < filters[filter].count; i++) {
        const char *word = filters[filter].choices[i].word;
        const char *name = arena_printf(x->arena, "%s-%s", filters[filter].name, word);

        options[i] = (struct view_option){
            .value = word,
            .label = http_sentence(x, arena_printf(x->arena, "filter-%s", name)),
            .selected = i == filtering->chosen[filter]};
    }
    *field = (struct view_form_field){
        .id = filters[filter].name, .options = options, .options_count = filters[filter].count};
    return field;
}

/* The bounds of the years that a day may have. */
static const char *day_from(struct exchange *x, int days)
{
    if (days == AGES)
        return "2199-12-31";
    if (days == -AGES)
        return "1900-01-01";
    return clock_day_after(x->arena, clock_day(x->arena, x->now), days);
}

static enum err read_rows(struct exchange *x, struct page_list *list,
                          const struct filtering *filtering, struct placements_view *view)
{
    const char *today = clock_day(x->arena, x->now);
    const struct choice *period = chosen(filtering, FILTER_PERIOD);
    const struct placement_count_in asked = {.viewer = x->session->establishment_id,
                                             .from_day = day_from(x, period->from),
                                             .until_day = day_from(x, period->until),
                                             .today = today,
                                             .whose = chosen(filtering, FILTER_WHOSE)->asked,
                                             .state = chosen(filtering, FILTER_STATE)->asked,
                                             .places = chosen(filtering, FILTER_PLACES)->asked,
                                             .pattern = list->pattern};
    struct placement_count_row *total;
    struct placement_list_row *rows;
    struct placements_row *shown;
    size_t count;

    ERR_TRY(db_placement_count(x->db, x->arena, &asked, &total));
    view->pagination = page_list_pages(list, columns, total->total);
    /* The choices stand in the order of the columns, each rising and then falling. */
    ERR_TRY(db_placement_list(x->db, x->arena,
                              &(struct placement_list_in){.viewer = asked.viewer,
                                                          .from_day = asked.from_day,
                                                          .until_day = asked.until_day,
                                                          .today = asked.today,
                                                          .whose = asked.whose,
                                                          .state = asked.state,
                                                          .places = asked.places,
                                                          .pattern = asked.pattern,
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
 *     organisateur   tous, nous or autres: who hosts
 *     periode        a-venir, semaine, mois, passes or toutes
 *     etat           tous, ouverts, clos, brouillons or annules
 *     places         toutes, libres or complets
 *     what every list has (pages/list.h), sorted by date, titre, accueil
 *
 * The placements with the places left; where nothing is asked for, those still to come. */
enum err page_placements(struct exchange *x)
{
    struct filtering filtering = read_filters(x);
    struct page_list list = page_list_read(x, page_url(x->arena, at_placements), filtering.query,
                                           columns, COLUMN_COUNT);
    struct page_list order_alone = list; /* the form has the filters as fields of its own */
    struct view_page page;
    struct placements_view view = {.page = &page,
                                   .new_url = page_url(x->arena, at_placement_new),
                                   .list_action = list.path,
                                   .search = list.search,
                                   .is_filtered = list.search[0] || filtering.query[0],
                                   .whose = filter_field(x, &filtering, FILTER_WHOSE),
                                   .period = filter_field(x, &filtering, FILTER_PERIOD),
                                   .state = filter_field(x, &filtering, FILTER_STATE),
                                   .places = filter_field(x, &filtering, FILTER_PLACES),
                                   .by_day = page_list_sort(&list, columns, 0),
                                   .by_title = page_list_sort(&list, columns, 1),
                                   .by_host = page_list_sort(&list, columns, 2)};

    if (http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    order_alone.filter = "";
    page_frame(x, &page);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&order_alone, columns, &view.hidden, &view.hidden_count);
    ERR_TRY(read_rows(x, &list, &filtering, &view));
    return http_cache_keep(x, http_page(x, 200, "placements.html", &view));
}
