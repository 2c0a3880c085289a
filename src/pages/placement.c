/* A placement's sheet (« Info »). */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "domain/moves.h"
#include "domain/placement.h"
#include "domain/placement_moves.h"
#include "http/cache.h"
#include "pages/frame.h"
#include "pages/placement_view.h"
#include "pages/placements.h"
#include "pages/routes.h"
#include "view/markdown.h"

VIEW_TYPE(placement_trainee);
VIEW_TYPE(placement_tools);
VIEW_TYPE(placement_view);

const char *page_hours(struct arena *arena, const char *starts_at, const char *ends_at)
{
    return arena_printf(arena, "%s – %s", clock_french_time(arena, starts_at),
                        clock_french_time(arena, ends_at));
}

const char *page_days(struct arena *arena, const char *first, const char *last)
{
    if (strcmp(first, last) == 0)
        return clock_french_long_day(arena, first);
    return arena_printf(arena, "du %s au %s", clock_french_long_day(arena, first),
                        clock_french_long_day(arena, last));
}

/* "intitulé, lieu" of "title,place". */
static const char *changes_in_words(struct exchange *x, const char *names)
{
    const char *words = "";

    while (*names) {
        size_t length = strcspn(names, ",");
        const char *name = arena_strndup(x->arena, names, length);

        words = arena_printf(x->arena, "%s%s%s", words, words[0] ? ", " : "",
                             http_sentence(x, arena_printf(x->arena, "placement-what-%s", name)));
        names += length + (names[length] == ',');
    }
    return words;
}

const char *page_placement_meanwhile(struct exchange *x, const struct meanwhile *meanwhile)
{
    if (!meanwhile->event || !meanwhile->event[0])
        return http_sentence(x, "placement-out-of-date");
    return arena_printf(x->arena, "%s %s, le %s : %s. %s", http_sentence(x, "placement-meanwhile"),
                        meanwhile->actor_name, clock_french_instant(x->arena, meanwhile->at),
                        changes_in_words(x, meanwhile->event),
                        http_sentence(x, "placement-look-again"));
}

static enum err find(struct exchange *x, uint64_t id, bool in_any_state,
                     struct placement_by_id_row **row)
{
    ERR_TRY(db_placement_by_id(x->db, x->arena,
                               &(struct placement_by_id_in){.id = id,
                                                            .viewer = x->session->establishment_id,
                                                            .in_any_state = in_any_state},
                               row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "placement %" PRIu64, id);
}

enum err page_placement_of(struct exchange *x, uint64_t id, struct placement_by_id_row **row)
{
    return find(x, id, false, row);
}

enum err page_placement_asked_for(struct exchange *x, uint64_t id, struct placement_by_id_row **row)
{
    return find(x, id, true, row);
}

enum err page_placement_own(struct exchange *x, uint64_t id, struct placement_by_id_row **row)
{
    ERR_TRY(find(x, id, false, row));
    if ((*row)->host_id != x->session->establishment_id)
        return err_raise(ERR_FORBIDDEN, "placement-not-yours", "placement %" PRIu64, id);
    return ERR_OK;
}

uint32_t page_placement_version(const struct exchange *x)
{
    return (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX);
}

static const char *move_action(struct exchange *x, enum page at,
                               const struct placement_by_id_row *row)
{
    return arena_printf(x->arena, "%s?version=%" PRIu32, page_url(x->arena, at, row->id),
                        row->version);
}

/* What the host may do with it; NULL for others. */
static const struct placement_tools *tools_of(struct exchange *x,
                                              const struct placement_by_id_row *row)
{
    struct placement_tools *tools;

    if (row->host_id != x->session->establishment_id)
        return NULL;
    tools = ARENA_NEW(x->arena, struct placement_tools);
    *tools = (struct placement_tools){.copy_url = page_url(x->arena, at_placement_copy, row->id)};
    if (row->taken > 0)
        tools->attendance_url = page_url(x->arena, at_attendance, row->id);
    if (strcmp(row->state, "cancelled") != 0) {
        tools->edit_url = page_url(x->arena, at_placement_edit, row->id);
        tools->repeat_url = page_url(x->arena, at_placement_repetition, row->id);
    }
    if (placement_may(PLACEMENT_PUBLISH, row->state))
        tools->publish_action = move_action(x, at_placement_publish, row);
    if (placement_may(PLACEMENT_CLOSE, row->state))
        tools->close_action = move_action(x, at_placement_close, row);
    if (placement_may(PLACEMENT_CANCEL, row->state))
        tools->cancel_url = move_action(x, at_placement_cancellation, row);
    if (placement_may(PLACEMENT_DISCARD, row->state))
        tools->discard_url = move_action(x, at_placement_discarding, row);
    return tools;
}

static enum err list_trainees(struct exchange *x, uint64_t placement, struct placement_view *view)
{
    struct placement_registrations_row *rows;
    struct placement_trainee *shown;
    size_t count;

    ERR_TRY(db_placement_registrations(
        x->db, x->arena,
        &(struct placement_registrations_in){.placement_id = placement,
                                             .viewer = x->session->establishment_id},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct placement_trainee);
    for (size_t i = 0; i < count; i++) {
        enum convention_state state = state_parse(rows[i].state);

        shown[i] = (struct placement_trainee){
            .last_name = rows[i].last_name,
            .first_name = rows[i].first_name,
            .class_name = rows[i].class_name,
            .origin = rows[i].origin_name,
            .is_not_returned = state == CONVENTION_NOT_RETURNED,
            .is_pending = state == CONVENTION_PENDING && !rows[i].incomplete,
            .is_incomplete = state == CONVENTION_PENDING && rows[i].incomplete,
            .is_validated = state == CONVENTION_VALIDATED,
            .convention_url = page_url(x->arena, at_convention, rows[i].convention_id),
            .file_url = page_url(x->arena, at_convention_file, rows[i].convention_id)};
    }
    view->trainees = shown;
    view->trainees_count = count;
    return ERR_OK;
}

/* GET /stages/{id} — admins and members of an establishment
 *
 * A placement's sheet. The host sees all who come, an origin its own trainees. */
enum err page_placement(struct exchange *x)
{
    struct placement_by_id_row *row;
    struct view_page page;
    struct placement_view view;
    unsigned left;
    bool is_open;

    if (http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    ERR_TRY(page_placement_of(x, http_id(x, 0), &row));
    left = placement_left(row->capacity, row->taken);
    is_open = placement_is_open(row->state, row->closes_on, clock_day(x->arena, x->now));
    page_frame(x, &page);
    page.title = row->title;
    view = (struct placement_view){
        .page = &page,
        .host = row->host_name,
        .course = row->course,
        .days = page_days(x->arena, row->first_day, row->last_day),
        .hours = page_hours(x->arena, row->starts_at, row->ends_at),
        .place = row->place,
        .person = row->person_name,
        .person_phone = row->person_phone,
        .meals_canteen = strcmp(row->meals, "canteen") == 0,
        .meals_packed = strcmp(row->meals, "packed") == 0,
        .meals_home = strcmp(row->meals, "home") == 0,
        .transport_family = strcmp(row->transport, "family") == 0,
        .transport_school = strcmp(row->transport, "school") == 0,
        .transport_foot = strcmp(row->transport, "foot") == 0,
        .left = left,
        .capacity = row->capacity,
        .closes_on = clock_french_day(x->arena, row->closes_on),
        .register_url = is_open && left > 0 ? page_url(x->arena, at_registration, row->id) : NULL,
        .group_url = is_open && left > 0 ? page_url(x->arena, at_group, row->id) : NULL,
        .wait_url = is_open && left == 0 ? page_url(x->arena, at_waiting, row->id) : NULL,
        .is_full = is_open && left == 0,
        .is_past = !is_open && strcmp(row->state, "published") == 0,
        .is_closed = strcmp(row->state, "closed") == 0,
        .is_draft = strcmp(row->state, "draft") == 0,
        .is_cancelled = strcmp(row->state, "cancelled") == 0,
        .cancel_reason = row->cancel_reason,
        .tools = tools_of(x, row)};
    ERR_TRY(view_markdown_html(x->arena, row->description, VIEW_MARKDOWN_MOST, &view.description));
    ERR_TRY(list_trainees(x, row->id, &view));
    ERR_TRY(page_waiters(x, row, &view));
    return http_cache_keep(x, http_page(x, 200, "placement.html", &view));
}
