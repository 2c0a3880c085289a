#include "domain/convention.h"

#include <inttypes.h>

#include "base/text.h"
#include "db/statements.h"
#include "domain/transition.h"
#include "domain/waiting.h"

#define REASON_LENGTH 1000

struct moving {
    struct context *ctx;
    uint64_t id;
    enum convention_event event;
    uint32_t version;
    const char *reason;
};

enum err convention_cancel_in(struct context *ctx, uint64_t id, uint32_t version,
                              const char *reason)
{
    struct transition transition;

    ERR_TRY(transition_begin(ctx, id, EVENT_CANCEL, version, &transition));
    ERR_TRY(db_registration_cancel(
        ctx->db, ctx->arena,
        &(struct registration_cancel_in){.id = transition.registration, .now = ctx->now}, NULL));
    return transition_finish(ctx, &transition, 0, 0, reason);
}

/* Locks the placement before the convention, as whoever registers does. */
static enum err cancel_once(const struct moving *moving)
{
    struct context *ctx = moving->ctx;
    struct convention_placement_row *where;
    struct placement_lock_row *placement;
    size_t promoted;

    ERR_TRY(db_convention_placement(
        ctx->db, ctx->arena,
        &(struct convention_placement_in){.id = moving->id, .viewer = ctx->actor.establishment},
        &where));
    if (!where)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64, moving->id);
    ERR_TRY(db_placement_lock(ctx->db, ctx->arena,
                              &(struct placement_lock_in){.id = where->placement_id}, &placement));
    ERR_TRY(convention_cancel_in(ctx, moving->id, moving->version, moving->reason));
    return waiting_promote(ctx, where->placement_id, &promoted);
}

static enum err move_once(void *what)
{
    const struct moving *moving = what;
    struct transition transition;
    uint64_t document = 0;

    if (moving->event == EVENT_CANCEL)
        return cancel_once(moving);
    ERR_TRY(transition_begin(moving->ctx, moving->id, moving->event, moving->version, &transition));
    if (moving->event == EVENT_REGENERATE)
        document = transition.original_document;
    return transition_finish(moving->ctx, &transition, 0, document, moving->reason);
}

enum err convention_move(struct context *ctx, uint64_t id, enum convention_event event,
                         uint32_t version, const char *reason)
{
    struct moving moving = {.ctx = ctx, .id = id, .event = event, .version = version};

    moving.reason = reason ? reason : "";
    if (move_of(event)->needs_reason && moving.reason[0] == '\0')
        return err_raise(ERR_INVALID, "reason-missing", "convention %" PRIu64, id);
    if (text_length(moving.reason) > REASON_LENGTH)
        return err_raise(ERR_INVALID, "reason-too-long", "convention %" PRIu64, id);
    return db_transaction(ctx->db, move_once, &moving);
}

enum convention_event convention_invalidation(enum convention_state state)
{
    return state == CONVENTION_VALIDATED ? EVENT_INVALIDATE : EVENT_MARK_INCOMPLETE;
}

enum err convention_current_file(struct context *ctx, uint64_t id, uint64_t *document_id)
{
    struct convention_sheet_row *sheet;

    ERR_TRY(db_convention_sheet(
        ctx->db, ctx->arena,
        &(struct convention_sheet_in){.id = id, .viewer = ctx->actor.establishment}, &sheet));
    if (!sheet)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64, id);
    *document_id = sheet->original_document_id;
    if (state_parse(sheet->state) == CONVENTION_VALIDATED && sheet->has_deposit_document_id)
        *document_id = sheet->deposit_document_id;
    return ERR_OK;
}
