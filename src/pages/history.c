/* « Historique », for operators: what happened across all establishments. The operator runs the
 * platform and has no business with pupils: no name of theirs is read. */
#include "pages/history.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "domain/moves.h"
#include "http/cache.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/routes.h"

VIEW_TYPE(history_row);
VIEW_TYPE(history_view);

#define TYPED_MOST 100   /* characters of a filter */
#define FILTER_MOST 4096 /* bytes of all of them in the address */
#define FIRST_DAY "1970-01-02"
#define LAST_DAY "2199-12-30"

static const char *const columns[] = {"-date"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

/* What is asked for; what cannot be read is told at its field, and not looked for. */
struct asked {
    struct view_form_field from, until, event, school, actor, convention;
    const char *from_day, *until_day; /* YYYY-MM-DD */
    uint64_t number;                  /* of the convention, 0 for any */
    const char *filter;               /* for the addresses of the list's pages */
};

static const char *typed(struct exchange *x, const char *name)
{
    const char *given = http_query(x, name);
    const char *text = given ? text_squeeze(x->arena, given) : "";

    return text_length(text) > TYPED_MOST ? "" : text;
}

static struct view_form_field field_of(struct exchange *x, const char *name)
{
    return (struct view_form_field){.id = name, .value = typed(x, name)};
}

static const char *read_day(struct exchange *x, struct view_form_field *field, const char *fallback)
{
    const char *day = field->value;

    if (day[0] == '\0')
        return fallback;
    if (!clock_is_day(day))
        day = clock_parse_french(x->arena, day);
    if (day)
        return day;
    field->error = http_sentence(x, "form-not-day");
    return fallback;
}

/* The events of domain/moves.h, as the schools know them. */
static void list_events(struct exchange *x, struct view_form_field *field)
{
    struct view_option *options = ARENA_NEW_ARRAY(x->arena, EVENT_COUNT, struct view_option);
    bool known = false;

    for (int event = 0; event < EVENT_COUNT; event++) {
        const char *name = event_name((enum convention_event)event);

        options[event] = (struct view_option){
            .value = name,
            .label = http_sentence(x, arena_printf(x->arena, "event-%s", name)),
            .selected = strcmp(name, field->value) == 0};
        known = known || options[event].selected;
    }
    if (!known)
        field->value = "";
    field->options = options;
    field->options_count = EVENT_COUNT;
}

static const char *filter_of(struct exchange *x, const struct asked *asked)
{
    const struct view_form_field *const fields[] = {&asked->from,  &asked->until,
                                                    &asked->event, &asked->school,
                                                    &asked->actor, &asked->convention};
    struct buf out = buf_new(x->arena, FILTER_MOST);

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (fields[i]->value[0])
            buf_printf(&out, "%s%s=%s", out.length > 0 ? "&" : "", fields[i]->id,
                       http_url_encode(x->arena, fields[i]->value));
    return out.data;
}

static void read_asked(struct exchange *x, struct asked *asked)
{
    *asked = (struct asked){.from = field_of(x, "du"),
                            .until = field_of(x, "au"),
                            .event = field_of(x, "evenement"),
                            .school = field_of(x, "etablissement"),
                            .actor = field_of(x, "acteur"),
                            .convention = field_of(x, "convention")};
    asked->from_day = read_day(x, &asked->from, FIRST_DAY);
    asked->until_day = read_day(x, &asked->until, LAST_DAY);
    list_events(x, &asked->event);
    asked->number = http_query_number(x, "convention", 1, UINT64_MAX, 0);
    if (asked->convention.value[0] && asked->number == 0)
        asked->convention.error = http_sentence(x, "form-not-number");
    asked->filter = filter_of(x, asked);
}

static const char *pattern_of(struct exchange *x, const char *text)
{
    const char *folded = text_fold(x->arena, text);

    return folded[0] ? arena_printf(x->arena, "%%%s%%", folded) : "%";
}

static struct operator_history_in query_of(struct exchange *x, const struct asked *asked)
{
    return (struct operator_history_in){
        .from_time = clock_midnight(asked->from_day, 0),
        .until_time = clock_midnight(asked->until_day, 1),
        .event = asked->event.value,
        .school = pattern_of(x, asked->school.value),
        .uai = text_upper(x->arena, asked->school.value),
        .actor = pattern_of(x, asked->actor.value),
        .convention = asked->number,
        .of = asked->school.value[0] ? OPERATOR_HISTORY_OF_SCHOOL : OPERATOR_HISTORY_OF_ALL,
        .by = asked->actor.value[0] ? OPERATOR_HISTORY_BY_SOMEBODY : OPERATOR_HISTORY_BY_ANYBODY};
}

const char *page_history_of(struct exchange *x, uint64_t convention)
{
    return arena_printf(x->arena, "%s?convention=%" PRIu64, page_url(x->arena, at_history),
                        convention);
}

static struct history_row show_row(struct exchange *x, const struct operator_history_row *row)
{
    return (struct history_row){
        .at = clock_french_instant(x->arena, row->created_at),
        .event = http_sentence(x, arena_printf(x->arena, "event-%s", row->event)),
        .convention = (int64_t)row->convention_id,
        .convention_url = page_history_of(x, row->convention_id),
        .sequence = row->sequence,
        .title = row->title,
        .day = clock_french_day(x->arena, row->first_day),
        .host = row->host_name,
        .host_url = page_url(x->arena, at_establishment, row->host_id),
        .origin = row->origin_name,
        .origin_url = page_url(x->arena, at_establishment, row->origin_id),
        .actor = row->actor_name,
        .actor_of = row->actor_establishment,
        .address = row->address};
}

static enum err read_rows(struct exchange *x, struct page_list *list, const struct asked *asked,
                          struct history_view *view)
{
    struct operator_history_in query = query_of(x, asked);
    struct operator_history_count_row *total;
    struct operator_history_row *rows;
    struct history_row *shown;
    size_t count;

    ERR_TRY(
        db_operator_history_count(x->db, x->arena,
                                  &(struct operator_history_count_in){
                                      .from_time = query.from_time,
                                      .until_time = query.until_time,
                                      .event = query.event,
                                      .school = query.school,
                                      .uai = query.uai,
                                      .actor = query.actor,
                                      .convention = query.convention,
                                      .what = query.event[0] ? OPERATOR_HISTORY_COUNT_WHAT_ONE
                                                             : OPERATOR_HISTORY_COUNT_WHAT_ANY,
                                      .on = query.convention != 0 ? OPERATOR_HISTORY_COUNT_ON_ONE
                                                                  : OPERATOR_HISTORY_COUNT_ON_ALL,
                                      .of = (enum operator_history_count_of)query.of,
                                      .by = (enum operator_history_count_by)query.by},
                                  &total));
    view->pagination = page_list_pages(list, columns, total->total);
    query.limit = list->size;
    query.offset = list->offset;
    query.order = list->descending ? OPERATOR_HISTORY_ORDER_TIME_DESC : OPERATOR_HISTORY_ORDER_TIME;
    ERR_TRY(db_operator_history(x->db, x->arena, &query, &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct history_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = show_row(x, &rows[i]);
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* The form of filters has its own fields: of the list's there is only the order to carry on. */
static void carry_order(struct page_list *list, struct history_view *view)
{
    const char *filter = list->filter;

    list->filter = "";
    page_list_hidden(list, columns, &view->hidden, &view->hidden_count);
    list->filter = filter;
}

/* GET /historique — operators
 *
 *     du, au          days, both included
 *     evenement       as in the history: "deposit"
 *     etablissement   a UAI, or a part of the name, of the host or the origin
 *     acteur          a part of the name
 *     convention      its number
 *     and what every list has but the search (pages/list.h), sorted by date, the newest first */
enum err page_history(struct exchange *x)
{
    struct asked asked;
    struct history_check_last_row *row;
    struct page_list list;
    struct view_page page;
    struct history_view view;

    if (http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    read_asked(x, &asked);
    list = page_list_read(x, page_url(x->arena, at_history), asked.filter, columns, COLUMN_COUNT);
    list.search = "";
    view = (struct history_view){.page = &page,
                                 .check_url = page_url(x->arena, at_history_check),
                                 .list_action = list.path,
                                 .from = &asked.from,
                                 .until = &asked.until,
                                 .event = &asked.event,
                                 .school = &asked.school,
                                 .actor = &asked.actor,
                                 .convention = &asked.convention,
                                 .is_filtered = asked.filter[0] != '\0',
                                 .by_time = page_list_sort(&list, columns, 0)};
    page_frame(x, &page);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    carry_order(&list, &view);
    ERR_TRY(page_history_check_last(x, &row, &view.check));
    ERR_TRY(read_rows(x, &list, &asked, &view));
    return http_cache_keep(x, http_page(x, 200, "history.html", &view));
}
