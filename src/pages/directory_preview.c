/* What would become of a table's rows, before anything is written. */
#include "pages/directory.h"

#include <string.h>

#include "pages/establishments.h"
#include "pages/frame.h"
#include "pages/plan.h"
#include "pages/remarks.h"
#include "pages/routes.h"

VIEW_TYPE(directory_planned);
VIEW_TYPE(directory_preview);

#define ROWS_SHOWN 200 /* of each kind but the faults */

static const char *column(struct exchange *x, const char *name)
{
    return http_sentence(x, arena_printf(x->arena, "directory-%s", name));
}

static struct plan_fault show_fault(struct exchange *x, const struct directory_row *row,
                                    const struct directory_fault *fault)
{
    const char *sentence = http_sentence(x, fault->sentence);

    if (strcmp(fault->sentence, "uai-invalid") == 0)
        sentence = page_uai_sentence(x, fault->text);
    if (row->double_of != 0)
        sentence = arena_printf(x->arena, "%s (%s %zu)", sentence,
                                http_sentence(x, "directory-line"), row->double_of);
    return (struct plan_fault){.line = (int64_t)row->line->number,
                               .name = row->line->establishment.name,
                               .column = column(x, fault->column),
                               .sentence = sentence,
                               .text = fault->text};
}

static void list_faults(struct exchange *x, const struct directory_plan *plan,
                        struct directory_preview *view)
{
    struct plan_fault *faults = ARENA_NEW_ARRAY(
        x->arena, plan->totals[DIRECTORY_REFUSED] * DIRECTORY_FAULTS_MOST, struct plan_fault);

    for (size_t i = 0; i < plan->count; i++)
        for (size_t j = 0; j < plan->rows[i].line->fault_count; j++)
            faults[view->fault_rows_count++] =
                show_fault(x, &plan->rows[i], &plan->rows[i].line->faults[j]);
    view->fault_rows = faults;
}

static struct directory_planned show_row(struct exchange *x, const struct directory_row *row)
{
    struct plan_value *values = ARENA_NEW_ARRAY(x->arena, row->change_count, struct plan_value);

    for (size_t i = 0; i < row->change_count; i++)
        values[i] = (struct plan_value){.column = column(x, row->changes[i].column),
                                        .from = row->changes[i].from,
                                        .to = row->changes[i].to};
    return (struct directory_planned){
        .line = (int64_t)row->line->number,
        .uai = row->line->establishment.uai,
        .name = row->establishment.name,
        .url = row->id != 0 ? page_url(x->arena, at_establishment, row->id) : NULL,
        .city = row->establishment.city,
        .email = row->establishment.email,
        .values = values,
        .values_count = row->change_count};
}

/* The first rows of that outcome, and how many more there are. */
static struct directory_planned *list_rows(struct exchange *x, const struct directory_plan *plan,
                                           enum directory_outcome outcome, size_t *count,
                                           int64_t *more)
{
    struct directory_planned *shown =
        ARENA_NEW_ARRAY(x->arena, ROWS_SHOWN, struct directory_planned);

    *count = 0;
    for (size_t i = 0; i < plan->count && *count < ROWS_SHOWN; i++)
        if (plan->rows[i].outcome == outcome)
            shown[(*count)++] = show_row(x, &plan->rows[i]);
    *more = (int64_t)(plan->totals[outcome] - *count);
    return shown;
}

enum err page_directory_show(struct exchange *x, unsigned status, const char *sentence)
{
    struct context ctx = page_context(x);
    struct directory_preview view;
    struct directory_plan plan;
    struct view_page page;

    ERR_TRY(directory_import_plan(&ctx, http_id(x, 0), &plan));
    page_frame(x, &page);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    view = (struct directory_preview){.page = &page,
                                      .file_name = plan.file_name,
                                      .abandon_action =
                                          page_url(x->arena, at_directory_abandon, http_id(x, 0)),
                                      .digest = plan.digest,
                                      .creates = page_plan_total(x, plan.totals[DIRECTORY_CREATE]),
                                      .changes = page_plan_total(x, plan.totals[DIRECTORY_CHANGE]),
                                      .same = page_plan_total(x, plan.totals[DIRECTORY_SAME]),
                                      .doubles = page_plan_total(x, plan.totals[DIRECTORY_DOUBLE]),
                                      .refused = page_plan_total(x, plan.totals[DIRECTORY_REFUSED]),
                                      .form = page_directory_form(x, NULL),
                                      .back = page_url(x->arena, at_establishments)};
    if (!view.refused && (view.creates || view.changes))
        view.action = page_url(x->arena, at_directory_confirm, http_id(x, 0));
    list_faults(x, &plan, &view);
    view.changed_rows =
        list_rows(x, &plan, DIRECTORY_CHANGE, &view.changed_rows_count, &view.more_changed);
    view.created_rows =
        list_rows(x, &plan, DIRECTORY_CREATE, &view.created_rows_count, &view.more_created);
    page_texts(x->arena, plan.unused, plan.unused_count, &view.unused, &view.unused_count);
    return http_page(x, status, "directory-preview.html", &view);
}
