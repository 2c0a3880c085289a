/* The calendar that programs subscribe to, and the page where one gets its address. */
#include "calendar/feed.h"

#include <string.h>

#include "base/clock.h"
#include "base/dates.h"
#include "db/statements.h"
#include "domain/feed.h"
#include "domain/placement.h"
#include "pages/calendar_view.h"
#include "pages/frame.h"
#include "pages/routes.h"
#include "view/view.h"

VIEW_TYPE(calendar_feed_view);
VIEW_TYPE(calendar_confirm);
VIEW_TYPE(calendar_event);

#define DAYS_PAST 90
#define DAYS_TO_COME 400
#define EVENTS_MOST 5000
#define DETAILS_MOST 2000

/* The site's name without "https://", and without a port. */
static const char *domain_of(struct exchange *x)
{
    const char *start = strstr(x->settings->base_url, "://");

    start = start ? start + 3 : x->settings->base_url;
    return arena_strndup(x->arena, start, strcspn(start, ":/"));
}

/* Only an answer to the form that makes it has the address: token is NULL elsewhere. */
static enum err show(struct exchange *x, unsigned status, const char *token, const char *sentence)
{
    struct context ctx = page_context(x);
    struct view_page page;
    struct calendar_feed_view view = {.page = &page,
                                      .back = page_url(x->arena, at_calendar),
                                      .make_action = page_url(x->arena, at_feed_make),
                                      .renew_url = page_url(x->arena, at_feed_renewal),
                                      .remove_url = page_url(x->arena, at_feed_removal)};
    struct feed_state state;

    page_frame(x, &page);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    ERR_TRY(feed_state(&ctx, &state));
    view.has_feed = state.exists;
    if (state.exists)
        view.created = clock_french_instant(x->arena, state.created_at);
    if (state.was_read)
        view.read = clock_french_instant(x->arena, state.read_at);
    if (token) {
        view.address = arena_printf(x->arena, "%s/ical/%s", x->settings->base_url, token);
        view.webcal = arena_printf(x->arena, "webcal%s", strstr(view.address, "://"));
    }
    return http_page(x, status, "calendar-feed.html", &view);
}

/* GET /calendrier/abonnement — admins and members of an establishment */
enum err page_feed(struct exchange *x)
{
    return show(x, 200, NULL, NULL);
}

static enum err make(struct exchange *x, bool replace)
{
    struct context ctx = page_context(x);
    const char *token;
    enum err code = feed_make(&ctx, replace, &token);

    if (code == ERR_CONFLICT)
        return show(x, 409, NULL, http_sentence(x, "feed-exists"));
    ERR_TRY(code);
    return show(x, 200, token, NULL);
}

/* POST /calendrier/abonnement — admins and members of an establishment
 *
 * Shows the address, this once. 409 where there is one already. */
enum err page_feed_make(struct exchange *x)
{
    return make(x, false);
}

static enum err confirm(struct exchange *x, bool is_renewal, const char *action)
{
    struct view_page page;
    struct calendar_confirm view = {.page = &page,
                                    .is_renewal = is_renewal,
                                    .action = action,
                                    .back = page_url(x->arena, at_feed)};

    page_frame(x, &page);
    return http_page(x, 200, "calendar-feed-confirm.html", &view);
}

/* GET /calendrier/abonnement/renouveler — admins and members of an establishment */
enum err page_feed_renewal(struct exchange *x)
{
    return confirm(x, true, page_url(x->arena, at_feed_renew));
}

/* POST /calendrier/abonnement/renouveler — admins and members of an establishment
 *
 * A new address, shown this once, in the place of the old one, which ends. */
enum err page_feed_renew(struct exchange *x)
{
    return make(x, true);
}

/* GET /calendrier/abonnement/supprimer — admins and members of an establishment */
enum err page_feed_removal(struct exchange *x)
{
    return confirm(x, false, page_url(x->arena, at_feed_remove));
}

/* POST /calendrier/abonnement/supprimer — admins and members of an establishment */
enum err page_feed_remove(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(feed_remove(&ctx));
    return page_done(x, page_url(x->arena, at_feed), "feed-removed");
}

static enum err details_of(struct exchange *x, const struct feed_events_row *row, bool is_hosted,
                           const char **details)
{
    struct calendar_event view = {.course = row->course,
                                  .is_hosted = is_hosted,
                                  .taken = (int64_t)row->taken,
                                  .left = placement_left(row->capacity, row->taken),
                                  .capacity = row->capacity,
                                  .own = (int64_t)row->own};
    struct buf text = buf_new(x->arena, DETAILS_MOST);
    size_t length;

    ERR_TRY(view_render(x->views, "calendar-event.txt", &view, &text));
    for (length = text.length; length > 0 && text.data[length - 1] == '\n'; length--)
        ;
    *details = arena_strndup(x->arena, text.data, length);
    return ERR_OK;
}

static enum err event_of(struct exchange *x, const struct feed_owner *owner,
                         const struct feed_events_row *row, struct feed_event *event)
{
    bool is_hosted = row->host_id == owner->establishment;

    *event = (struct feed_event){
        .id = row->id,
        .title = row->title,
        .location = row->place[0] && !is_hosted
                        ? arena_printf(x->arena, "%s, %s", row->place, row->host_name)
                    : is_hosted ? row->place
                                : row->host_name,
        .url = arena_printf(x->arena, "%s%s", x->settings->base_url,
                            page_url(x->arena, at_placement, row->id)),
        .first_day = row->first_day,
        .last_day = row->last_day,
        .weekends = placement_has_weekends(row->first_day, row->last_day),
        .starts_at = row->starts_at,
        .ends_at = row->ends_at,
        .sequence = row->version - 1,
        .created_at = row->created_at,
        .changed_at = row->changed_at,
        /* A school that no longer sends anybody there has nothing to come to. */
        .is_cancelled = strcmp(row->state, "cancelled") == 0 || (!is_hosted && row->own == 0)};
    return details_of(x, row, is_hosted, &event->details);
}

static enum err read_events(struct exchange *x, const struct feed_owner *owner,
                            struct feed_event **events, size_t *count)
{
    const char *today = clock_day(x->arena, x->now);
    struct feed_events_row *rows;

    ERR_TRY(db_feed_events(
        x->db, x->arena,
        &(struct feed_events_in){.viewer = owner->establishment,
                                 .from_day = dates_add(x->arena, today, -DAYS_PAST),
                                 .until_day = dates_add(x->arena, today, DAYS_TO_COME),
                                 .limit = EVENTS_MOST},
        &rows, count));
    *events = ARENA_NEW_ARRAY(x->arena, *count, struct feed_event);
    for (size_t i = 0; i < *count; i++)
        ERR_TRY(event_of(x, owner, &rows[i], &(*events)[i]));
    return ERR_OK;
}

/* GET /ical/{token} — everybody who has the address
 *
 * The placements of the account's establishment as iCalendar, from three months ago to a year from
 * now. It names no pupil. nginx does not log this address (conf/nginx-site.in). */
enum err page_feed_file(struct exchange *x)
{
    struct context ctx = {.arena = x->arena, .db = x->db, .settings = x->settings, .now = x->now};
    struct feed_owner owner;
    struct feed_event *events;
    size_t count;

    ERR_TRY(feed_open(&ctx, http_token(x, 0), &owner));
    ERR_TRY(read_events(x, &owner, &events, &count));
    return http_download(x, &(struct http_file_out){
                                .name = "paraphe.ics",
                                .media_type = "text/calendar; charset=utf-8",
                                .content = calendar_feed(x->arena,
                                                         arena_printf(x->arena, "%s – %s",
                                                                      http_sentence(x, "feed-name"),
                                                                      owner.establishment_name),
                                                         domain_of(x), events, count),
                                .in_line = true});
}
