#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/statements.h"
#include "domain/placement_change.h"
#include "domain/revision.h"

struct repeating {
    struct context *ctx;
    uint64_t id;
    const char *const *days;
    size_t count;
    bool draft;
    size_t made;
};

static enum err repeat_on(const struct repeating *repeating,
                          const struct placement_by_id_row *source, const char *day, bool *made)
{
    struct context *ctx = repeating->ctx;
    int later = clock_days_between(source->first_day, day);
    struct placement_same_row *same;
    uint64_t id;

    if (strcmp(clock_day_after(ctx->arena, source->closes_on, later),
               clock_day(ctx->arena, ctx->now)) < 0)
        return err_raise(ERR_INVALID, "placement-closing-past", "%s", day);
    ERR_TRY(db_placement_same(
        ctx->db, ctx->arena,
        &(struct placement_same_in){.host_id = source->host_id,
                                    .folded_title = text_fold(ctx->arena, source->title),
                                    .first_day = day,
                                    .starts_at = source->starts_at},
        &same));
    *made = !same;
    if (same)
        return ERR_OK;
    return placement_create(
        ctx,
        &(struct placement){.host = source->host_id,
                            .title = source->title,
                            .course = source->course,
                            .description = source->description,
                            .first_day = day,
                            .last_day = clock_day_after(ctx->arena, source->last_day, later),
                            .starts_at = source->starts_at,
                            .ends_at = source->ends_at,
                            .place = source->place,
                            .person_name = source->person_name,
                            .person_phone = source->person_phone,
                            .meals = source->meals,
                            .transport = source->transport,
                            .capacity = source->capacity,
                            .closes_on = clock_day_after(ctx->arena, source->closes_on, later),
                            .draft = repeating->draft},
        &id);
}

static enum err repeat_once(void *what)
{
    struct repeating *repeating = what;
    struct context *ctx = repeating->ctx;
    struct placement_lock_row *locked;
    struct placement_by_id_row *source;
    bool made = false;

    repeating->made = 0;
    ERR_TRY(placement_lock_own(ctx, repeating->id, 0, &locked));
    ERR_TRY(db_placement_by_id(
        ctx->db, ctx->arena,
        &(struct placement_by_id_in){.id = repeating->id, .viewer = ctx->actor.establishment},
        &source));
    for (size_t i = 0; i < repeating->count; i++) {
        ERR_TRY(repeat_on(repeating, source, repeating->days[i], &made));
        repeating->made += made;
    }
    return revision_raise(ctx, source->host_id, source->host_id);
}

enum err placement_repeat(struct context *ctx, uint64_t id, const char *const *days, size_t count,
                          bool draft, size_t *made)
{
    struct repeating repeating = {
        .ctx = ctx, .id = id, .days = days, .count = count, .draft = draft};

    if (count == 0 || count > PLACEMENT_REPEAT_MOST)
        return err_raise(ERR_INVALID, "placement-repeat-days", "%zu days", count);
    for (size_t i = 0; i < count; i++)
        if (!clock_is_day(days[i]))
            return err_raise(ERR_INVALID, "placement-repeat-days", "not a day");
    ERR_TRY(db_transaction(ctx->db, repeat_once, &repeating));
    *made = repeating.made;
    return ERR_OK;
}
