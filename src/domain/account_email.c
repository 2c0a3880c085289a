#include "domain/account_email.h"

#include <strings.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/db.h"
#include "db/statements.h"
#include "domain/account_event.h"
#include "domain/account_link.h"

#define LIFE_SECONDS ((int64_t)24 * 60 * 60)

struct asking {
    struct context *ctx;
    const char *present;
    const char *email;
};

static enum err send(const struct asking *asking, const char *name, const char *to,
                     const char *token)
{
    struct context *ctx = asking->ctx;
    const struct account_mail mail = {.at = clock_french_instant(ctx->arena, ctx->now),
                                      .until =
                                          clock_french_instant(ctx->arena, ctx->now + LIFE_SECONDS),
                                      .address = ctx->address,
                                      .email = asking->email};

    return account_letter_send(ctx,
                               &(struct account_letter){.name = name,
                                                        .mail = &mail,
                                                        .to_address = to,
                                                        .to_name = ctx->actor.name,
                                                        .page = "/adresse",
                                                        .token = token,
                                                        .establishment = ctx->actor.establishment});
}

static enum err forget(struct context *ctx, uint64_t account)
{
    return db_email_change_delete(ctx->db, ctx->arena,
                                  &(struct email_change_delete_in){.account_id = account}, NULL);
}

static enum err ask_once(void *what)
{
    const struct asking *asking = what;
    struct context *ctx = asking->ctx;
    struct account_link old_link, new_link;

    account_link_make(ctx->arena, &old_link);
    account_link_make(ctx->arena, &new_link);
    ERR_TRY(forget(ctx, ctx->actor.account));
    ERR_TRY(db_email_change_insert(
        ctx->db, ctx->arena,
        &(struct email_change_insert_in){.account_id = ctx->actor.account,
                                         .new_email = asking->email,
                                         .old_hash = {old_link.hash, sizeof old_link.hash},
                                         .new_hash = {new_link.hash, sizeof new_link.hash},
                                         .now = ctx->now,
                                         .expires_at = ctx->now + LIFE_SECONDS},
        NULL));
    ERR_TRY(send(asking, "account-address-old", asking->present, old_link.token));
    return send(asking, "account-address-new", asking->email, new_link.token);
}

enum err email_change_ask(struct context *ctx, const char *present, const char *email)
{
    if (!text_is_email(email))
        return err_raise(ERR_INVALID, "email-invalid", "another address");
    if (strcasecmp(present, email) == 0)
        return err_raise(ERR_CONFLICT, "email-same", "the address it has");
    return db_transaction(ctx->db, ask_once,
                          &(struct asking){.ctx = ctx, .present = present, .email = email});
}

enum err email_change_cancel(struct context *ctx)
{
    return forget(ctx, ctx->actor.account);
}

static enum err find(struct context *ctx, const char *token, struct email_change_by_token_row **row)
{
    unsigned char hash[CRYPTO_SHA256_SIZE];

    *row = NULL;
    if (account_link_read(token, hash))
        ERR_TRY(db_email_change_by_token(
            ctx->db, ctx->arena,
            &(struct email_change_by_token_in){.hash = {hash, sizeof hash}, .now = ctx->now}, row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, "email-link-void", "no link of that token");
}

enum err email_change_look(struct context *ctx, const char *token, struct email_change_offer *offer)
{
    struct email_change_by_token_row *row;

    ERR_TRY(find(ctx, token, &row));
    *offer = (struct email_change_offer){.account = row->account_id,
                                         .email = row->email,
                                         .new_email = row->new_email,
                                         .is_new = row->is_new,
                                         .confirmed =
                                             row->is_new ? row->new_confirmed : row->old_confirmed};
    return ERR_OK;
}

struct confirming {
    struct context *ctx;
    const char *token;
    bool complete; /* out */
};

static enum err give_address(struct context *ctx, const struct email_change_by_token_row *row)
{
    enum err code;

    ERR_TRY(forget(ctx, row->account_id));
    code = db_account_set_email(
        ctx->db, ctx->arena,
        &(struct account_set_email_in){.id = row->account_id, .email = row->new_email}, NULL);
    if (code == ERR_CONFLICT)
        return err_raise(ERR_CONFLICT, "email-taken", "by another account");
    ERR_TRY(code);
    return account_record(ctx, row->account_id, ACCOUNT_EMAIL_CHANGED);
}

/* The row is read again once it is locked: the other address may confirm at the same moment. */
static enum err confirm_once(void *what)
{
    struct confirming *confirming = what;
    struct context *ctx = confirming->ctx;
    struct email_change_by_token_row *row;
    struct email_change_lock_row *locked;

    ERR_TRY(find(ctx, confirming->token, &row));
    ERR_TRY(db_email_change_lock(ctx->db, ctx->arena,
                                 &(struct email_change_lock_in){.account_id = row->account_id},
                                 &locked));
    ERR_TRY(find(ctx, confirming->token, &row));
    confirming->complete = row->is_new ? row->old_confirmed : row->new_confirmed;
    if (confirming->complete)
        return give_address(ctx, row);
    return db_email_change_confirm(
        ctx->db, ctx->arena,
        &(struct email_change_confirm_in){.account_id = row->account_id,
                                          .old_confirmed = row->old_confirmed || !row->is_new,
                                          .new_confirmed = row->new_confirmed || row->is_new},
        NULL);
}

enum err email_change_confirm(struct context *ctx, const char *token, bool *complete)
{
    struct confirming confirming = {.ctx = ctx, .token = token};

    ERR_TRY(db_transaction(ctx->db, confirm_once, &confirming));
    *complete = confirming.complete;
    return ERR_OK;
}

enum err email_change_refuse(struct context *ctx, const char *token)
{
    struct email_change_by_token_row *row;

    ERR_TRY(find(ctx, token, &row));
    return forget(ctx, row->account_id);
}
