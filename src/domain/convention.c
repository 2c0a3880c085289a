#include "domain/convention.h"

#include <inttypes.h>

#include "base/text.h"
#include "db/statements.h"
#include "domain/transition.h"

#define REASON_LENGTH 1000

struct moving {
    struct context *ctx;
    uint64_t id;
    enum convention_event event;
    uint32_t version;
    const char *reason;
};

static enum err move_once(void *what)
{
    const struct moving *moving = what;
    struct transition transition;
    uint64_t document = 0;

    ERR_TRY(transition_begin(moving->ctx, moving->id, moving->event, moving->version, &transition));
    if (moving->event == EVENT_REGENERATE)
        document = transition.original_document;
    if (moving->event == EVENT_CANCEL)
        ERR_TRY(db_registration_cancel(moving->ctx->db, moving->ctx->arena,
                                       &(struct registration_cancel_in){
                                           .id = transition.registration, .now = moving->ctx->now},
                                       NULL));
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
