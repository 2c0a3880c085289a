/* « Suivi des conventions »: the lists behind the dashboard's counts. */
#include "pages/followup.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/dates.h"
#include "db/statements.h"
#include "domain/moves.h"
#include "http/cache.h"
#include "pages/followup_view.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/routes.h"

VIEW_TYPE(days_left);
VIEW_TYPE(followup_row);
VIEW_TYPE(followup_view);

#define FILTER_LENGTH 200

static const char *const columns[] = {"date", "nom", "stage", "accueil", "origine"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

/* The words of "liste", and the keys of what they are called on screen. */
static const struct {
    const char *word;
    const char *key;
} lists[WORK_COUNT] = {
    [WORK_ALL] = {"toutes", "followup-all"},
    [WORK_VALIDATE] = {"a-valider", "followup-validate"},
    [WORK_RETURN] = {"non-retournees", "followup-return"},
    [WORK_LATE] = {"en-retard", "followup-late"},
    [WORK_SOON] = {"sous-7-jours", "followup-soon"},
    [WORK_INCOMPLETE] = {"incompletes", "followup-incomplete"},
    [WORK_PENDING] = {"en-attente", "followup-pending"},
    [WORK_VALIDATED] = {"validees", "followup-validated"},
};
static const struct {
    const char *word;
    const char *key;
} sides[] = {[SIDE_BOTH] = {"", "followup-side-both"},
             [SIDE_HOST] = {"accueil", "followup-side-host"},
             [SIDE_ORIGIN] = {"origine", "followup-side-origin"}};
#define SIDE_COUNT (sizeof sides / sizeof sides[0])

/* What the address asks for. */
struct asked {
    enum worklist list;
    enum work_side side;
    const char *monday; /* NULL for all weeks */
};

/* "liste=…&cote=…&semaine=…", without what is usual. */
static const char *filter_text(struct exchange *x, const struct asked *asked)
{
    struct buf out = buf_new(x->arena, FILTER_LENGTH);

    if (asked->list != WORK_ALL)
        buf_printf(&out, "&liste=%s", lists[asked->list].word);
    if (asked->side != SIDE_BOTH)
        buf_printf(&out, "&cote=%s", sides[asked->side].word);
    if (asked->monday)
        buf_printf(&out, "&semaine=%s", dates_week(x->arena, asked->monday));
    return out.length > 0 ? out.data + 1 : "";
}

const char *page_followup_url(struct exchange *x, enum worklist list, enum work_side side,
                              const char *monday)
{
    const char *filter =
        filter_text(x, &(struct asked){.list = list, .side = side, .monday = monday});
    const char *path = page_url(x->arena, at_followup);

    return filter[0] ? arena_printf(x->arena, "%s?%s", path, filter) : path;
}

const struct days_left *page_days_left(struct exchange *x, const char *day)
{
    struct days_left *left = ARENA_NEW(x->arena, struct days_left);
    int days = clock_days_between(clock_day(x->arena, x->now), day);

    *left = (struct days_left){
        .days = days < 0 ? -days : days,
        .is_past = days<0, .is_today = days == 0, .is_tomorrow = days == 1, .is_soon = days> 1 &&
                   days <= WORK_SOON_DAYS,
        .is_later = days > WORK_SOON_DAYS,
        .is_plural = days < -1 || days > 1};
    return left;
}

static struct asked read_address(struct exchange *x)
{
    const char *list = http_query(x, "liste"), *side = http_query(x, "cote");
    struct asked asked = {.list = WORK_ALL, .side = SIDE_BOTH};

    for (size_t i = 0; list && i < WORK_COUNT; i++)
        if (strcmp(lists[i].word, list) == 0)
            asked.list = (enum worklist)i;
    for (size_t i = 0; side && i < SIDE_COUNT; i++)
        if (strcmp(sides[i].word, side) == 0)
            asked.side = (enum work_side)i;
    asked.monday = dates_week_monday(x->arena, http_query(x, "semaine"));
    return asked;
}

static void show_choices(struct exchange *x, const struct asked *asked, struct followup_view *view)
{
    struct view_option *list_options = ARENA_NEW_ARRAY(x->arena, WORK_COUNT, struct view_option);
    struct view_option *side_options = ARENA_NEW_ARRAY(x->arena, SIDE_COUNT, struct view_option);

    for (size_t i = 0; i < WORK_COUNT; i++)
        list_options[i] = (struct view_option){.value = lists[i].word,
                                               .label = http_sentence(x, lists[i].key),
                                               .selected = i == asked->list};
    for (size_t i = 0; i < SIDE_COUNT; i++)
        side_options[i] = (struct view_option){.value = sides[i].word,
                                               .label = http_sentence(x, sides[i].key),
                                               .selected = i == asked->side};
    view->lists = list_options;
    view->lists_count = WORK_COUNT;
    view->sides = side_options;
    view->sides_count = SIDE_COUNT;
    if (!asked->monday)
        return;
    view->week = clock_french_day(x->arena, asked->monday);
    view->week_value = dates_week(x->arena, asked->monday);
    view->all_weeks_url = page_followup_url(x, asked->list, asked->side, NULL);
}

static struct followup_row show_row(struct exchange *x, const struct followup_list_row *row)
{
    enum convention_state state = state_parse(row->state);

    return (struct followup_row){
        .url = page_url(x->arena, at_convention, row->id),
        .trainee = arena_printf(x->arena, "%s %s", row->last_name, row->first_name),
        .placement = row->title,
        .placement_url = page_url(x->arena, at_placement, row->placement_id),
        .host = row->host_name,
        .origin = row->origin_name,
        .day = clock_french_day(x->arena, row->first_day),
        .left = page_days_left(x, row->first_day),
        .is_not_returned = state == CONVENTION_NOT_RETURNED,
        .is_pending = state == CONVENTION_PENDING && !row->incomplete,
        .is_incomplete = state == CONVENTION_PENDING && row->incomplete,
        .is_validated = state == CONVENTION_VALIDATED};
}

static enum err read_rows(struct exchange *x, struct page_list *list, const struct asked *asked,
                          struct followup_view *view)
{
    struct context ctx = page_context(x);
    struct work_filter filter = work_filter(&ctx, asked->list, asked->side);
    struct followup_list_row *rows;
    struct followup_row *shown;
    uint64_t total;
    size_t count;

    if (asked->monday)
        work_filter_days(&filter, asked->monday, dates_add(x->arena, asked->monday, 6));
    ERR_TRY(work_count(&ctx, &filter, list->pattern, &total));
    view->pagination = page_list_pages(list, columns, total);
    /* The choices stand in the order of the columns, each rising and then falling. */
    ERR_TRY(db_followup_list(
        x->db, x->arena,
        &(struct followup_list_in){
            .host = filter.host,
            .origin = filter.origin,
            .state = filter.states[0],
            .or_state = filter.states[1],
            .or_other = filter.states[2],
            .marked = filter.marked,
            .from_day = filter.from_day,
            .until_day = filter.until_day,
            .pattern = list->pattern,
            .search = list->search[0] ? FOLLOWUP_LIST_SEARCH_SOME : FOLLOWUP_LIST_SEARCH_NONE,
            .among = page_list_is_first(list, columns) ? FOLLOWUP_LIST_AMONG_FIRST
                                                       : FOLLOWUP_LIST_AMONG_ALL,
            .reach = list->offset + list->size,
            .limit = list->size,
            .offset = list->offset,
            .order = (enum followup_list_order)(2 * list->column + list->descending)},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct followup_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = show_row(x, &rows[i]);
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* GET /suivi — admins and members of an establishment
 *
 *     liste     toutes (where it is absent), a-valider, non-retournees, en-retard, sous-7-jours,
 *               incompletes, en-attente or validees
 *     cote      accueil or origine: the establishment's side; both where it is absent
 *     semaine   2026-W48: placements that begin in that week; all where it is absent
 *     and what every list has (pages/list.h), sorted by date, nom, stage, accueil, origine */
enum err page_followup(struct exchange *x)
{
    struct asked asked = read_address(x);
    struct page_list list = page_list_read(x, page_url(x->arena, at_followup),
                                           filter_text(x, &asked), columns, COLUMN_COUNT);
    struct view_page page;
    struct followup_view view = {.page = &page,
                                 .list_action = list.path,
                                 .search = list.search,
                                 .is_filtered = list.filter[0] != '\0' || list.search[0] != '\0',
                                 .by_day = page_list_sort(&list, columns, 0),
                                 .by_name = page_list_sort(&list, columns, 1),
                                 .by_placement = page_list_sort(&list, columns, 2),
                                 .by_host = page_list_sort(&list, columns, 3),
                                 .by_origin = page_list_sort(&list, columns, 4)};

    if (http_cache_answer(x, HTTP_CACHE_SCHOOL))
        return ERR_OK;
    page_frame(x, &page);
    page.title = http_sentence(x, lists[asked.list].key);
    if (list.column != 0 || list.descending)
        view.order =
            arena_printf(x->arena, "%s%s", list.descending ? "-" : "", columns[list.column]);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    show_choices(x, &asked, &view);
    ERR_TRY(read_rows(x, &list, &asked, &view));
    return http_cache_keep(x, http_page(x, 200, "followup.html", &view));
}
