#include "domain/reminder.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/correspondence.h"
#include "domain/history.h"
#include "domain/notice.h"
#include "domain/revision.h"
#include "mail/mail.h"
#include "mail/mail_views.h"

#define AT_ONCE 100       /* reminders in a step of the task */
#define SUMMARY_LINES 200 /* in one mail; the others are in another */

struct reminding {
    struct context *ctx;
    uint64_t convention;
    uint32_t days; /* the step; 0 by hand */
    bool sent;     /* out */
};

bool reminder_makes_sense(enum convention_state state, bool incomplete)
{
    return state == CONVENTION_NOT_RETURNED || (state == CONVENTION_PENDING && incomplete);
}

bool reminder_allowed_to(struct sides sides, enum role role)
{
    return sides.host && (role == ROLE_ADMIN || role == ROLE_MEMBER);
}

/* Appends the event, and sends the mail where it is for the origin. */
static enum err carry_out(const struct reminding *reminding, const struct reminder_lock_row *row,
                          bool to_origin, bool to_host)
{
    struct context *ctx = reminding->ctx;
    struct history_end end = {.length = row->history_length};
    const bool by_step = reminding->days > 0;
    const char *reason = row->incomplete_reason ? row->incomplete_reason : "";
    const char *detail = by_step ? arena_printf(ctx->arena, "J-%" PRIu32, reminding->days) : "";

    if (row->history_head.length == sizeof end.head)
        memcpy(end.head, row->history_head.data, sizeof end.head);
    ERR_TRY(db_reminder_insert(ctx->db, ctx->arena,
                               &(struct reminder_insert_in){.convention_id = reminding->convention,
                                                            .first_day = row->first_day,
                                                            .has_days = by_step,
                                                            .days = reminding->days,
                                                            .now = ctx->now,
                                                            .summarised = !to_host},
                               NULL));
    ERR_TRY(history_append(ctx, reminding->convention, &end, EVENT_REMIND, 0, detail));
    ERR_TRY(db_convention_set_history(
        ctx->db, ctx->arena,
        &(struct convention_set_history_in){.id = reminding->convention,
                                            .history_length = end.length,
                                            .history_head = {end.head, sizeof end.head}},
        NULL));
    if (to_origin)
        ERR_TRY(notice_reminder(ctx, reminding->convention,
                                reason[0] ? 0 : row->original_document_id, reason));
    return revision_raise(ctx, row->host_id, row->origin_id);
}

static bool is_open(const struct reminder_lock_row *row)
{
    return reminder_makes_sense(state_parse(row->state), row->incomplete_reason != NULL);
}

/* Whether it was reminded of today; or, by a step, at that step or a later one. */
static enum err was_sent(const struct reminding *reminding, const struct reminder_lock_row *row,
                         bool *sent)
{
    struct context *ctx = reminding->ctx;
    struct reminder_sent_row *earlier;

    ERR_TRY(db_reminder_sent(ctx->db, ctx->arena,
                             &(struct reminder_sent_in){.convention_id = reminding->convention,
                                                        .first_day = row->first_day,
                                                        .days = reminding->days,
                                                        .since = clock_day_began(ctx->now)},
                             &earlier));
    *sent = earlier != NULL;
    return ERR_OK;
}

static enum err lock(const struct reminding *reminding, struct reminder_lock_row **row)
{
    return db_reminder_lock(reminding->ctx->db, reminding->ctx->arena,
                            &(struct reminder_lock_in){.id = reminding->convention}, row);
}

static enum err by_hand_once(void *what)
{
    const struct reminding *reminding = what;
    struct context *ctx = reminding->ctx;
    struct reminder_lock_row *row;
    struct sides sides;
    bool sent;

    ERR_TRY(lock(reminding, &row));
    if (!row || ctx->actor.establishment == 0)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64, reminding->convention);
    sides = (struct sides){.host = row->host_id == ctx->actor.establishment,
                           .origin = row->origin_id == ctx->actor.establishment};
    if (!sides.host && !sides.origin)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64, reminding->convention);
    if (!reminder_allowed_to(sides, ctx->actor.role))
        return err_raise(ERR_FORBIDDEN, "convention-not-yours-to-move",
                         "account %" PRIu64 ", convention %" PRIu64 ": remind", ctx->actor.account,
                         reminding->convention);
    if (!is_open(row))
        return err_raise(ERR_CONFLICT, "reminder-pointless", "convention %" PRIu64 ": %s",
                         reminding->convention, row->state);
    ERR_TRY(was_sent(reminding, row, &sent));
    if (sent)
        return err_raise(ERR_CONFLICT, "reminder-too-soon", "convention %" PRIu64,
                         reminding->convention);
    return carry_out(reminding, row, true, false);
}

enum err reminder_by_hand(struct context *ctx, uint64_t convention)
{
    return db_transaction(ctx->db, by_hand_once,
                          &(struct reminding){.ctx = ctx, .convention = convention});
}

/* What was due a moment ago may have been returned, or reminded of, meanwhile. */
static enum err by_step_once(void *what)
{
    struct reminding *reminding = what;
    struct correspondence correspondence;
    struct reminder_lock_row *row;
    bool sent;

    reminding->sent = false;
    ERR_TRY(lock(reminding, &row));
    if (!row || !is_open(row))
        return ERR_OK;
    ERR_TRY(was_sent(reminding, row, &sent));
    ERR_TRY(correspondence_read(reminding->ctx, row->host_id, &correspondence));
    if (sent || !correspondence.remind)
        return ERR_OK;
    reminding->sent = true;
    return carry_out(reminding, row, correspondence.remind_origin, correspondence.remind_host);
}

static enum err send_due(struct context *ctx, uint64_t *done)
{
    struct reminder_due_row *rows;
    size_t count;

    ERR_TRY(db_reminder_due(ctx->db, ctx->arena,
                            &(struct reminder_due_in){.today = clock_day(ctx->arena, ctx->now),
                                                      .day_began = clock_day_began(ctx->now),
                                                      .limit = AT_ONCE},
                            &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct reminding reminding = {
            .ctx = ctx, .convention = rows[i].convention_id, .days = rows[i].days};

        ERR_TRY(db_transaction(ctx->db, by_step_once, &reminding));
    }
    *done = count;
    return ERR_OK;
}

struct summary {
    struct context *ctx;
    uint64_t host;
};

static enum err send_summary(struct context *ctx, uint64_t host,
                             const struct reminder_summary_lock_row *to,
                             const struct reminder_summary_row *rows, size_t count)
{
    struct reminder_line *lines = ARENA_NEW_ARRAY(ctx->arena, count, struct reminder_line);
    struct reminder_summary data = {
        .total = (int64_t)count, .is_plural = count > 1, .lines = lines, .lines_count = count};

    for (size_t i = 0; i < count; i++)
        lines[i] = (struct reminder_line){
            .trainee = arena_printf(ctx->arena, "%s %s", rows[i].first_name, rows[i].last_name),
            .origin = rows[i].origin,
            .day = clock_french_day(ctx->arena, rows[i].first_day),
            .is_incomplete = rows[i].incomplete};
    return mail_enqueue(&(struct mail_context){.db = ctx->db,
                                               .arena = ctx->arena,
                                               .views = ctx->views,
                                               .settings = ctx->settings,
                                               .now = ctx->now},
                        &(struct mail_message){.name = "reminder-summary",
                                               .data = &data,
                                               .to_address = to->email,
                                               .to_name = to->name,
                                               .url = arena_printf(ctx->arena, "%s/conventions",
                                                                   ctx->settings->base_url),
                                               .establishment = host});
}

static enum err summarise_once(void *what)
{
    const struct summary *summary = what;
    struct context *ctx = summary->ctx;
    struct reminder_summary_lock_row *to;
    struct reminder_summary_row *rows;
    size_t count;

    ERR_TRY(db_reminder_summary_lock(
        ctx->db, ctx->arena, &(struct reminder_summary_lock_in){.host_id = summary->host}, &to));
    ERR_TRY(db_reminder_summary(
        ctx->db, ctx->arena,
        &(struct reminder_summary_in){.host_id = summary->host, .limit = SUMMARY_LINES}, &rows,
        &count));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(db_reminder_summarise(ctx->db, ctx->arena,
                                      &(struct reminder_summarise_in){.id = rows[i].id}, NULL));
    if (count == 0 || !to || !to->remind_host)
        return ERR_OK;
    return send_summary(ctx, summary->host, to, rows, count);
}

static enum err send_summaries(struct context *ctx, uint64_t *done)
{
    struct reminder_hosts_row *rows;
    size_t count;

    ERR_TRY(db_reminder_hosts(ctx->db, ctx->arena, &(struct reminder_hosts_in){.limit = AT_ONCE},
                              &rows, &count));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(db_transaction(ctx->db, summarise_once,
                               &(struct summary){.ctx = ctx, .host = rows[i].host_id}));
    *done = count;
    return ERR_OK;
}

enum err reminders_send(struct context *ctx, uint64_t *done)
{
    ERR_TRY(send_due(ctx, done));
    return *done > 0 ? ERR_OK : send_summaries(ctx, done);
}
