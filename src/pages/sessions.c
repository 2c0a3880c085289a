/* « Mon compte », where one is signed in. */
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/account.h"
#include "pages/frame.h"
#include "pages/options.h"
#include "pages/routes.h"

VIEW_TYPE(options_session);
VIEW_TYPE(options_sessions_view);

#define ROWS_MOST 100

/* What a browser says of itself, and how people call that. Many name others too, to be taken for
 * them: the first that is found counts. */
struct named {
    const char *mark;
    const char *name;
};
static const struct named browsers[] = {
    {"Edg", "Edge"},       {"OPR/", "Opera"},    {"Vivaldi", "Vivaldi"}, {"Firefox/", "Firefox"},
    {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"},  {"Safari/", "Safari"}};
static const struct named systems[] = {
    {"Android", "Android"}, {"iPhone", "iPhone"},  {"iPad", "iPad"},       {"Windows", "Windows"},
    {"CrOS", "ChromeOS"},   {"Mac OS X", "macOS"}, {"Macintosh", "macOS"}, {"Linux", "Linux"}};

static const char *name_in(const char *agent, const struct named *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(agent, names[i].mark))
            return names[i].name;
    return NULL;
}
#define NAME_IN(agent, names) name_in((agent), (names), sizeof(names) / sizeof(names)[0])

static enum err read_rows(struct exchange *x, struct options_sessions_view *view)
{
    struct session_list_row *rows;
    struct options_session *shown;
    size_t count;

    ERR_TRY(
        db_session_list(x->db, x->arena,
                        &(struct session_list_in){.account_id = x->session->account_id,
                                                  .now = x->now,
                                                  .idle_since = x->now - HTTP_SESSION_IDLE_SECONDS,
                                                  .limit = ROWS_MOST},
                        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct options_session);
    for (size_t i = 0; i < count; i++)
        shown[i] =
            (struct options_session){.begun = clock_french_instant(x->arena, rows[i].created_at),
                                     .seen = clock_french_instant(x->arena, rows[i].seen_at),
                                     .browser = NAME_IN(rows[i].agent, browsers),
                                     .system = NAME_IN(rows[i].agent, systems),
                                     .address = rows[i].address,
                                     .is_this = rows[i].id == x->session->id,
                                     .end_action = page_url(x->arena, at_session_end, rows[i].id)};
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* GET /options/profil/sessions — who is signed in */
enum err page_sessions(struct exchange *x)
{
    struct view_page page;
    struct options_sessions_view view = {.page = &page,
                                         .tabs = page_options_tabs(x),
                                         .end_all_action = page_url(x->arena, at_sessions_end),
                                         .back = page_url(x->arena, at_profile)};

    page_frame(x, &page);
    ERR_TRY(read_rows(x, &view));
    return http_page(x, 200, "options-sessions.html", &view);
}

/* POST /options/profil/sessions/{id}/terminer — whose session it is */
enum err page_session_end(struct exchange *x)
{
    bool is_this = http_id(x, 0) == x->session->id;

    ERR_TRY(http_session_end(x, http_id(x, 0)));
    return is_this ? http_redirect(x, page_url(x->arena, at_sign_in))
                   : page_done(x, page_url(x->arena, at_sessions), "session-ended");
}

/* POST /options/profil/sessions/terminer — who is signed in
 *
 * « Déconnecter partout »: this one too. */
enum err page_sessions_end(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(account_end_sessions(&ctx, x->session->account_id));
    ERR_TRY(http_sign_out(x));
    return page_done(x, page_url(x->arena, at_sign_in), "sessions-ended");
}
