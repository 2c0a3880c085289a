#include "domain/placement_change.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/statements.h"
#include "domain/moves.h"
#include "domain/placement_notice.h"
#include "domain/registration.h"
#include "domain/revision.h"
#include "domain/waiting.h"

#define WHAT_LENGTH 200 /* of placement.changed_what */

struct changing {
    struct context *ctx;
    uint64_t id;
    uint32_t version;
    bool reissue;
    const struct placement *placement;
    struct placement_changed changed;
};

/* The names of the columns that change, with commas between them. */
static const char *what_changes(struct context *ctx, const struct placement_lock_row *before,
                                const struct placement *after)
{
    const struct {
        const char *name, *before, *after;
    } texts[] = {{"title", before->title, after->title},
                 {"course", before->course, after->course},
                 {"description", before->description, after->description},
                 {"first_day", before->first_day, after->first_day},
                 {"last_day", before->last_day, after->last_day},
                 {"starts_at", before->starts_at, after->starts_at},
                 {"ends_at", before->ends_at, after->ends_at},
                 {"place", before->place, after->place},
                 {"person_name", before->person_name, after->person_name},
                 {"person_phone", before->person_phone, after->person_phone},
                 {"meals", before->meals, after->meals},
                 {"transport", before->transport, after->transport},
                 {"closes_on", before->closes_on, after->closes_on}};
    struct buf what = buf_new(ctx->arena, WHAT_LENGTH);

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strcmp(texts[i].before, texts[i].after) != 0)
            buf_printf(&what, "%s%s", what.length > 0 ? "," : "", texts[i].name);
    if (before->capacity != after->capacity)
        buf_printf(&what, "%scapacity", what.length > 0 ? "," : "");
    return what.data;
}

static enum err update(struct context *ctx, const struct placement_lock_row *before,
                       const struct placement *placement)
{
    return db_placement_update(
        ctx->db, ctx->arena,
        &(struct placement_update_in){.id = before->id,
                                      .by = ctx->actor.name,
                                      .what = what_changes(ctx, before, placement),
                                      .title = placement->title,
                                      .folded_title = text_fold(ctx->arena, placement->title),
                                      .course = placement->course,
                                      .description = placement->description,
                                      .first_day = placement->first_day,
                                      .last_day = placement->last_day,
                                      .starts_at = placement->starts_at,
                                      .ends_at = placement->ends_at,
                                      .place = placement->place,
                                      .person_name = placement->person_name,
                                      .person_phone = placement->person_phone,
                                      .meals = placement->meals,
                                      .transport = placement->transport,
                                      .capacity = placement->capacity,
                                      .closes_on = placement->closes_on},
        NULL);
}

/* Whether a convention says something else of the placement now. */
static bool concerns_conventions(const struct placement_lock_row *before,
                                 const struct placement *after)
{
    return strcmp(before->title, after->title) != 0 || strcmp(before->course, after->course) != 0 ||
           strcmp(before->first_day, after->first_day) != 0 ||
           strcmp(before->last_day, after->last_day) != 0 ||
           strcmp(before->starts_at, after->starts_at) != 0 ||
           strcmp(before->ends_at, after->ends_at) != 0 ||
           strcmp(before->place, after->place) != 0 ||
           strcmp(before->person_name, after->person_name) != 0 ||
           strcmp(before->person_phone, after->person_phone) != 0 ||
           strcmp(before->meals, after->meals) != 0 ||
           strcmp(before->transport, after->transport) != 0;
}

static enum err follow_in_conventions(struct changing *changing)
{
    struct context *ctx = changing->ctx;
    struct placement_conventions_row *rows;
    size_t count;

    ERR_TRY(db_placement_conventions(
        ctx->db, ctx->arena, &(struct placement_conventions_in){.placement_id = changing->id},
        &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (changing->reissue && state_parse(rows[i].state) == CONVENTION_NOT_RETURNED) {
            ERR_TRY(registration_reissue(ctx, rows[i].convention_id));
            changing->changed.reissued++;
        } else {
            ERR_TRY(registration_keep(ctx, rows[i].convention_id));
        }
    }
    return ERR_OK;
}

static enum err check_against(const struct changing *changing,
                              const struct placement_lock_row *before)
{
    const struct placement *after = changing->placement;
    struct context *ctx = changing->ctx;
    struct placement_taken_row *places;
    struct placement_same_row *same;

    if (strcmp(before->state, "cancelled") == 0)
        return err_raise(ERR_CONFLICT, "placement-is-cancelled", "placement %" PRIu64, before->id);
    ERR_TRY(db_placement_taken(ctx->db, ctx->arena, &(struct placement_taken_in){.id = before->id},
                               &places));
    if (after->capacity < places->taken)
        return err_raise(ERR_INVALID, "placement-capacity-taken",
                         "placement %" PRIu64 ": %" PRIu64 " taken", before->id, places->taken);
    ERR_TRY(db_placement_same(
        ctx->db, ctx->arena,
        &(struct placement_same_in){.host_id = before->host_id,
                                    .folded_title = text_fold(ctx->arena, after->title),
                                    .first_day = after->first_day,
                                    .starts_at = after->starts_at,
                                    .other_than = before->id},
        &same));
    /* What was so before stays possible: only a change makes one the same as another. */
    if (same && (strcmp(before->title, after->title) != 0 ||
                 strcmp(before->first_day, after->first_day) != 0 ||
                 strcmp(before->starts_at, after->starts_at) != 0))
        return err_raise(ERR_CONFLICT, "placement-same", "placement %" PRIu64, same->id);
    return ERR_OK;
}

static enum err change_once(void *what)
{
    struct changing *changing = what;
    struct context *ctx = changing->ctx;
    struct placement_lock_row *before;

    changing->changed = (struct placement_changed){0};
    ERR_TRY(placement_lock_own(ctx, changing->id, changing->version, &before));
    ERR_TRY(check_against(changing, before));
    ERR_TRY(update(ctx, before, changing->placement));
    if (concerns_conventions(before, changing->placement)) {
        ERR_TRY(follow_in_conventions(changing));
        ERR_TRY(
            placement_notice_changed(ctx, before, changing->placement, &changing->changed.told));
    }
    ERR_TRY(waiting_promote(ctx, changing->id, &changing->changed.promoted));
    return revision_raise(ctx, before->host_id, before->host_id);
}

enum err placement_change(struct context *ctx, uint64_t id, uint32_t version, bool reissue,
                          const struct placement *placement, struct placement_changed *changed)
{
    struct changing changing = {
        .ctx = ctx, .id = id, .version = version, .reissue = reissue, .placement = placement};

    ERR_TRY(placement_check(placement));
    ERR_TRY(db_transaction(ctx->db, change_once, &changing));
    *changed = changing.changed;
    return ERR_OK;
}
