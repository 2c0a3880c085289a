/* « Courriels »: what the operator must know of the outbox. */
#include "pages/mails_view.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(mails_row);
VIEW_TYPE(mails_view);

#define ROWS_MOST 200

static enum err count_mails(struct exchange *x, struct mails_view *view)
{
    struct outbox_counts_row *rows;
    size_t count;

    ERR_TRY(db_outbox_counts(x->db, x->arena, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].state, "failed") == 0)
            view->failed = (int64_t)rows[i].total;
        else if (strcmp(rows[i].state, "sent") == 0)
            view->sent = (int64_t)rows[i].total;
        else
            view->queued += (int64_t)rows[i].total;
    }
    return ERR_OK;
}

/* GET /courriels — operators */
enum err page_mails(struct exchange *x)
{
    struct outbox_troubled_row *rows;
    struct mails_row *shown;
    struct view_page page;
    struct mails_view view = {.page = &page};
    size_t count;

    page_frame(x, &page);
    ERR_TRY(count_mails(x, &view));
    ERR_TRY(db_outbox_troubled(x->db, x->arena, &(struct outbox_troubled_in){.limit = ROWS_MOST},
                               &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct mails_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = (struct mails_row){
            .about = http_sentence(x, arena_printf(x->arena, "mail-%s", rows[i].name)),
            .to = rows[i].to_address,
            .at = clock_french_instant(x->arena, rows[i].created_at),
            .attempts = rows[i].attempts,
            .is_failed = strcmp(rows[i].state, "failed") == 0,
            .next = rows[i].has_next_attempt_at
                        ? clock_french_instant(x->arena, rows[i].next_attempt_at)
                        : NULL,
            .reason = rows[i].error_key[0] ? http_sentence(x, rows[i].error_key) : NULL,
            .detail = rows[i].last_error,
            .retry_action = page_url(x->arena, at_mail_retry, rows[i].id)};
    view.rows = shown;
    view.rows_count = count;
    return http_page(x, 200, "mails.html", &view);
}

/* POST /courriels/{id}/relancer — operators */
enum err page_mail_retry(struct exchange *x)
{
    struct db_done done;

    ERR_TRY(db_outbox_requeue(
        x->db, x->arena, &(struct outbox_requeue_in){.id = http_id(x, 0), .now = x->now}, &done));
    if (done.affected == 0)
        return err_raise(ERR_CONFLICT, "mail-not-waiting", "message %" PRIu64, http_id(x, 0));
    return page_done(x, page_url(x->arena, at_mails), "mail-queued");
}
