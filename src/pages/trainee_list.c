/* « Stagiaires »: the school's trainees, and the same list for a spreadsheet program. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/trainee.h"
#include "http/cache.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/routes.h"
#include "pages/trainee_view.h"
#include "table/table.h"

VIEW_TYPE(trainees_row);
VIEW_TYPE(trainees_view);

#define EXPORT_ROWS 100000
#define EXPORT_BYTES ((size_t)32 * 1024 * 1024)

static const char *const columns[] = {"nom", "prenom", "classe", "naissance"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

/* The words of "etat", what the statement calls them, and the sentences that name them. */
static const struct {
    const char *word;
    const char *filter;
    const char *label;
} states[] = {
    {"", "", "trainees-all"},
    {"sans-convention", "none", "trainees-none"},
    {"en-cours", "open", "trainees-open"},
    {"validees", "validated", "trainees-validated"},
    {"a-completer", "lacking", "trainees-lacking"},
};
#define STATE_COUNT (sizeof states / sizeof states[0])

/* What of the list is asked for. */
struct filter {
    size_t state;           /* index into states */
    const char *class_name; /* "" for all */
    const char *query;      /* the same as parameters of an address */
};

static struct filter filter_of(struct exchange *x)
{
    const char *state = http_query(x, "etat"), *class_name = http_query(x, "classe");
    struct filter filter = {.class_name = class_name ? class_name : "", .query = ""};

    for (size_t i = 1; state && i < STATE_COUNT; i++)
        if (strcmp(states[i].word, state) == 0)
            filter.state = i;
    if (filter.class_name[0])
        filter.query =
            arena_printf(x->arena, "classe=%s", http_url_encode(x->arena, filter.class_name));
    if (filter.state != 0)
        filter.query = arena_printf(x->arena, "%s%setat=%s", filter.query,
                                    filter.query[0] ? "&" : "", states[filter.state].word);
    return filter;
}

static enum err list_filters(struct exchange *x, const struct filter *filter,
                             struct trainees_view *view)
{
    struct view_option *shown = ARENA_NEW_ARRAY(x->arena, STATE_COUNT, struct view_option);
    struct view_option *classes;
    struct trainee_classes_row *rows;
    size_t count;

    for (size_t i = 0; i < STATE_COUNT; i++)
        shown[i] = (struct view_option){.value = states[i].word,
                                        .label = http_sentence(x, states[i].label),
                                        .selected = filter->state == i};
    view->states = shown;
    view->states_count = STATE_COUNT;
    ERR_TRY(db_trainee_classes(x->db, x->arena,
                               &(struct trainee_classes_in){.viewer = x->session->establishment_id},
                               &rows, &count));
    classes = ARENA_NEW_ARRAY(x->arena, count, struct view_option);
    for (size_t i = 0; i < count; i++)
        classes[i] =
            (struct view_option){.value = rows[i].class_name,
                                 .label = rows[i].class_name,
                                 .selected = strcmp(rows[i].class_name, filter->class_name) == 0};
    view->classes = classes;
    view->classes_count = count;
    return ERR_OK;
}

static struct trainees_row show_row(struct exchange *x, const struct trainee_list_row *row)
{
    return (struct trainees_row){.url = page_url(x->arena, at_trainee, row->id),
                                 .last_name = row->last_name,
                                 .first_name = row->first_name,
                                 .class_name = row->class_name,
                                 .birth_day = clock_french_day(x->arena, row->birth_day),
                                 .guardian = row->guardian_name,
                                 .is_lacking = !trainee_is_complete(&TRAINEE_OF(row)),
                                 .not_returned = (int64_t)row->not_returned,
                                 .pending = (int64_t)row->pending,
                                 .validated = (int64_t)row->validated,
                                 .are_not_returned = row->not_returned > 1,
                                 .are_validated = row->validated > 1,
                                 .has_none =
                                     row->not_returned + row->pending + row->validated == 0};
}

static enum err read_rows(struct exchange *x, struct page_list *list, const struct filter *filter,
                          struct trainees_view *view)
{
    struct trainee_list_in in = {.viewer = x->session->establishment_id,
                                 .pattern = list->pattern,
                                 .class_name = filter->class_name,
                                 .filter = states[filter->state].filter,
                                 .limit = list->size};
    struct trainee_count_row *total;
    struct trainee_list_row *rows;
    struct trainees_row *shown;
    size_t count;

    ERR_TRY(db_trainee_count(
        x->db, x->arena,
        &(struct trainee_count_in){
            .viewer = in.viewer,
            .pattern = in.pattern,
            .class_name = in.class_name,
            .filter = in.filter,
            .search = list->search[0] ? TRAINEE_COUNT_SEARCH_SOME : TRAINEE_COUNT_SEARCH_NONE,
            .of = in.filter[0] ? TRAINEE_COUNT_OF_SOME : TRAINEE_COUNT_OF_ALL},
        &total));
    view->pagination = page_list_pages(list, columns, total->total);
    in.offset = list->offset;
    /* The choices stand in the order of the columns, each rising and then falling. */
    in.order = (enum trainee_list_order)(2 * list->column + list->descending);
    ERR_TRY(db_trainee_list(x->db, x->arena, &in, &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct trainees_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = show_row(x, &rows[i]);
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* The export of what the list shows, all pages of it. */
static const char *export_url(struct exchange *x, const struct page_list *list)
{
    const char *path = page_url(x->arena, at_trainees_export);
    const char *search = http_url_encode(x->arena, list->search);

    return arena_printf(
        x->arena, "%s%s%s%s%s%s", path, list->filter[0] || list->search[0] ? "?" : "", list->filter,
        list->filter[0] && list->search[0] ? "&" : "", list->search[0] ? "q=" : "", search);
}

static enum err show(struct exchange *x)
{
    struct filter filter = filter_of(x);
    struct page_list list =
        page_list_read(x, page_url(x->arena, at_trainees), filter.query, columns, COLUMN_COUNT);
    struct page_list order_alone = list; /* the form has the filters as fields of its own */
    struct view_page page;
    struct trainees_view view = {.page = &page,
                                 .list_action = list.path,
                                 .search = list.search,
                                 .is_filtered = list.search[0] || filter.query[0],
                                 .new_url = page_url(x->arena, at_trainee_new),
                                 .import_url = page_url(x->arena, at_trainees_import),
                                 .export_url = export_url(x, &list),
                                 .by_name = page_list_sort(&list, columns, 0),
                                 .by_first_name = page_list_sort(&list, columns, 1),
                                 .by_class = page_list_sort(&list, columns, 2),
                                 .by_birth = page_list_sort(&list, columns, 3)};

    page_frame(x, &page);
    order_alone.filter = "";
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&order_alone, columns, &view.hidden, &view.hidden_count);
    ERR_TRY(list_filters(x, &filter, &view));
    ERR_TRY(read_rows(x, &list, &filter, &view));
    return http_page(x, 200, "trainees.html", &view);
}

/* GET /stagiaires — admins and members of an establishment
 *
 *     classe   of that class alone
 *     etat     sans-convention, en-cours (a convention is not validated), validees, or a-completer
 *              (the guardian is not known in full)
 *     and what every list has (pages/list.h), sorted by nom, prenom, classe, naissance */
enum err page_trainees(struct exchange *x)
{
    if (http_cache_answer(x, HTTP_CACHE_SCHOOL))
        return ERR_OK;
    return http_cache_keep(x, show(x));
}

/* "2012-02-03" → "03/02/2012", which a spreadsheet program takes for a date. */
static const char *table_day(struct arena *arena, const char *day)
{
    return arena_printf(arena, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
}

static void write_titles(struct exchange *x, struct table_writer *writer)
{
    static const char *const names[] = {"last_name",      "first_name",       "birth_day",
                                        "class_name",     "guardian_name",    "guardian_phone",
                                        "guardian_email", "guardian_address", "not_returned",
                                        "pending",        "validated"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        table_put(writer, http_sentence(x, arena_printf(x->arena, "column-%s", names[i])));
    table_end_row(writer);
}

static void write_row(struct exchange *x, const struct trainee_list_row *row,
                      struct table_writer *writer)
{
    table_put(writer, row->last_name);
    table_put(writer, row->first_name);
    table_put(writer, table_day(x->arena, row->birth_day));
    table_put(writer, row->class_name);
    table_put(writer, row->guardian_name);
    table_put(writer, row->guardian_phone);
    table_put(writer, row->guardian_email);
    table_put(writer, row->guardian_address);
    table_put(writer, arena_printf(x->arena, "%" PRIu64, row->not_returned));
    table_put(writer, arena_printf(x->arena, "%" PRIu64, row->pending));
    table_put(writer, arena_printf(x->arena, "%" PRIu64, row->validated));
    table_end_row(writer);
}

/* GET /stagiaires/export — admins and members of an establishment
 *
 *     classe, etat, q   as the list
 *
 * What the list shows as CSV, which the import takes again. */
enum err page_trainees_export(struct exchange *x)
{
    struct filter filter = filter_of(x);
    struct page_list list =
        page_list_read(x, page_url(x->arena, at_trainees), filter.query, columns, COLUMN_COUNT);
    struct table_writer writer = table_write(x->arena, EXPORT_BYTES);
    struct trainee_list_row *rows;
    size_t count;

    ERR_TRY(db_trainee_list(x->db, x->arena,
                            &(struct trainee_list_in){.viewer = x->session->establishment_id,
                                                      .pattern = list.pattern,
                                                      .class_name = filter.class_name,
                                                      .filter = states[filter.state].filter,
                                                      .limit = EXPORT_ROWS},
                            &rows, &count));
    write_titles(x, &writer);
    for (size_t i = 0; i < count; i++)
        write_row(x, &rows[i], &writer);
    if (writer.out.overflown)
        return err_raise(ERR_TOO_LARGE, "http-out-of-memory", "%zu trainees", count);
    return http_download(
        x, &(struct http_file_out){
               .name = arena_printf(x->arena, "Stagiaires %s.csv",
                                    clock_french_day(x->arena, clock_day(x->arena, x->now))),
               .media_type = "text/csv; charset=utf-8",
               .content = buf_bytes(&writer.out)});
}
