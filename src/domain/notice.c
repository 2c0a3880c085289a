#include "domain/notice.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/statements.h"
#include "mail/convention_mail.h"
#include "mail/mail.h"

/* What the mails about one convention have in common. */
struct notice {
    struct context *ctx;
    uint64_t convention;
    uint64_t document; /* attached, 0 for none */
    const struct convention_notice_row *facts;
    const char *reason;
};

static enum err load(struct context *ctx, uint64_t convention, uint64_t document,
                     const char *reason, struct notice *notice)
{
    struct convention_notice_row *facts;

    ERR_TRY(db_convention_notice(ctx->db, ctx->arena,
                                 &(struct convention_notice_in){.id = convention}, &facts));
    if (!facts)
        return err_raise(ERR_INTERNAL, NULL, "convention %" PRIu64 " is not there", convention);
    *notice = (struct notice){.ctx = ctx,
                              .convention = convention,
                              .document = document,
                              .facts = facts,
                              .reason = reason};
    return ERR_OK;
}

static const char *actor(const struct context *ctx)
{
    if (ctx->actor.account == 0)
        return "";
    return arena_printf(ctx->arena, "%s (%s)", ctx->actor.name, ctx->actor.establishment_name);
}

/* Sends the mail of that name to the host or to the origin; a NULL name sends none. */
static enum err send(const struct notice *notice, const char *name, bool to_host)
{
    struct context *ctx = notice->ctx;
    const struct convention_notice_row *facts = notice->facts;
    struct arena *arena = ctx->arena;
    const struct convention_mail mail = {
        .trainee = arena_printf(arena, "%s %s", facts->first_name, facts->last_name),
        .title = facts->title,
        .day_short = clock_french_day(arena, facts->first_day),
        .day_long = clock_french_long_day(arena, facts->first_day),
        .host = facts->host_name,
        .origin = facts->origin_name,
        .actor = actor(ctx),
        .reason = notice->reason,
        .placement_cancelled = strcmp(facts->placement_state, "cancelled") == 0};

    if (!name)
        return ERR_OK;
    return mail_enqueue(
        &(struct mail_context){.db = ctx->db,
                               .arena = arena,
                               .views = ctx->views,
                               .settings = ctx->settings,
                               .now = ctx->now},
        &(struct mail_message){.name = name,
                               .data = &mail,
                               .to_address = to_host ? facts->host_email : facts->origin_email,
                               .to_name = to_host ? facts->host_name : facts->origin_name,
                               .url = arena_printf(arena, "%s/conventions/%" PRIu64,
                                                   ctx->settings->base_url, notice->convention),
                               .attachment_document = notice->document,
                               .attachment_name =
                                   arena_printf(arena, "Convention %s %s %s.pdf", facts->last_name,
                                                facts->first_name, mail.day_short),
                               .convention = notice->convention,
                               .establishment = to_host ? facts->host_id : facts->origin_id,
                               .sender = to_host ? facts->origin_id : facts->host_id});
}

enum err notice_generated(struct context *ctx, uint64_t convention, uint64_t document)
{
    struct notice notice;

    ERR_TRY(load(ctx, convention, document, "", &notice));
    return send(&notice, "convention-generated", false);
}

enum err notice_promoted(struct context *ctx, uint64_t convention, uint64_t document)
{
    struct notice notice;

    ERR_TRY(load(ctx, convention, document, "", &notice));
    return send(&notice, "waiting-promoted", false);
}

enum err notice_move(struct context *ctx, const struct transition *transition, uint64_t document,
                     const char *reason)
{
    const struct move *move = transition->move;
    bool acted_as_host = ctx->actor.establishment == transition->host;
    struct notice notice;

    ERR_TRY(load(ctx, transition->convention, document, reason, &notice));
    ERR_TRY(send(&notice, move->mail_host, true));
    ERR_TRY(send(&notice, move->mail_origin, false));
    return send(&notice, move->mail_other, !acted_as_host);
}

enum err notice_reminder(struct context *ctx, uint64_t convention, uint64_t document,
                         const char *reason)
{
    struct notice notice;

    ERR_TRY(load(ctx, convention, document, reason, &notice));
    return send(&notice, "convention-reminder", false);
}
