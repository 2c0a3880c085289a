/* A convention's moves after its birth (registration.h) and apart from deposits (deposit.h).
 *
 * Each function is one transaction under the convention's lock: it asks who may, then whether the
 * page was up to date, then whether the state allows it; then it moves the state, appends the
 * history and queues the mails. A convention of other establishments is ERR_NOT_FOUND. */
#ifndef PARAPHE_DOMAIN_CONVENTION_H
#define PARAPHE_DOMAIN_CONVENTION_H

#include "domain/context.h"
#include "domain/moves.h"

/* Validate, mark incomplete, invalidate, regenerate or cancel. version: the one the actor saw.
 * reason: what the other side is told, up to 1,000 characters; NULL or "" for none. Errors:
 * ERR_NOT_FOUND; ERR_FORBIDDEN "convention-not-yours-to-move"; ERR_CONFLICT
 * "convention-out-of-date" (ctx->meanwhile says who and what) or the move's own refusal;
 * ERR_INVALID "reason-missing" or "reason-too-long". */
enum err convention_move(struct context *ctx, uint64_t id, enum convention_event event,
                         uint32_t version, const char *reason);

/* Cancels the registration and its convention inside the caller's transaction, under the
 * placement's lock; for who waits for the place, see waiting_promote. version, reason, errors: as
 * above. */
enum err convention_cancel_in(struct context *ctx, uint64_t id, uint32_t version,
                              const char *reason);

/* « Invalider la conformité » means one thing on a pending convention and another on a validated
 * one: the event it stands for, for that state. */
enum convention_event convention_invalidation(enum convention_state state);

/* The file to download as « Conv. »: the returned one once validated, the original before. */
enum err convention_current_file(struct context *ctx, uint64_t id, uint64_t *document_id);

#endif
