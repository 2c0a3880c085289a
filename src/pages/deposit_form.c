/* The form of a deposit: which conventions it offers to choose from. A school may have thousands of
 * open ones; then the nearest are offered, and others are searched for. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/statements.h"
#include "pages/conventions.h"
#include "pages/list.h"
#include "pages/routes.h"

#define OFFERED_MOST 200
#define SEARCHED "stagiaire" /* the parameter */

/* Parameters that tell of what was just done, and would tell it again. */
static const char *const passing[] = {SEARCHED, "depose", "deja", "avis"};

static bool passes(const char *name)
{
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
        if (strcmp(passing[i], name) == 0)
            return true;
    return false;
}

/* Which conventions are offered. */
struct offer {
    const char *typed;   /* "" where nobody is searched for */
    const char *pattern; /* the same for the statements */
    bool as_host;
    uint64_t total; /* at most OFFERED_MOST + 1 */
};

static enum err count_open(struct exchange *x, struct offer *offer)
{
    struct convention_open_count_row *row;

    ERR_TRY(
        db_convention_open_count(x->db, x->arena,
                                 &(struct convention_open_count_in){
                                     .viewer = x->session->establishment_id,
                                     .pattern = offer->pattern,
                                     .limit = OFFERED_MOST + 1,
                                     .side = offer->as_host ? CONVENTION_OPEN_COUNT_SIDE_BOTH
                                                            : CONVENTION_OPEN_COUNT_SIDE_ORIGIN,
                                     .search = offer->typed[0] ? CONVENTION_OPEN_COUNT_SEARCH_SOME
                                                               : CONVENTION_OPEN_COUNT_SEARCH_NONE},
                                 &row));
    offer->total = row->total;
    return ERR_OK;
}

/* Who is the only one found is meant. */
static enum err list_trainees(struct exchange *x, const struct offer *offer, uint64_t chosen,
                              struct view_form_field *field)
{
    struct view_option *options;
    struct convention_open_row *rows;
    size_t count;

    ERR_TRY(db_convention_open(
        x->db, x->arena,
        &(struct convention_open_in){
            .viewer = x->session->establishment_id,
            .chosen = chosen,
            .pattern = offer->pattern,
            .today = clock_day(x->arena, x->now),
            .limit = OFFERED_MOST,
            .side = offer->as_host ? CONVENTION_OPEN_SIDE_BOTH : CONVENTION_OPEN_SIDE_ORIGIN,
            .search = offer->typed[0] ? CONVENTION_OPEN_SEARCH_SOME : CONVENTION_OPEN_SEARCH_NONE},
        &rows, &count));
    options = ARENA_NEW_ARRAY(x->arena, count, struct view_option);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct view_option){
            .value = arena_printf(x->arena, "%" PRIu64, rows[i].id),
            .label =
                arena_printf(x->arena, "%s %s – %s – %s", rows[i].last_name, rows[i].first_name,
                             clock_french_day(x->arena, rows[i].first_day), rows[i].title),
            .selected = rows[i].id == chosen || (offer->typed[0] && count == 1)};
    field->options = options;
    field->options_count = count;
    return ERR_OK;
}

/* The page's own address, which the search comes back to; for the answer to a form, the list. */
static const char *own_path(struct exchange *x)
{
    return x->route == NULL || strcmp(x->request->path, page_url(x->arena, at_deposit)) == 0
               ? page_url(x->arena, at_conventions)
               : x->request->path;
}

/* What else the address asks for. */
static void carry_on(struct exchange *x, struct conventions_search *search)
{
    const struct http_pairs *query = &x->request->query;
    struct view_hidden *hidden = ARENA_NEW_ARRAY(x->arena, query->count, struct view_hidden);

    for (size_t i = 0; i < query->count; i++)
        if (!passes(query->items[i].name))
            hidden[search->hidden_count++] =
                (struct view_hidden){.name = query->items[i].name, .value = query->items[i].value};
    search->hidden = hidden;
}

static const struct conventions_search *search_of(struct exchange *x, const struct offer *offer)
{
    struct conventions_search *search = ARENA_NEW(x->arena, struct conventions_search);

    *search = (struct conventions_search){.action = own_path(x),
                                          .typed = offer->typed,
                                          .is_searched = offer->typed[0] != '\0',
                                          .has_more = offer->total > OFFERED_MOST,
                                          .most = OFFERED_MOST,
                                          .found = (int64_t)offer->total,
                                          .is_one = offer->total == 1};
    carry_on(x, search);
    return search;
}

enum err page_conventions_deposit(struct exchange *x, uint64_t chosen,
                                  struct conventions_deposit **deposit)
{
    const char *asked = http_query(x, SEARCHED);
    const char *typed = asked ? text_squeeze(x->arena, asked) : "";
    struct offer offer = {.typed = typed,
                          .pattern = page_list_pattern(x->arena, typed),
                          .as_host = x->session->role == HTTP_ROLE_ADMIN};
    struct conventions_deposit *made = ARENA_NEW(x->arena, struct conventions_deposit);
    struct view_form_field *file = ARENA_NEW(x->arena, struct view_form_field);
    struct view_form_field *trainee = ARENA_NEW(x->arena, struct view_form_field);

    *file = (struct view_form_field){.id = "fichier", .value = ""};
    *trainee = (struct view_form_field){.id = "convention", .value = ""};
    ERR_TRY(count_open(x, &offer));
    ERR_TRY(list_trainees(x, &offer, chosen, trainee));
    *made = (struct conventions_deposit){
        .action = page_url(x->arena, at_deposit), .file = file, .trainee = trainee};
    if (offer.typed[0] || offer.total > OFFERED_MOST)
        made->search = search_of(x, &offer);
    *deposit = made;
    return ERR_OK;
}

void page_conventions_file_error(struct exchange *x, struct conventions_deposit *deposit,
                                 const char *sentence)
{
    struct view_form_field *file = ARENA_NEW(x->arena, struct view_form_field);

    *file = (struct view_form_field){.id = "fichier", .value = "", .error = sentence};
    deposit->file = file;
}
