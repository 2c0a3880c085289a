#include "domain/account_invitation.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/db.h"
#include "db/statements.h"
#include "domain/account.h"
#include "domain/account_link.h"

#define LIFE_SECONDS ((int64_t)INVITATION_DAYS * 24 * 60 * 60)

struct inviting {
    struct context *ctx;
    uint64_t id;                         /* of an earlier one */
    const struct invitation *invitation; /* a new one */
};

/* Queues the mail that goes with a token just written. */
static enum err tell(struct context *ctx, const struct invitation *invitation,
                     const struct account_link *link)
{
    struct establishment_name_row *establishment = NULL;
    struct account_mail mail = {.is_admin = invitation->role == ROLE_ADMIN,
                                .actor = account_actor(ctx),
                                .until = clock_french_instant(ctx->arena, ctx->now + LIFE_SECONDS),
                                .email = invitation->email};

    if (invitation->establishment != 0)
        ERR_TRY(db_establishment_name(
            ctx->db, ctx->arena, &(struct establishment_name_in){.id = invitation->establishment},
            &establishment));
    mail.establishment = establishment ? establishment->name : "";
    return account_letter_send(
        ctx, &(struct account_letter){.name = "account-invitation",
                                      .mail = &mail,
                                      .to_address = invitation->email,
                                      .to_name = "",
                                      .page = "/invitation",
                                      .token = link->token,
                                      .establishment = invitation->establishment});
}

/* An address has one account at most, wherever that is. */
static enum err check_address(struct context *ctx, const struct invitation *invitation)
{
    struct account_by_email_row *same;

    ERR_TRY(db_account_by_email(ctx->db, ctx->arena,
                                &(struct account_by_email_in){.email = invitation->email}, &same));
    if (!same)
        return ERR_OK;
    if ((same->has_establishment_id ? same->establishment_id : 0) == invitation->establishment)
        return err_raise(ERR_CONFLICT, "member-already", "an account of this establishment");
    return err_raise(ERR_CONFLICT, "email-taken", "an account of another establishment");
}

static enum err send_once(void *what)
{
    const struct inviting *inviting = what;
    const struct invitation *invitation = inviting->invitation;
    struct context *ctx = inviting->ctx;
    struct account_link link;
    enum err code;

    ERR_TRY(check_address(ctx, invitation));
    account_link_make(ctx->arena, &link);
    code = db_invitation_insert(
        ctx->db, ctx->arena,
        &(struct invitation_insert_in){.token_hash = {link.hash, sizeof link.hash},
                                       .email = invitation->email,
                                       .role = account_role(invitation->role),
                                       .has_establishment_id = invitation->establishment != 0,
                                       .establishment_id = invitation->establishment,
                                       .scope = invitation->establishment,
                                       .has_account_id = ctx->actor.account != 0,
                                       .account_id = ctx->actor.account,
                                       .now = ctx->now,
                                       .expires_at = ctx->now + LIFE_SECONDS},
        NULL);
    if (code == ERR_CONFLICT)
        return err_raise(ERR_CONFLICT, "invitation-open", "invited already");
    ERR_TRY(code);
    return tell(ctx, invitation, &link);
}

enum err invitation_send(struct context *ctx, const struct invitation *invitation)
{
    if (ctx->actor.role != ROLE_OPERATOR &&
        (ctx->actor.role != ROLE_ADMIN || invitation->establishment != ctx->actor.establishment))
        return err_raise(ERR_FORBIDDEN, NULL, "an invitation into another establishment");
    if ((invitation->establishment == 0) != (invitation->role == ROLE_OPERATOR))
        return err_raise(ERR_FORBIDDEN, NULL, "operators alone have no establishment");
    if (!text_is_email(invitation->email))
        return err_raise(ERR_INVALID, "email-invalid", "an invitation");
    return db_transaction(ctx->db, send_once,
                          &(struct inviting){.ctx = ctx, .invitation = invitation});
}

static enum err lock(struct context *ctx, uint64_t id, struct invitation_lock_row **row)
{
    ERR_TRY(db_invitation_lock(
        ctx->db, ctx->arena,
        &(struct invitation_lock_in){.id = id,
                                     .viewer = ctx->actor.establishment,
                                     .anywhere = ctx->actor.role == ROLE_OPERATOR},
        row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, "invitation-gone", "invitation %" PRIu64, id);
}

static enum err resend_once(void *what)
{
    const struct inviting *inviting = what;
    struct context *ctx = inviting->ctx;
    struct invitation_lock_row *row;
    struct invitation invitation;
    struct account_link link;

    ERR_TRY(lock(ctx, inviting->id, &row));
    invitation =
        (struct invitation){.email = row->email,
                            .role = account_role_of(row->role),
                            .establishment = row->has_establishment_id ? row->establishment_id : 0};
    ERR_TRY(check_address(ctx, &invitation));
    account_link_make(ctx->arena, &link);
    ERR_TRY(db_invitation_renew(
        ctx->db, ctx->arena,
        &(struct invitation_renew_in){.id = row->id,
                                      .token_hash = {link.hash, sizeof link.hash},
                                      .has_account_id = ctx->actor.account != 0,
                                      .account_id = ctx->actor.account,
                                      .expires_at = ctx->now + LIFE_SECONDS},
        NULL));
    return tell(ctx, &invitation, &link);
}

enum err invitation_resend(struct context *ctx, uint64_t id)
{
    return db_transaction(ctx->db, resend_once, &(struct inviting){.ctx = ctx, .id = id});
}

static enum err withdraw_once(void *what)
{
    const struct inviting *inviting = what;
    struct context *ctx = inviting->ctx;
    struct invitation_lock_row *row;

    ERR_TRY(lock(ctx, inviting->id, &row));
    return db_invitation_delete(ctx->db, ctx->arena, &(struct invitation_delete_in){.id = row->id},
                                NULL);
}

enum err invitation_withdraw(struct context *ctx, uint64_t id)
{
    return db_transaction(ctx->db, withdraw_once, &(struct inviting){.ctx = ctx, .id = id});
}

enum err invitation_look(struct context *ctx, const char *token, struct invitation_offer *offer)
{
    unsigned char hash[CRYPTO_SHA256_SIZE];
    struct invitation_by_token_row *row = NULL;

    if (account_link_read(token, hash))
        ERR_TRY(db_invitation_by_token(
            ctx->db, ctx->arena,
            &(struct invitation_by_token_in){.token_hash = {hash, sizeof hash}, .now = ctx->now},
            &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, "invitation-void", "no invitation of that token");
    *offer = (struct invitation_offer){
        .id = row->id,
        .email = row->email,
        .role = account_role_of(row->role),
        .establishment = row->has_establishment_id ? row->establishment_id : 0,
        .establishment_name = row->establishment_name ? row->establishment_name : ""};
    return ERR_OK;
}

struct accepting {
    struct context *ctx;
    const char *token;
    struct account account; /* but for what the invitation says */
    const char *hash;       /* of its password */
    uint64_t id;            /* out */
};

/* The row is locked, so that a link that is used twice at once makes one account. */
static enum err accept_once(void *what)
{
    struct accepting *accepting = what;
    struct context *ctx = accepting->ctx;
    struct invitation_lock_row *row;
    struct invitation_offer offer;

    ERR_TRY(invitation_look(ctx, accepting->token, &offer));
    ERR_TRY(db_invitation_lock(
        ctx->db, ctx->arena, &(struct invitation_lock_in){.id = offer.id, .anywhere = true}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, "invitation-void", "used at this moment");
    accepting->account.email = offer.email;
    accepting->account.role = offer.role;
    accepting->account.establishment = offer.establishment;
    ERR_TRY(account_insert(ctx, &accepting->account, accepting->hash, &accepting->id));
    return db_invitation_delete(ctx->db, ctx->arena, &(struct invitation_delete_in){.id = offer.id},
                                NULL);
}

enum err invitation_accept(struct context *ctx, const char *token, const char *name,
                           const char *password, uint64_t *account)
{
    struct accepting accepting = {.ctx = ctx, .token = token, .account = {.name = name}};
    struct invitation_offer offer;

    ERR_TRY(invitation_look(ctx, token, &offer)); /* before a hash is made, which takes its time */
    ERR_TRY(account_hash_password(ctx, password, &accepting.hash));
    ERR_TRY(db_transaction(ctx->db, accept_once, &accepting));
    *account = accepting.id;
    return ERR_OK;
}
