#include "domain/licence_notice.h"

#include "base/clock.h"
#include "db/db.h"
#include "db/statements.h"
#include "mail/mail.h"
#include "mail/mail_views.h"

#define AT_ONCE 50 /* establishments in a step of the task */
#define FIRST_DAYS 30
#define LAST_DAYS 7 /* as in the statements */

struct telling {
    struct context *ctx;
    uint64_t establishment;
};

static enum err send(const struct telling *telling, const struct licence_notice_lock_row *facts,
                     int days, const struct establishment_admins_row *to)
{
    struct context *ctx = telling->ctx;
    const struct licence_ending data = {.establishment = facts->name,
                                        .day_short = clock_french_day(ctx->arena, facts->ends_on),
                                        .day_long =
                                            clock_french_long_day(ctx->arena, facts->ends_on),
                                        .days = days,
                                        .is_plural = days > 1};

    return mail_enqueue(&(struct mail_context){.db = ctx->db,
                                               .arena = ctx->arena,
                                               .views = ctx->views,
                                               .settings = ctx->settings,
                                               .now = ctx->now},
                        &(struct mail_message){.name = "licence-ending",
                                               .data = &data,
                                               .to_address = to->email,
                                               .to_name = to->name,
                                               .url = ctx->settings->base_url,
                                               .establishment = telling->establishment});
}

/* What was due a moment ago may have been told, or renewed, meanwhile. */
static enum err tell_once(void *what)
{
    const struct telling *telling = what;
    struct context *ctx = telling->ctx;
    struct licence_notice_lock_row *facts;
    struct establishment_admins_row *admins;
    uint32_t step;
    size_t count;
    int days;

    ERR_TRY(db_licence_notice_lock(ctx->db, ctx->arena,
                                   &(struct licence_notice_lock_in){.id = telling->establishment},
                                   &facts));
    if (!facts || !facts->ends_on)
        return ERR_OK;
    days = clock_days_between(clock_day(ctx->arena, ctx->now), facts->ends_on);
    step = days <= LAST_DAYS ? LAST_DAYS : FIRST_DAYS;
    if (days < 0 || days > FIRST_DAYS || (facts->has_told && facts->told <= step))
        return ERR_OK;
    ERR_TRY(db_establishment_admins(
        ctx->db, ctx->arena,
        &(struct establishment_admins_in){.establishment_id = telling->establishment}, &admins,
        &count));
    if (count == 0)
        return ERR_OK;
    ERR_TRY(db_licence_notice_insert(
        ctx->db, ctx->arena,
        &(struct licence_notice_insert_in){.establishment_id = telling->establishment,
                                           .ends_on = facts->ends_on,
                                           .days = step,
                                           .now = ctx->now},
        NULL));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(send(telling, facts, days, &admins[i]));
    return ERR_OK;
}

enum err licence_notices_send(struct context *ctx, uint64_t *done)
{
    struct licence_notice_due_row *rows;
    size_t count;

    ERR_TRY(db_licence_notice_due(
        ctx->db, ctx->arena,
        &(struct licence_notice_due_in){.today = clock_day(ctx->arena, ctx->now), .limit = AT_ONCE},
        &rows, &count));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(db_transaction(
            ctx->db, tell_once,
            &(struct telling){.ctx = ctx, .establishment = rows[i].establishment_id}));
    *done = count;
    return ERR_OK;
}
