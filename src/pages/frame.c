#include "pages/frame.h"

#include "base/clock.h"
#include "pages/routes.h"

#define LICENCE_WARNING_DAYS 30

static const struct view_account *account_of(struct exchange *x)
{
    const struct http_session *session = x->session;
    struct view_account *account = ARENA_NEW(x->arena, struct view_account);

    *account = (struct view_account){
        .name = session->name,
        .establishment = session->establishment_name,
        .sign_out = page_url(x->arena, at_sign_out),
        .is_operator = session->role == HTTP_ROLE_OPERATOR,
        .is_admin = session->role == HTTP_ROLE_ADMIN,
        .is_member = session->role == HTTP_ROLE_MEMBER,
    };
    return account;
}

/* Everybody is told of a licence that has ended; one that ends within 30 days is announced to the
 * establishment's admins alone (domain.md, « The licence »). */
static const struct view_licence *licence_of(struct exchange *x)
{
    const struct http_session *session = x->session;
    struct view_licence *licence;
    int days;

    if (!session->licence_end)
        return NULL;
    days = clock_days_between(clock_day(x->arena, x->now), session->licence_end);
    if (days >= 0 && (session->role != HTTP_ROLE_ADMIN || days > LICENCE_WARNING_DAYS))
        return NULL;
    licence = ARENA_NEW(x->arena, struct view_licence);
    *licence = (struct view_licence){
        .has_ended = days < 0,
        .day = clock_french_day(x->arena, session->licence_end),
    };
    return licence;
}

void page_frame(struct exchange *x, struct view_page *page)
{
    *page = (struct view_page){.base_url = x->settings->base_url};
    if (!x->session)
        return;
    page->csrf = http_csrf(x);
    page->account = account_of(x);
    page->licence = licence_of(x);
}

void page_form_errors(struct view_page *page, struct arena *arena, const struct form_field *fields,
                      size_t count, const struct form_value *values)
{
    struct form_error *errors;
    struct view_form_error *shown;

    page->errors_count = form_errors(arena, fields, count, values, &errors);
    page->errors = shown = ARENA_NEW_ARRAY(arena, page->errors_count, struct view_form_error);
    for (size_t i = 0; i < page->errors_count; i++)
        shown[i] = (struct view_form_error){errors[i].name, errors[i].sentence};
}

const struct view_form_field *page_form_field(struct arena *arena, const char *name,
                                              const struct form_value *value)
{
    struct view_form_field *field = ARENA_NEW(arena, struct view_form_field);

    *field = (struct view_form_field){.id = name, .value = value->typed, .error = value->sentence};
    return field;
}
