#include "domain/transition.h"

#include <inttypes.h>
#include <string.h>

#include "db/statements.h"
#include "domain/notice.h"
#include "domain/revision.h"

enum err transition_begin(struct context *ctx, uint64_t convention, enum convention_event event,
                          uint32_t version, struct transition *transition)
{
    const struct move *move = move_of(event);
    struct convention_lock_row *row;
    struct sides sides;

    ERR_TRY(db_convention_lock(
        ctx->db, ctx->arena,
        &(struct convention_lock_in){.id = convention, .viewer = ctx->actor.establishment}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64, convention);
    sides = (struct sides){.host = row->host_id == ctx->actor.establishment,
                           .origin = row->origin_id == ctx->actor.establishment};
    if (!move_allowed_to(move, sides, ctx->actor.role))
        return err_raise(ERR_FORBIDDEN, "convention-not-yours-to-move",
                         "account %" PRIu64 ", convention %" PRIu64 ": %s", ctx->actor.account,
                         convention, event_name(event));
    if (version != 0 && version != row->version)
        return history_conflict(ctx, convention);
    if (!move_allowed_from(move, state_parse(row->state)))
        return err_raise(ERR_CONFLICT, move->refused, "convention %" PRIu64 ": %s while %s",
                         convention, event_name(event), row->state);

    *transition =
        (struct transition){.move = move,
                            .convention = row->id,
                            .registration = row->registration_id,
                            .host = row->host_id,
                            .origin = row->origin_id,
                            .from = state_parse(row->state),
                            .original = row->original_id,
                            .original_document = row->original_document_id,
                            .deposit = row->has_deposit_id ? row->deposit_id : 0,
                            .document = row->has_deposit_document_id ? row->deposit_document_id
                                                                     : row->original_document_id,
                            .end = {.length = row->history_length}};
    if (row->history_head.length == sizeof transition->end.head)
        memcpy(transition->end.head, row->history_head.data, sizeof transition->end.head);
    return ERR_OK;
}

enum err transition_finish(struct context *ctx, struct transition *transition, uint64_t deposit,
                           uint64_t document, const char *reason)
{
    const struct move *move = transition->move;
    uint64_t attached = move->event == EVENT_REISSUE ? document : 0;
    uint64_t in_force = 0;

    if (document == 0)
        document = transition->document;
    switch (move->file) {
    case FILE_KEEP:
        in_force = transition->deposit;
        break;
    case FILE_DEPOSITED:
        in_force = deposit;
        break;
    case FILE_ORIGINAL:
        break;
    }
    ERR_TRY(history_append(ctx, transition->convention, &transition->end, move->event, document,
                           reason));
    ERR_TRY(db_convention_move(
        ctx->db, ctx->arena,
        &(struct convention_move_in){
            .id = transition->convention,
            .state = state_name(move->to),
            .incomplete_reason = move->event == EVENT_MARK_INCOMPLETE ? reason : NULL,
            .has_deposit_id = in_force != 0,
            .deposit_id = in_force,
            .history_length = transition->end.length,
            .history_head = {transition->end.head, sizeof transition->end.head}},
        NULL));
    ERR_TRY(notice_move(ctx, transition, attached, reason));
    return revision_raise(ctx, transition->host, transition->origin);
}
