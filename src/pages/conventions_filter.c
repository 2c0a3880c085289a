#include "pages/conventions_filter.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/statements.h"

#define QUERY_LENGTH 500
#define DAY_LENGTH 10
#define EARLIEST "1900-01-01"
#define LATEST "2199-12-31"

/* What « Retour » offers; the first is any. */
static const struct {
    const char *name, *findings;
} returns[] = {
    {"", NULL},       {"signee", "signed"},         {"ecran", "on_screen"},
    {"scan", "scan"}, {"autre", "altered,unknown"},
};
#define RETURN_COUNT (sizeof returns / sizeof returns[0])

static bool was_returned(enum convention_state state)
{
    return state == CONVENTION_PENDING || state == CONVENTION_VALIDATED;
}

static void put(struct buf *query, const char *name, const char *value)
{
    buf_printf(query, "%s%s=%s", query->length > 0 ? "&" : "", name,
               http_url_encode(query->arena, value));
}

/* The day typed there, as the French write it or YYYY-MM-DD; usual where there is none. */
static const char *read_day(struct exchange *x, const char *name, const char *usual,
                            struct buf *query)
{
    const char *typed = http_query(x, name);
    const char *day = typed ? clock_parse_french(x->arena, typed) : NULL;

    if (!day)
        return usual;
    put(query, name, clock_french_day(x->arena, day));
    return day;
}

void conventions_filter_read(struct exchange *x, enum convention_state state,
                             struct conventions_filter *filter)
{
    struct buf query = buf_new(x->arena, QUERY_LENGTH);
    const char *returned = http_query(x, "retour"), *incomplete = http_query(x, "incompletes");

    *filter =
        (struct conventions_filter){.origin = http_query_number(x, "origine", 1, UINT64_MAX, 0)};
    if (filter->origin != 0)
        put(&query, "origine", arena_printf(x->arena, "%" PRIu64, filter->origin));
    filter->from = read_day(x, "du", EARLIEST, &query);
    filter->until = read_day(x, "au", LATEST, &query);
    filter->incomplete =
        state == CONVENTION_PENDING && incomplete && strcmp(incomplete, "oui") == 0;
    if (filter->incomplete)
        put(&query, "incompletes", "oui");
    for (size_t i = 1; i < RETURN_COUNT && returned && was_returned(state); i++)
        if (strcmp(returns[i].name, returned) == 0)
            filter->finding = i;
    if (filter->finding != 0)
        put(&query, "retour", returns[filter->finding].name);
    filter->findings = returns[filter->finding].findings;
    filter->query = query.data;
    filter->in_force = query.length > 0;
}

static struct view_form_field *field_of(struct arena *arena, const char *id, const char *value)
{
    struct view_form_field *field = ARENA_NEW(arena, struct view_form_field);

    *field = (struct view_form_field){.id = id, .value = value};
    return field;
}

/* The day as it was typed, with a sentence where it is none. */
static const struct view_form_field *day_field(struct exchange *x, const char *name)
{
    const char *typed = http_query(x, name);
    struct view_form_field *field =
        field_of(x->arena, name, typed ? text_squeeze(x->arena, typed) : "");

    if (field->value[0] && !clock_parse_french(x->arena, field->value))
        field->error = http_sentence(x, "form-not-day");
    return field;
}

static const struct view_form_field *findings_field(struct exchange *x, size_t chosen)
{
    struct view_form_field *field = field_of(x->arena, "retour", "");
    struct view_option *options = ARENA_NEW_ARRAY(x->arena, RETURN_COUNT, struct view_option);

    for (size_t i = 0; i < RETURN_COUNT; i++)
        options[i] = (struct view_option){
            .value = returns[i].name,
            .label = http_sentence(
                x, arena_printf(x->arena, "returned-%s", i > 0 ? returns[i].name : "any")),
            .selected = i == chosen};
    field->options = options;
    field->options_count = RETURN_COUNT;
    return field;
}

/* NULL where there is nothing to choose from. */
static enum err origin_field(struct exchange *x, uint64_t chosen,
                             const struct view_form_field **shown)
{
    struct view_form_field *field = field_of(x->arena, "origine", "");
    struct convention_origins_row *rows;
    struct view_option *options;
    size_t count;

    ERR_TRY(db_convention_origins(
        x->db, x->arena, &(struct convention_origins_in){.viewer = x->session->establishment_id},
        &rows, &count));
    *shown = NULL;
    if (count < 2 && chosen == 0)
        return ERR_OK;
    options = ARENA_NEW_ARRAY(x->arena, count, struct view_option);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct view_option){.value = arena_printf(x->arena, "%" PRIu64, rows[i].id),
                                          .label = rows[i].name,
                                          .selected = rows[i].id == chosen};
    field->options = options;
    field->options_count = count;
    *shown = field;
    return ERR_OK;
}

enum err conventions_filter_show(struct exchange *x, enum convention_state state,
                                 const struct conventions_filter *filter,
                                 const struct conventions_filters **shown)
{
    struct conventions_filters *filters = ARENA_NEW(x->arena, struct conventions_filters);

    ERR_TRY(origin_field(x, filter->origin, &filters->origin));
    filters->from = day_field(x, "du");
    filters->until = day_field(x, "au");
    if (was_returned(state))
        filters->findings = findings_field(x, filter->finding);
    filters->has_incomplete = state == CONVENTION_PENDING;
    filters->incomplete = filter->incomplete;
    filters->is_open = filter->in_force || filters->from->error || filters->until->error;
    *shown = filters;
    return ERR_OK;
}
