#include "pages/frame.h"

#include <string.h>

#include "base/clock.h"
#include "http/sentences.h"
#include "pages/help.h"
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

/* The dashboard and the lists behind its counts. */
static bool is_dashboard(struct exchange *x, const char *path)
{
    const char *followup = page_url(x->arena, at_followup);

    return strncmp(path, followup, strlen(followup)) == 0 ||
           strcmp(path, page_url(x->arena, at_home)) == 0;
}

static void operator_menu(struct exchange *x, struct view_menu *menu)
{
    const char *path = x->request->path;

    menu->schools = page_url(x->arena, at_establishments);
    menu->in_schools = strncmp(path, menu->schools, strlen(menu->schools)) == 0;
    menu->accounts = page_url(x->arena, at_accounts);
    menu->in_accounts = strncmp(path, menu->accounts, strlen(menu->accounts)) == 0;
    menu->mails = page_url(x->arena, at_mails);
    menu->in_mails = strncmp(path, menu->mails, strlen(menu->mails)) == 0;
    menu->history = page_url(x->arena, at_history);
    menu->in_history = strncmp(path, menu->history, strlen(menu->history)) == 0;
    menu->own_account = page_url(x->arena, at_profile);
}

/* The menu's entries that work for this account; the one whose part of the site is open is marked
 * by the path. */
static const struct view_menu *menu_of(struct exchange *x)
{
    struct view_menu *menu = ARENA_NEW(x->arena, struct view_menu);
    const char *options = page_url(x->arena, at_options);
    const char *path = x->request->path;

    menu->home = page_url(x->arena, at_home);
    menu->in_home = is_dashboard(x, path);
    menu->in_options = strncmp(path, options, strlen(options)) == 0;
    menu->help = page_url(x->arena, at_help);
    menu->in_help = strncmp(path, menu->help, strlen(menu->help)) == 0;
    if (x->session->role == HTTP_ROLE_OPERATOR) {
        operator_menu(x, menu);
        return menu;
    }
    menu->options = x->session->role == HTTP_ROLE_ADMIN ? options : page_url(x->arena, at_profile);
    menu->calendar = page_url(x->arena, at_calendar);
    menu->in_calendar = strncmp(path, menu->calendar, strlen(menu->calendar)) == 0;
    menu->placements = page_url(x->arena, at_placements);
    menu->in_placements = strncmp(path, menu->placements, strlen(menu->placements)) == 0;
    menu->trainees = page_url(x->arena, at_trainees);
    menu->in_trainees = strncmp(path, menu->trainees, strlen(menu->trainees)) == 0;
    menu->conventions = page_url(x->arena, at_conventions);
    menu->in_conventions = strncmp(path, menu->conventions, strlen(menu->conventions)) == 0;
    menu->contacts = page_url(x->arena, at_contacts);
    menu->in_contacts = strncmp(path, menu->contacts, strlen(menu->contacts)) == 0;
    return menu;
}

/* What came of the action that led here: the parameter "avis" names a sentence whose key begins
 * with "notice-", so that no address makes the site say anything else. */
static const struct view_notice *notice_of(struct exchange *x)
{
    const char *name = http_query(x, "avis");
    struct view_notice *notice;
    const char *key;

    if (!name || strspn(name, "abcdefghijklmnopqrstuvwxyz-") != strlen(name))
        return NULL;
    key = arena_printf(x->arena, "notice-%s", name);
    if (!http_sentences_get(x->site->sentences, key))
        return NULL;
    notice = ARENA_NEW(x->arena, struct view_notice);
    *notice = (struct view_notice){.kind = "success", .text = http_sentence(x, key)};
    return notice;
}

void page_frame(struct exchange *x, struct view_page *page)
{
    *page = (struct view_page){.base_url = x->settings->base_url};
    page->notice = notice_of(x);
    if (!x->session)
        return;
    page->csrf = http_csrf(x);
    page->account = account_of(x);
    page->licence = licence_of(x);
    page->menu = menu_of(x);
    page->help_here = page_help_here(x);
}

void page_form_errors(struct view_page *page, struct arena *arena, const struct form_field *fields,
                      size_t count, const struct form_value *values)
{
    struct form_error *errors;
    struct view_form_error *shown;

    page->errors_count = form_errors(arena, fields, count, values, &errors);
    page->errors = shown = ARENA_NEW_ARRAY(arena, page->errors_count, struct view_form_error);
    for (size_t i = 0; i < page->errors_count; i++)
        shown[i] = (struct view_form_error){
            .field = errors[i].name, .label = errors[i].label, .sentence = errors[i].sentence};
}

void page_add_field_error(struct view_page *page, struct arena *arena, const char *field,
                          const char *sentence)
{
    struct view_form_error *errors =
        ARENA_NEW_ARRAY(arena, page->errors_count + 1, struct view_form_error);

    errors[0] = (struct view_form_error){.field = field, .sentence = sentence};
    if (page->errors_count > 0)
        memcpy(errors + 1, page->errors, page->errors_count * sizeof errors[0]);
    page->errors = errors;
    page->errors_count++;
}

void page_add_error(struct view_page *page, struct arena *arena, const char *sentence)
{
    page_add_field_error(page, arena, NULL, sentence);
}

const struct view_form_field *page_form_field(struct arena *arena, const char *name,
                                              const struct form_value *value)
{
    struct view_form_field *field = ARENA_NEW(arena, struct view_form_field);

    *field = (struct view_form_field){.id = name, .value = value->typed, .error = value->sentence};
    return field;
}

enum err page_done(struct exchange *x, const char *address, const char *name)
{
    const char *join = strchr(address, '?') ? "&" : "?";

    return http_redirect(x, arena_printf(x->arena, "%s%savis=%s", address, join, name));
}

struct context page_context(struct exchange *x)
{
    static const enum role roles[] = {[HTTP_ROLE_OPERATOR] = ROLE_OPERATOR,
                                      [HTTP_ROLE_ADMIN] = ROLE_ADMIN,
                                      [HTTP_ROLE_MEMBER] = ROLE_MEMBER};

    struct context ctx = {.arena = x->arena,
                          .db = x->db,
                          .settings = x->settings,
                          .views = x->views,
                          .now = x->now,
                          .address = x->request->remote,
                          .actor = {.name = "", .establishment_name = ""}};

    if (x->session)
        ctx.actor = (struct actor){.account = x->session->account_id,
                                   .establishment = x->session->establishment_id,
                                   .role = roles[x->session->role],
                                   .name = x->session->name,
                                   .establishment_name = x->session->establishment_name};
    return ctx;
}

enum err page_refusal(struct exchange *x, unsigned status, const char *sentence)
{
    struct view_page page;
    struct view_error view = {.page = &page,
                              .status = status,
                              .sentence = sentence,
                              .home = page_url(x->arena, at_home),
                              .request_id = x->request_id};

    page_frame(x, &page);
    page.title = http_sentence(x, "http-title-refused");
    return http_page(x, status, "error.html", &view);
}
