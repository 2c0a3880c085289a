/* What a host does to a placement: publishes, closes, opens again, cancels it, or discards a
 * draft. */
#include <inttypes.h>
#include <string.h>

#include "domain/placement_moves.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/placement_form_view.h"
#include "pages/placements.h"
#include "pages/routes.h"

VIEW_TYPE(placement_end_view);

#define REASON_FORM(FIELD) FIELD(TEXT, reason, FORM_REQUIRED, 0, 1000, NULL)
FORM_DECLARE(reason_form, REASON_FORM)

/* Moves a placement that is theirs; done: the word of what came of it. */
static enum err move(struct exchange *x, const struct placement_by_id_row *row,
                     enum placement_move move, const char *reason, const char *done)
{
    struct context ctx = page_context(x);
    const char *address = move == PLACEMENT_DISCARD ? page_url(x->arena, at_placements)
                                                    : page_url(x->arena, at_placement, row->id);
    enum err code = placement_move(&ctx, row->id, move, page_placement_version(x), reason);

    if (code == ERR_CONFLICT && strcmp(err_last()->key, "placement-out-of-date") == 0)
        return page_refusal(x, 409, page_placement_meanwhile(x, &ctx.meanwhile));
    ERR_TRY(code);
    return page_done(x, address, done);
}

/* POST /stages/{id}/publier — the host's accounts
 *
 *     version   of the page that was seen, in the address; as for the other moves
 *
 * Publishes a draft, or opens registration again. */
enum err page_placement_publish(struct exchange *x)
{
    struct placement_by_id_row *row;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    return move(x, row, PLACEMENT_PUBLISH, NULL,
                strcmp(row->state, "draft") == 0 ? "placement-published" : "placement-reopened");
}

/* POST /stages/{id}/clore — the host's accounts */
enum err page_placement_close(struct exchange *x)
{
    struct placement_by_id_row *row;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    return move(x, row, PLACEMENT_CLOSE, NULL, "placement-closed");
}

/* Asks before what cannot be undone. */
static enum err ask(struct exchange *x, unsigned status, const struct placement_by_id_row *row,
                    enum placement_move move, const struct reason_form *form)
{
    uint32_t version = page_placement_version(x);
    enum page at = move == PLACEMENT_CANCEL ? at_placement_cancel : at_placement_discard;
    struct view_page page;
    struct placement_end_view view = {
        .page = &page,
        .cancels = move == PLACEMENT_CANCEL,
        .title = row->title,
        .days = page_days(x->arena, row->first_day, row->last_day),
        .registered = (int64_t)row->taken,
        .waiting = (int64_t)row->waiting,
        .action = arena_printf(x->arena, "%s?version=%" PRIu32, page_url(x->arena, at, row->id),
                               version == UINT32_MAX ? row->version : version),
        .back = page_url(x->arena, at_placement, row->id),
        .reason = page_form_field(x->arena, "reason", &form->reason)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, reason_form, form);
    return http_page(x, status, "placement-end.html", &view);
}

static enum err ask_first(struct exchange *x, enum placement_move move, const char *refused)
{
    struct placement_by_id_row *row;
    struct reason_form form;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    if (!placement_may(move, row->state))
        return err_raise(ERR_CONFLICT, refused, "placement %" PRIu64, row->id);
    FORM_EMPTY(&form);
    return ask(x, 200, row, move, &form);
}

/* GET /stages/{id}/annuler — the host's accounts */
enum err page_placement_cancellation(struct exchange *x)
{
    return ask_first(x, PLACEMENT_CANCEL, "placement-cannot-cancel");
}

/* POST /stages/{id}/annuler — the host's accounts
 *
 *     reason   what the schools are told */
enum err page_placement_cancel(struct exchange *x)
{
    struct placement_by_id_row *row;
    struct reason_form form;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    FORM_READ(x, reason_form, &form);
    if (form.reason.error && strcmp(form.reason.error, "form-required") == 0)
        form_refuse(x, &form.reason, "placement-reason-missing");
    if (!FORM_GOOD(&form))
        return ask(x, 422, row, PLACEMENT_CANCEL, &form);
    return move(x, row, PLACEMENT_CANCEL, form.reason.text, "placement-cancelled");
}

/* GET /stages/{id}/supprimer — the host's accounts */
enum err page_placement_discarding(struct exchange *x)
{
    return ask_first(x, PLACEMENT_DISCARD, "placement-cannot-discard");
}

/* POST /stages/{id}/supprimer — the host's accounts */
enum err page_placement_discard(struct exchange *x)
{
    struct placement_by_id_row *row;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    return move(x, row, PLACEMENT_DISCARD, NULL, "placement-discarded");
}
