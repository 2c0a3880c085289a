#include "domain/placement_moves.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/statements.h"
#include "domain/convention.h"
#include "domain/placement.h"
#include "domain/placement_notice.h"
#include "domain/revision.h"
#include "domain/waiting.h"

#define REASON_LENGTH 1000

/* A move's states: from one of two, to another (NULL: the row goes). name: of what it was, for who
 * comes too late. */
static const struct {
    const char *name;
    const char *from[2];
    const char *to;
    const char *refused;
} moves[PLACEMENT_MOVES] = {
    [PLACEMENT_PUBLISH] = {"publish", {"draft", "closed"}, "published", "placement-cannot-publish"},
    [PLACEMENT_CLOSE] = {"close", {"published", "published"}, "closed", "placement-cannot-close"},
    [PLACEMENT_CANCEL] = {"cancel",
                          {"published", "closed"},
                          "cancelled",
                          "placement-cannot-cancel"},
    [PLACEMENT_DISCARD] = {"discard", {"draft", "draft"}, NULL, "placement-cannot-discard"},
};

struct moving {
    struct context *ctx;
    uint64_t id;
    enum placement_move move;
    uint32_t version;
    const char *reason;
};

bool placement_may(enum placement_move move, const char *state)
{
    return strcmp(moves[move].from[0], state) == 0 || strcmp(moves[move].from[1], state) == 0;
}

static enum err cancel_all(struct context *ctx, uint64_t placement, const char *reason)
{
    struct placement_conventions_row *rows;
    size_t count;

    ERR_TRY(db_placement_conventions(ctx->db, ctx->arena,
                                     &(struct placement_conventions_in){.placement_id = placement},
                                     &rows, &count));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(convention_cancel_in(ctx, rows[i].convention_id, 0, reason));
    return waiting_cancel_all(ctx, placement, reason);
}

static enum err check_publishing(const struct moving *moving, const struct placement_lock_row *row)
{
    const char *today = clock_day(moving->ctx->arena, moving->ctx->now);

    if (strcmp(today, row->closes_on) > 0)
        return err_raise(ERR_CONFLICT, "placement-publish-late", "placement %" PRIu64, moving->id);
    return ERR_OK;
}

static enum err move_once(void *what)
{
    const struct moving *moving = what;
    struct context *ctx = moving->ctx;
    struct placement_lock_row *row;
    size_t promoted;

    ERR_TRY(placement_lock_own(ctx, moving->id, moving->version, &row));
    if (!placement_may(moving->move, row->state))
        return err_raise(ERR_CONFLICT, moves[moving->move].refused, "placement %" PRIu64 " is %s",
                         moving->id, row->state);
    if (moving->move == PLACEMENT_PUBLISH)
        ERR_TRY(check_publishing(moving, row));
    if (moving->move == PLACEMENT_DISCARD)
        ERR_TRY(db_placement_delete(ctx->db, ctx->arena,
                                    &(struct placement_delete_in){.id = moving->id}, NULL));
    else
        ERR_TRY(db_placement_set_state(
            ctx->db, ctx->arena,
            &(struct placement_set_state_in){.id = moving->id,
                                             .state = moves[moving->move].to,
                                             .cancel_reason = moving->reason,
                                             .by = ctx->actor.name,
                                             .what = moves[moving->move].name},
            NULL));
    if (moving->move == PLACEMENT_CANCEL)
        ERR_TRY(cancel_all(ctx, moving->id, moving->reason));
    if (moving->move == PLACEMENT_PUBLISH)
        ERR_TRY(waiting_promote(ctx, moving->id, &promoted));
    return revision_raise(ctx, row->host_id, row->host_id);
}

enum err placement_move(struct context *ctx, uint64_t id, enum placement_move move,
                        uint32_t version, const char *reason)
{
    struct moving moving = {
        .ctx = ctx, .id = id, .move = move, .version = version, .reason = reason};

    if (move == PLACEMENT_CANCEL && (!reason || reason[0] == '\0'))
        return err_raise(ERR_INVALID, "placement-reason-missing", "placement %" PRIu64, id);
    if (reason && text_length(reason) > REASON_LENGTH)
        return err_raise(ERR_INVALID, "reason-too-long", "placement %" PRIu64, id);
    return db_transaction(ctx->db, move_once, &moving);
}
