#include "domain/account_password.h"

#include "base/clock.h"
#include "db/db.h"
#include "db/statements.h"
#include "domain/account.h"
#include "domain/account_link.h"
#include "domain/account_event.h"
#include "http/session.h"

#define LIFE_SECONDS ((int64_t)60 * 60)

struct forgetting {
    struct context *ctx;
    const struct password_reset_account_row *account;
};

static enum err send_link(const struct forgetting *forgetting, const char *token)
{
    const struct password_reset_account_row *account = forgetting->account;
    struct context *ctx = forgetting->ctx;
    const struct account_mail mail = {.at = clock_french_instant(ctx->arena, ctx->now),
                                      .until =
                                          clock_french_instant(ctx->arena, ctx->now + LIFE_SECONDS),
                                      .address = ctx->address,
                                      .email = account->email};

    return account_letter_send(
        ctx, &(struct account_letter){
                 .name = "account-password-forgotten",
                 .mail = &mail,
                 .to_address = account->email,
                 .to_name = account->name,
                 .page = "/mot-de-passe",
                 .token = token,
                 .establishment = account->has_establishment_id ? account->establishment_id : 0});
}

static enum err forget_once(void *what)
{
    const struct forgetting *forgetting = what;
    struct context *ctx = forgetting->ctx;
    struct account_link link;

    account_link_make(ctx->arena, &link);
    ERR_TRY(db_password_reset_delete_expired(
        ctx->db, ctx->arena, &(struct password_reset_delete_expired_in){.now = ctx->now}, NULL));
    ERR_TRY(db_password_reset_insert(
        ctx->db, ctx->arena,
        &(struct password_reset_insert_in){.token_hash = {link.hash, sizeof link.hash},
                                           .account_id = forgetting->account->id,
                                           .now = ctx->now,
                                           .expires_at = ctx->now + LIFE_SECONDS},
        NULL));
    return send_link(forgetting, link.token);
}

enum err password_forgotten(struct context *ctx, const char *email)
{
    struct password_reset_account_row *account;

    ERR_TRY(db_password_reset_account(
        ctx->db, ctx->arena, &(struct password_reset_account_in){.email = email}, &account));
    if (!account)
        return ERR_OK;
    return db_transaction(ctx->db, forget_once,
                          &(struct forgetting){.ctx = ctx, .account = account});
}

static enum err find(struct context *ctx, const char *token,
                     struct password_reset_by_token_row **row)
{
    unsigned char hash[CRYPTO_SHA256_SIZE];

    *row = NULL;
    if (account_link_read(token, hash))
        ERR_TRY(db_password_reset_by_token(ctx->db, ctx->arena,
                                           &(struct password_reset_by_token_in){
                                               .token_hash = {hash, sizeof hash}, .now = ctx->now},
                                           row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, "password-link-void", "no link of that token");
}

enum err password_link_look(struct context *ctx, const char *token, const char **email)
{
    struct password_reset_by_token_row *row;

    ERR_TRY(find(ctx, token, &row));
    *email = row->email;
    return ERR_OK;
}

struct choosing {
    struct context *ctx;
    const struct password_reset_by_token_row *link;
    const char *hash;
};

static enum err choose_once(void *what)
{
    const struct choosing *choosing = what;
    struct context *ctx = choosing->ctx;
    uint64_t account = choosing->link->account_id;
    struct db_done done;

    ERR_TRY(db_password_reset_delete(
        ctx->db, ctx->arena, &(struct password_reset_delete_in){.account_id = account}, &done));
    if (done.affected == 0)
        return err_raise(ERR_NOT_FOUND, "password-link-void", "used at this moment");
    ERR_TRY(db_account_set_password(
        ctx->db, ctx->arena,
        &(struct account_set_password_in){.id = account, .password_hash = choosing->hash}, NULL));
    ERR_TRY(http_sessions_end(ctx->db, ctx->arena, account));
    return account_record(ctx, account, ACCOUNT_PASSWORD_CHOSEN);
}

enum err password_choose(struct context *ctx, const char *token, const char *password)
{
    struct password_reset_by_token_row *link;
    const char *hash;

    ERR_TRY(find(ctx, token, &link)); /* before a hash is made, which takes its time */
    ERR_TRY(account_hash_password(ctx, password, &hash));
    return db_transaction(ctx->db, choose_once,
                          &(struct choosing){.ctx = ctx, .link = link, .hash = hash});
}
