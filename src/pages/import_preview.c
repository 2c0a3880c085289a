/* What would become of a table's rows, before anything is written. */
#include <inttypes.h>

#include "base/clock.h"
#include "pages/frame.h"
#include "pages/import.h"
#include "pages/plan.h"
#include "pages/remarks.h"
#include "pages/routes.h"

VIEW_TYPE(import_changed);
VIEW_TYPE(import_created);
VIEW_TYPE(import_double);
VIEW_TYPE(import_preview);

#define CREATED_SHOWN 200

static const char *column(struct exchange *x, const char *name)
{
    return http_sentence(x, arena_printf(x->arena, "column-%s", name));
}

static const char *name_of(struct exchange *x, const struct trainee *trainee)
{
    return arena_printf(x->arena, "%s %s", trainee->last_name, trainee->first_name);
}

static void list_faults(struct exchange *x, const struct import_plan *plan,
                        struct import_preview *view)
{
    size_t most = plan->totals[IMPORT_REFUSED] * TRAINEE_FAULTS_MOST;
    struct plan_fault *faults = ARENA_NEW_ARRAY(x->arena, most, struct plan_fault);

    for (size_t i = 0; i < plan->count; i++) {
        const struct trainee_line *line = plan->rows[i].line;

        for (size_t j = 0; j < line->fault_count; j++)
            faults[view->fault_rows_count++] =
                (struct plan_fault){.line = (int64_t)line->number,
                                    .name = name_of(x, &line->trainee),
                                    .column = column(x, line->faults[j].column),
                                    .sentence = http_sentence(x, line->faults[j].sentence),
                                    .text = line->faults[j].text};
    }
    view->fault_rows = faults;
}

static struct import_changed show_change(struct exchange *x, const struct import_row *row)
{
    struct plan_value *values = ARENA_NEW_ARRAY(x->arena, row->change_count, struct plan_value);

    for (size_t i = 0; i < row->change_count; i++)
        values[i] = (struct plan_value){.column = column(x, row->changes[i].column),
                                        .from = row->changes[i].from,
                                        .to = row->changes[i].to};
    return (struct import_changed){.line = (int64_t)row->line->number,
                                   .trainee = name_of(x, &row->trainee),
                                   .url = page_url(x->arena, at_trainee, row->id),
                                   .conventions = (int64_t)row->conventions,
                                   .are_conventions = row->conventions > 1,
                                   .values = values,
                                   .values_count = row->change_count};
}

static struct import_created show_created(struct exchange *x, const struct import_row *row)
{
    return (struct import_created){.line = (int64_t)row->line->number,
                                   .last_name = row->trainee.last_name,
                                   .first_name = row->trainee.first_name,
                                   .birth_day = clock_french_day(x->arena, row->trainee.birth_day),
                                   .class_name = row->trainee.class_name,
                                   .guardian = row->trainee.guardian_name,
                                   .is_lacking = !trainee_is_complete(&row->trainee)};
}

static void list_rows(struct exchange *x, const struct import_plan *plan,
                      struct import_preview *view)
{
    struct import_changed *changed =
        ARENA_NEW_ARRAY(x->arena, plan->totals[IMPORT_CHANGE], struct import_changed);
    struct import_created *created =
        ARENA_NEW_ARRAY(x->arena, CREATED_SHOWN, struct import_created);
    struct import_double *doubles =
        ARENA_NEW_ARRAY(x->arena, plan->totals[IMPORT_DOUBLE], struct import_double);

    for (size_t i = 0; i < plan->count; i++) {
        const struct import_row *row = &plan->rows[i];

        if (row->outcome == IMPORT_CHANGE)
            changed[view->changed_rows_count++] = show_change(x, row);
        if (row->outcome == IMPORT_CREATE && view->created_rows_count < CREATED_SHOWN)
            created[view->created_rows_count++] = show_created(x, row);
        if (row->outcome == IMPORT_DOUBLE)
            doubles[view->double_rows_count++] =
                (struct import_double){.line = (int64_t)row->line->number,
                                       .trainee = name_of(x, &row->line->trainee),
                                       .double_of = (int64_t)row->double_of};
    }
    view->changed_rows = changed;
    view->created_rows = created;
    view->double_rows = doubles;
    view->more_created = (int64_t)(plan->totals[IMPORT_CREATE] - view->created_rows_count);
}

enum err page_import_show(struct exchange *x, unsigned status, bool keeps, const char *sentence)
{
    struct context ctx = page_context(x);
    struct import_plan plan;
    struct import_preview view;
    struct view_page page;

    ERR_TRY(trainee_import_plan(&ctx, http_id(x, 0), &plan));
    page_frame(x, &page);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    view = (struct import_preview){.page = &page,
                                   .file_name = plan.file_name,
                                   .abandon_action =
                                       page_url(x->arena, at_import_abandon, http_id(x, 0)),
                                   .digest = plan.digest,
                                   .creates = page_plan_total(x, plan.totals[IMPORT_CREATE]),
                                   .changes = page_plan_total(x, plan.totals[IMPORT_CHANGE]),
                                   .same = page_plan_total(x, plan.totals[IMPORT_SAME]),
                                   .doubles = page_plan_total(x, plan.totals[IMPORT_DOUBLE]),
                                   .refused = page_plan_total(x, plan.totals[IMPORT_REFUSED]),
                                   .lacking = page_plan_total(x, plan.lacking),
                                   .conventions = page_plan_total(x, plan.conventions),
                                   .may_not_replace = plan.conventions > IMPORT_REISSUES_MOST,
                                   .keeps_papers = keeps || plan.conventions > IMPORT_REISSUES_MOST,
                                   .form = page_import_form(x, plan.class_name),
                                   .back = page_url(x->arena, at_trainees)};
    if (!view.refused && (view.creates || view.changes))
        view.action = page_url(x->arena, at_import_confirm, http_id(x, 0));
    list_faults(x, &plan, &view);
    list_rows(x, &plan, &view);
    page_texts(x->arena, plan.unused, plan.unused_count, &view.unused, &view.unused_count);
    return http_page(x, status, "import-preview.html", &view);
}
