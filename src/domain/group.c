#include "domain/group.h"

#include <inttypes.h>
#include <stdlib.h>

#include "db/statements.h"
#include "domain/notice.h"
#include "domain/revision.h"

struct group {
    struct context *ctx;
    struct context part; /* for one trainee after the other */
    uint64_t placement;
    const uint64_t *trainees; /* in order, each once */
    size_t count;
    struct group_refusal *refusals;
    size_t refused;
};

static int by_number(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a, second = *(const uint64_t *)b;

    return (first > second) - (first < second);
}

/* In order, so that two groups take their locks in the same; each once. */
static size_t put_in_order(uint64_t *trainees, size_t count)
{
    size_t kept = 0;

    if (count > 0)
        qsort(trainees, count, sizeof *trainees, by_number);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || trainees[kept - 1] != trainees[i])
            trainees[kept++] = trainees[i];
    return kept;
}

/* Locks the trainee and says what is against it; NULL for nothing. */
static enum err judge(const struct group *group, uint64_t id, const char **sentence)
{
    struct context *ctx = group->ctx;
    struct waiting_registered_row *active;
    struct trainee_lock_row *row;

    *sentence = NULL;
    ERR_TRY(db_trainee_lock(ctx->db, ctx->arena,
                            &(struct trainee_lock_in){.id = id, .viewer = ctx->actor.establishment},
                            &row));
    if (!row) {
        *sentence = "group-trainee-gone";
        return ERR_OK;
    }
    ERR_TRY(db_waiting_registered(
        ctx->db, ctx->arena,
        &(struct waiting_registered_in){.placement_id = group->placement, .trainee_id = id},
        &active));
    if (active->total > 0)
        *sentence = "trainee-already-registered";
    else if (!trainee_is_complete(&TRAINEE_OF(row)))
        *sentence = "group-trainee-lacking";
    return ERR_OK;
}

static enum err judge_all(struct group *group)
{
    group->refused = 0;
    for (size_t i = 0; i < group->count; i++) {
        const char *sentence;

        ERR_TRY(judge(group, group->trainees[i], &sentence));
        if (sentence)
            group->refusals[group->refused++] =
                (struct group_refusal){group->trainees[i], sentence};
    }
    return ERR_OK;
}

static enum err register_one(struct context *part, const struct placement_lock_row *placement,
                             uint64_t trainee)
{
    struct registration_made made;

    ERR_TRY(registration_enter(part, placement, part->actor.establishment, trainee, &made));
    ERR_TRY(notice_generated(part, made.convention, made.document));
    arena_reset(part->arena);
    return ERR_OK;
}

static enum err register_once(void *what)
{
    struct group *group = what;
    struct context *ctx = group->ctx;
    struct placement_lock_row *placement;
    unsigned left;

    ERR_TRY(registration_lock_placement(ctx, group->placement, &placement, &left));
    ERR_TRY(judge_all(group));
    if (group->refused > 0)
        return err_raise(ERR_CONFLICT, "group-refused", "%zu of %zu", group->refused, group->count);
    if (left < group->count)
        return err_raise(ERR_CONFLICT, "group-no-places", "%zu for %u places", group->count, left);
    for (size_t i = 0; i < group->count; i++)
        ERR_TRY(register_one(&group->part, placement, group->trainees[i]));
    return revision_raise(ctx, placement->host_id, ctx->actor.establishment);
}

enum err group_register(struct context *ctx, uint64_t placement, uint64_t *trainees, size_t count,
                        struct group_refusal **refusals, size_t *refused)
{
    struct group group = {.ctx = ctx,
                          .placement = placement,
                          .trainees = trainees,
                          .count = put_in_order(trainees, count)};
    enum err code;

    *refused = 0;
    if (ctx->actor.establishment == 0)
        return err_raise(ERR_FORBIDDEN, "registration-not-yours", "account %" PRIu64,
                         ctx->actor.account);
    if (group.count == 0)
        return err_raise(ERR_INVALID, "group-nobody", "nobody is chosen");
    if (group.count > GROUP_MOST)
        return err_raise(ERR_TOO_LARGE, "group-too-large", "%zu trainees", group.count);
    group.refusals = ARENA_NEW_ARRAY(ctx->arena, group.count, struct group_refusal);
    group.part = context_part(ctx);
    code = db_transaction(ctx->db, register_once, &group);
    *refusals = group.refusals;
    *refused = group.refused;
    return code;
}
