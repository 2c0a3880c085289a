/* What is done to a convention: « Valider la conformité », « Invalider la conformité »,
 * « Régénérer la convention », cancelling the registration. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "domain/convention.h"
#include "domain/reminder.h"
#include "http/form.h"
#include "pages/convention_view.h"
#include "pages/conventions.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(convention_reason);

#define REASON_FORM(FIELD) FIELD(TEXT, reason, FORM_OPTIONAL, 0, 1000, NULL)
FORM_DECLARE(reason_form, REASON_FORM)

static uint32_t version_of(const struct exchange *x)
{
    return (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX);
}

const char *page_meanwhile(struct exchange *x, const struct meanwhile *meanwhile)
{
    const char *event = http_sentence(x, arena_printf(x->arena, "event-%s", meanwhile->event));

    return arena_printf(x->arena, "%s %s (%s), le %s : « %s ». %s",
                        http_sentence(x, "convention-meanwhile"), meanwhile->actor_name,
                        meanwhile->actor_establishment,
                        clock_french_instant(x->arena, meanwhile->at), event,
                        http_sentence(x, "convention-look-again"));
}

static enum err move(struct exchange *x, enum convention_event event, const char *reason,
                     const char *done)
{
    struct context ctx = page_context(x);
    enum err code = convention_move(&ctx, http_id(x, 0), event, version_of(x), reason);

    if (code == ERR_CONFLICT && strcmp(err_last()->key, "convention-out-of-date") == 0)
        return ctx.meanwhile.event ? page_refusal(x, 409, page_meanwhile(x, &ctx.meanwhile)) : code;
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_convention, http_id(x, 0)), done);
}

/* POST /conventions/{id}/valider — the host's accounts
 *
 *     version   of the page that was seen, in the address; as for the other moves */
enum err page_validate(struct exchange *x)
{
    return move(x, EVENT_VALIDATE, NULL, "validated");
}

/* POST /conventions/{id}/regenerer — the host's accounts */
enum err page_regenerate(struct exchange *x)
{
    return move(x, EVENT_REGENERATE, NULL, "regenerated");
}

/* POST /conventions/{id}/relancer — the host's accounts */
enum err page_remind(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(reminder_by_hand(&ctx, http_id(x, 0)));
    return page_done(x, page_url(x->arena, at_convention, http_id(x, 0)), "reminded");
}

/* Asks for the reason of a move. */
static enum err ask(struct exchange *x, unsigned status, enum convention_event event,
                    const struct convention_sheet_row *sheet, const struct reason_form *form)
{
    enum page at = event == EVENT_CANCEL ? at_cancel : at_invalidate;
    struct view_page page;
    struct convention_reason view = {
        .page = &page,
        .marks_incomplete = event == EVENT_MARK_INCOMPLETE,
        .invalidates = event == EVENT_INVALIDATE,
        .cancels = event == EVENT_CANCEL,
        .trainee = arena_printf(x->arena, "%s %s", sheet->first_name, sheet->last_name),
        .origin = sheet->origin_name,
        .action = arena_printf(x->arena, "%s?version=%" PRIu32, page_url(x->arena, at, sheet->id),
                               version_of(x) == UINT32_MAX ? sheet->version : version_of(x)),
        .back = page_url(x->arena, at_convention, sheet->id),
        .reason = page_form_field(x->arena, "reason", &form->reason)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, reason_form, form);
    return http_page(x, status, "convention-reason.html", &view);
}

static enum err ask_first(struct exchange *x, enum convention_event event,
                          const struct convention_sheet_row *sheet)
{
    const struct reason_form empty = {.reason = {.typed = ""}};

    if (!page_move_is_theirs(x, sheet, event))
        return err_raise(ERR_FORBIDDEN, "convention-not-yours-to-move", "convention %" PRIu64,
                         sheet->id);
    if (!move_allowed_from(move_of(event), state_parse(sheet->state)))
        return err_raise(ERR_CONFLICT, move_of(event)->refused, "convention %" PRIu64, sheet->id);
    return ask(x, 200, event, sheet, &empty);
}

/* Moves with the reason typed; without one where it is needed, the form is shown again. */
static enum err move_with_reason(struct exchange *x, enum convention_event event,
                                 const struct convention_sheet_row *sheet, const char *done)
{
    struct reason_form form;

    FORM_READ(x, reason_form, &form);
    if (move_of(event)->needs_reason && FORM_GOOD(&form) && form.reason.text[0] == '\0')
        form_refuse(x, &form.reason, "reason-missing");
    if (!FORM_GOOD(&form))
        return ask(x, 422, event, sheet, &form);
    return move(x, event, form.reason.text, done);
}

static enum convention_event invalidation_of(const struct convention_sheet_row *sheet)
{
    return convention_invalidation(state_parse(sheet->state));
}

/* GET /conventions/{id}/invalider — the host's accounts */
enum err page_invalidation(struct exchange *x)
{
    struct convention_sheet_row *sheet;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    return ask_first(x, invalidation_of(sheet), sheet);
}

/* POST /conventions/{id}/invalider — the host's accounts
 *
 *     reason   what the origin is told */
enum err page_invalidate(struct exchange *x)
{
    struct convention_sheet_row *sheet;
    enum convention_event event;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    event = invalidation_of(sheet);
    return move_with_reason(x, event, sheet,
                            event == EVENT_INVALIDATE ? "invalidated" : "incomplete");
}

/* GET /conventions/{id}/annuler — the host's and the origin's accounts */
enum err page_cancellation(struct exchange *x)
{
    struct convention_sheet_row *sheet;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    return ask_first(x, EVENT_CANCEL, sheet);
}

/* POST /conventions/{id}/annuler — the host's and the origin's accounts
 *
 *     reason   what the other side is told, if anything */
enum err page_cancel(struct exchange *x)
{
    struct convention_sheet_row *sheet;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    return move_with_reason(x, EVENT_CANCEL, sheet, "cancelled");
}
