/* Registering a group: the trainees of a class on one placement, in one go. */
#include "domain/group.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "domain/placement.h"
#include "http/cache.h"
#include "pages/frame.h"
#include "pages/group_view.h"
#include "pages/placements.h"
#include "pages/routes.h"

VIEW_TYPE(group_row);
VIEW_TYPE(group_view);

#define FIELD_PREFIX "stagiaire-" /* and the trainee's number; its value does not matter */

/* Who was chosen, and why nobody was registered. */
struct choice {
    const uint64_t *trainees;
    size_t count;
    bool all;
    const struct group_refusal *refusals;
    size_t refused;
};

static const char *class_asked_for(struct exchange *x)
{
    const char *class_name = http_query(x, "classe");

    return class_name && class_name[0] ? class_name : NULL;
}

static enum err list_classes(struct exchange *x, struct group_view *view)
{
    struct trainee_classes_row *rows;
    struct view_option *classes;
    size_t count;

    ERR_TRY(db_trainee_classes(x->db, x->arena,
                               &(struct trainee_classes_in){.viewer = x->session->establishment_id},
                               &rows, &count));
    classes = ARENA_NEW_ARRAY(x->arena, count, struct view_option);
    for (size_t i = 0; i < count; i++)
        classes[i] = (struct view_option){
            .value = rows[i].class_name,
            .label = arena_printf(x->arena, "%s (%" PRIu64 ")", rows[i].class_name, rows[i].total),
            .selected = view->class_name && strcmp(view->class_name, rows[i].class_name) == 0};
    view->classes = classes;
    view->classes_count = count;
    return ERR_OK;
}

static bool is_chosen(const struct choice *choice, uint64_t trainee)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->trainees[i] == trainee)
            return true;
    return choice->all;
}

static const char *refusal_of(struct exchange *x, const struct choice *choice, uint64_t trainee)
{
    for (size_t i = 0; i < choice->refused; i++)
        if (choice->refusals[i].trainee == trainee)
            return http_sentence(x, choice->refusals[i].sentence);
    return NULL;
}

static struct group_row show_row(struct exchange *x, const struct trainee_group_row *row,
                                 const struct choice *choice)
{
    bool lacks = !trainee_is_complete(&TRAINEE_OF(row));
    bool may = !row->has_convention_id && !lacks;

    return (struct group_row){
        .id = arena_printf(x->arena, FIELD_PREFIX "%" PRIu64, row->id),
        .url = page_url(x->arena, at_trainee, row->id),
        .last_name = row->last_name,
        .first_name = row->first_name,
        .birth_day = clock_french_day(x->arena, row->birth_day),
        .guardian = row->guardian_name,
        .convention_url =
            row->has_convention_id ? page_url(x->arena, at_convention, row->convention_id) : NULL,
        .is_lacking = lacks,
        .may_be_chosen = may,
        .is_chosen = may && is_chosen(choice, row->id),
        .refusal = refusal_of(x, choice, row->id)};
}

static enum err list_trainees(struct exchange *x, uint64_t placement, const struct choice *choice,
                              struct group_view *view)
{
    struct trainee_group_row *rows;
    struct group_row *shown;
    size_t count;

    ERR_TRY(db_trainee_group(x->db, x->arena,
                             &(struct trainee_group_in){.viewer = x->session->establishment_id,
                                                        .class_name = view->class_name,
                                                        .placement_id = placement},
                             &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct group_row);
    for (size_t i = 0; i < count; i++) {
        shown[i] = show_row(x, &rows[i], choice);
        view->may_choose |= shown[i].may_be_chosen;
    }
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

static enum err show(struct exchange *x, unsigned status,
                     const struct placement_by_id_row *placement, const struct choice *choice,
                     const char *sentence)
{
    unsigned left = placement_left(placement->capacity, placement->taken);
    const char *path = page_url(x->arena, at_group, placement->id);
    struct view_page page;
    struct group_view view = {.page = &page,
                              .placement = placement->title,
                              .host = placement->host_name,
                              .days =
                                  page_days(x->arena, placement->first_day, placement->last_day),
                              .left = left,
                              .capacity = placement->capacity,
                              .are_left = left > 1,
                              .list_action = path,
                              .class_name = class_asked_for(x),
                              .import_url = page_url(x->arena, at_trainees_import),
                              .back = page_url(x->arena, at_placement, placement->id)};

    page_frame(x, &page);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    ERR_TRY(list_classes(x, &view));
    if (view.class_name) {
        const char *encoded = http_url_encode(x->arena, view.class_name);

        view.action = arena_printf(x->arena, "%s?classe=%s",
                                   page_url(x->arena, at_group_register, placement->id), encoded);
        view.all_url = arena_printf(x->arena, "%s?classe=%s&cocher=tous", path, encoded);
        ERR_TRY(list_trainees(x, placement->id, choice, &view));
        view.may_choose &= left > 0;
    }
    return http_page(x, status, "group.html", &view);
}

/* GET /stages/{id}/groupe — admins and members of an establishment
 *
 *     classe   whose trainees are shown; none where it is absent
 *     cocher   tous: all of them are chosen to begin with */
enum err page_group(struct exchange *x)
{
    const char *chosen = http_query(x, "cocher");
    struct choice choice = {.all = chosen && strcmp(chosen, "tous") == 0};
    struct placement_by_id_row *placement;

    if (http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    ERR_TRY(page_placement_of(x, http_id(x, 0), &placement));
    return http_cache_keep(x, show(x, 200, placement, &choice, NULL));
}

/* The numbers in the names of the fields that were ticked. */
static uint64_t *read_choice(struct exchange *x, size_t *count)
{
    const struct http_pairs *fields = &x->request->fields;
    uint64_t *trainees = ARENA_NEW_ARRAY(x->arena, fields->count, uint64_t);
    const size_t prefix = strlen(FIELD_PREFIX);

    *count = 0;
    for (size_t i = 0; i < fields->count; i++) {
        const char *name = fields->items[i].name, *digits = name + prefix;

        if (strncmp(name, FIELD_PREFIX, prefix) == 0 && digits[0] && strlen(digits) <= 18 &&
            strspn(digits, "0123456789") == strlen(digits))
            trainees[(*count)++] = strtoull(digits, NULL, 10);
    }
    return trainees;
}

static unsigned status_of(enum err code)
{
    if (code == ERR_CONFLICT)
        return 409;
    return code == ERR_TOO_LARGE ? 413 : 422;
}

/* POST /stages/{id}/groupe — admins and members of an establishment
 *
 *     classe        as it was shown, in the address
 *     stagiaire-N   for each trainee chosen */
enum err page_group_register(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct placement_by_id_row *placement;
    struct group_refusal *refusals = NULL;
    struct choice choice = {.all = false};
    uint64_t *trainees;
    enum err code;

    ERR_TRY(page_placement_asked_for(x, http_id(x, 0), &placement));
    trainees = read_choice(x, &choice.count);
    choice.trainees = trainees;
    code = group_register(&ctx, placement->id, trainees, choice.count, &refusals, &choice.refused);
    if (code == ERR_OK)
        return page_done(x, page_url(x->arena, at_placement, placement->id), "group-registered");
    if (code != ERR_CONFLICT && code != ERR_INVALID && code != ERR_TOO_LARGE)
        return code;
    choice.refusals = refusals;
    return show(x, status_of(code), placement, &choice,
                http_sentence(x, arena_strdup(x->arena, err_last()->key)));
}
