/* One message of the outbox, for operators. Its text is not shown: it is somebody else's letter,
 * and may hold the key to an account. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "db/statements.h"
#include "pages/frame.h"
#include "pages/mails.h"
#include "pages/routes.h"

VIEW_TYPE(mail_view);

static enum err find(struct exchange *x, struct operator_mail_row **row)
{
    uint64_t id = http_id(x, 0);

    ERR_TRY(db_operator_mail(x->db, x->arena, &(struct operator_mail_in){.id = id}, row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "message %" PRIu64, id);
}

static struct mails_row facts_of(struct exchange *x, const struct operator_mail_row *row)
{
    struct mails_row facts = page_mails_row(
        x,
        &(struct mail_facts){.id = http_id(x, 0),
                             .name = row->name,
                             .convention = row->has_convention_id ? row->convention_id : 0,
                             .to_address = row->to_address,
                             .state = row->state,
                             .attempts = row->attempts,
                             .next_attempt_at = row->has_next_attempt_at ? row->next_attempt_at : 0,
                             .error_key = row->error_key,
                             .last_error = row->last_error,
                             .created_at = row->created_at});

    if (facts.retry_action)
        facts.retry_action = arena_printf(x->arena, "%s?fiche=1", facts.retry_action);
    return facts;
}

/* GET /courriels/{id} — operators */
enum err page_mail(struct exchange *x)
{
    uint64_t id = http_id(x, 0);
    struct operator_mail_row *row;
    struct mails_row facts;
    struct view_page page;
    struct mail_view view;

    ERR_TRY(find(x, &row));
    page_frame(x, &page);
    facts = facts_of(x, row);
    view = (struct mail_view){
        .page = &page,
        .back = page_url(x->arena, at_mails),
        .number = (int64_t)id,
        .row = &facts,
        .subject = row->subject,
        .to_name = row->to_name,
        .establishment = row->establishment,
        .establishment_url = row->has_establishment_id
                                 ? page_url(x->arena, at_establishment, row->establishment_id)
                                 : NULL,
        .message_id = crypto_hex(x->arena, row->public_id),
        .has_attachment = row->has_attachment,
        .sent_at = row->has_sent_at ? clock_french_instant(x->arena, row->sent_at) : NULL,
        .abandon_url =
            strcmp(row->state, "queued") == 0 ? page_url(x->arena, at_mail_abandon_ask, id) : NULL};
    return http_page(x, 200, "mail.html", &view);
}

/* GET /courriels/{id}/abandonner — operators
 *
 * Asks before a message is given up. */
enum err page_mail_abandon_ask(struct exchange *x)
{
    uint64_t id = http_id(x, 0);
    struct operator_mail_row *row;
    struct view_page page;
    struct mail_confirm_view view = {.page = &page,
                                     .action = page_url(x->arena, at_mail_abandon, id),
                                     .back = page_url(x->arena, at_mail, id)};

    ERR_TRY(find(x, &row));
    if (strcmp(row->state, "queued") != 0)
        return err_raise(ERR_CONFLICT, "mail-not-to-abandon", "message %" PRIu64, id);
    view.to = row->to_address;
    view.about = page_mail_about(x, row->name);
    page_frame(x, &page);
    return http_page(x, 200, "mail-confirm.html", &view);
}

/* POST /courriels/{id}/abandonner — operators
 *
 * Whom the message is about read that it was given up; it can still be sent anew. */
enum err page_mail_abandon(struct exchange *x)
{
    uint64_t id = http_id(x, 0);
    struct db_done done;

    ERR_TRY(db_outbox_abandon(x->db, x->arena,
                              &(struct outbox_abandon_in){.id = id, .error_key = "mail-abandoned"},
                              &done));
    if (done.affected == 0)
        return err_raise(ERR_CONFLICT, "mail-not-to-abandon", "message %" PRIu64, id);
    return page_done(x, page_url(x->arena, at_mail, id), "mail-abandoned");
}
