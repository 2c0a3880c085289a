#include "domain/waiting.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/notice.h"
#include "domain/placement.h"
#include "domain/placement_notice.h"
#include "domain/revision.h"

static enum err end(struct context *ctx, uint64_t id, const char *outcome)
{
    return db_waiting_end(ctx->db, ctx->arena,
                          &(struct waiting_end_in){.id = id, .outcome = outcome, .now = ctx->now},
                          NULL);
}

/* The platform registers, not whoever freed the place: the history says so. */
static enum err promote(struct context *ctx, const struct placement_lock_row *placement,
                        const struct waiting_first_row *first)
{
    struct context platform = *ctx;
    struct registration_made made;

    platform.actor = (struct actor){.name = "Liste d’attente", .establishment_name = ""};
    platform.address = "";
    ERR_TRY(end(&platform, first->id, "registered"));
    ERR_TRY(registration_enter(&platform, placement, first->origin_id, first->trainee_id, &made));
    ERR_TRY(notice_promoted(&platform, made.convention, made.document));
    return revision_raise(&platform, placement->host_id, first->origin_id);
}

enum err waiting_promote(struct context *ctx, uint64_t placement, size_t *promoted)
{
    const char *today = clock_day(ctx->arena, ctx->now);
    struct placement_lock_row *row;
    struct placement_taken_row *places;
    struct waiting_first_row *first;

    *promoted = 0;
    ERR_TRY(
        db_placement_lock(ctx->db, ctx->arena, &(struct placement_lock_in){.id = placement}, &row));
    if (!row || !placement_is_open(row->state, row->closes_on, today))
        return ERR_OK;
    for (;;) {
        ERR_TRY(db_placement_taken(ctx->db, ctx->arena,
                                   &(struct placement_taken_in){.id = placement}, &places));
        if (placement_left(row->capacity, places->taken) == 0)
            return ERR_OK;
        ERR_TRY(db_waiting_first(ctx->db, ctx->arena,
                                 &(struct waiting_first_in){.placement_id = placement}, &first));
        if (!first)
            return ERR_OK;
        ERR_TRY(promote(ctx, row, first));
        (*promoted)++;
    }
}

struct joining {
    struct context *ctx;
    uint64_t placement;
    const struct trainee *trainee;
    uint64_t convention;
};

static enum err insert(struct context *ctx, uint64_t placement, uint64_t trainee)
{
    struct waiting_registered_row *registered;
    enum err code;

    ERR_TRY(db_waiting_registered(
        ctx->db, ctx->arena,
        &(struct waiting_registered_in){.placement_id = placement, .trainee_id = trainee},
        &registered));
    if (registered->total > 0)
        return err_raise(ERR_CONFLICT, "trainee-already-registered", "placement %" PRIu64,
                         placement);
    code = db_waiting_insert(ctx->db, ctx->arena,
                             &(struct waiting_insert_in){.placement_id = placement,
                                                         .trainee_id = trainee,
                                                         .account_id = ctx->actor.account,
                                                         .now = ctx->now},
                             NULL);
    if (code == ERR_CONFLICT && strcmp(err_last()->key, "db-duplicate") == 0)
        return err_raise(ERR_CONFLICT, "trainee-already-waiting", "placement %" PRIu64, placement);
    return code;
}

static enum err join_once(void *what)
{
    struct joining *joining = what;
    struct context *ctx = joining->ctx;
    const char *today = clock_day(ctx->arena, ctx->now);
    struct placement_taken_row *places;
    struct placement_lock_row *row;
    uint64_t trainee;

    joining->convention = 0;
    ERR_TRY(db_placement_lock(ctx->db, ctx->arena,
                              &(struct placement_lock_in){.id = joining->placement}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "placement %" PRIu64, joining->placement);
    if (strcmp(row->state, "published") != 0)
        return err_raise(ERR_CONFLICT, "placement-closed", "placement %" PRIu64, row->id);
    if (!placement_is_open(row->state, row->closes_on, today))
        return err_raise(ERR_CONFLICT, "placement-past-closing", "placement %" PRIu64, row->id);
    ERR_TRY(db_placement_taken(ctx->db, ctx->arena, &(struct placement_taken_in){.id = row->id},
                               &places));
    if (placement_left(row->capacity, places->taken) > 0)
        return registration_make_in(ctx, row->id, joining->trainee, &joining->convention);
    ERR_TRY(registration_keep_trainee(ctx, joining->trainee, &trainee));
    ERR_TRY(insert(ctx, row->id, trainee));
    return revision_raise(ctx, row->host_id, ctx->actor.establishment);
}

enum err waiting_join(struct context *ctx, uint64_t placement, const struct trainee *trainee,
                      uint64_t *convention)
{
    struct joining joining = {.ctx = ctx, .placement = placement, .trainee = trainee};

    if (ctx->actor.establishment == 0)
        return err_raise(ERR_FORBIDDEN, "registration-not-yours", "account %" PRIu64,
                         ctx->actor.account);
    ERR_TRY(db_transaction(ctx->db, join_once, &joining));
    *convention = joining.convention;
    return ERR_OK;
}

struct leaving {
    struct context *ctx;
    uint64_t placement;
    uint64_t id;
};

static enum err leave_once(void *what)
{
    const struct leaving *leaving = what;
    struct context *ctx = leaving->ctx;
    struct placement_lock_row *placement;
    struct waiting_by_id_row *row;

    ERR_TRY(db_placement_lock(ctx->db, ctx->arena,
                              &(struct placement_lock_in){.id = leaving->placement}, &placement));
    ERR_TRY(db_waiting_by_id(ctx->db, ctx->arena,
                             &(struct waiting_by_id_in){.id = leaving->id,
                                                        .placement_id = leaving->placement,
                                                        .viewer = ctx->actor.establishment},
                             &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "waiting %" PRIu64, leaving->id);
    if (!row->active)
        return err_raise(ERR_CONFLICT, "waiting-ended", "waiting %" PRIu64, leaving->id);
    ERR_TRY(end(ctx, row->id, "withdrawn"));
    return revision_raise(ctx, row->host_id, ctx->actor.establishment);
}

enum err waiting_leave(struct context *ctx, uint64_t placement, uint64_t id)
{
    return db_transaction(ctx->db, leave_once,
                          &(struct leaving){.ctx = ctx, .placement = placement, .id = id});
}

enum err waiting_cancel_all(struct context *ctx, uint64_t placement, const char *reason)
{
    struct waiting_all_row *rows;
    size_t count;

    ERR_TRY(db_waiting_all(ctx->db, ctx->arena, &(struct waiting_all_in){.placement_id = placement},
                           &rows, &count));
    for (size_t i = 0; i < count; i++) {
        ERR_TRY(end(ctx, rows[i].id, "cancelled"));
        ERR_TRY(placement_notice_waiting(ctx, placement, &rows[i], reason));
        ERR_TRY(revision_raise(ctx, ctx->actor.establishment, rows[i].origin_id));
    }
    return ERR_OK;
}
