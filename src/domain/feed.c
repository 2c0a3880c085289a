#include "domain/feed.h"

#include "base/crypto.h"
#include "db/db.h"
#include "db/statements.h"

#define TOKEN_SIZE 32
#define READ_SECONDS (60 * 60) /* how exact read_at is */

enum err feed_state(struct context *ctx, struct feed_state *state)
{
    struct feed_of_account_row *row;

    *state = (struct feed_state){0};
    ERR_TRY(db_feed_of_account(
        ctx->db, ctx->arena, &(struct feed_of_account_in){.account_id = ctx->actor.account}, &row));
    if (row)
        *state = (struct feed_state){.exists = true,
                                     .created_at = row->created_at,
                                     .was_read = row->has_read_at,
                                     .read_at = row->read_at};
    return ERR_OK;
}

struct making {
    struct context *ctx;
    bool replace;
    struct bytes token_hash;
};

/* Two at once wait for each other at the account's row. */
static enum err make_once(void *what)
{
    const struct making *making = what;
    struct context *ctx = making->ctx;
    const uint64_t account = ctx->actor.account;
    struct feed_account_lock_row *owner;
    struct feed_of_account_row *row;

    ERR_TRY(db_feed_account_lock(ctx->db, ctx->arena,
                                 &(struct feed_account_lock_in){.account_id = account}, &owner));
    ERR_TRY(db_feed_of_account(ctx->db, ctx->arena,
                               &(struct feed_of_account_in){.account_id = account}, &row));
    if (row && !making->replace)
        return err_raise(ERR_CONFLICT, "feed-exists", "the account has an address already");
    ERR_TRY(
        db_feed_delete(ctx->db, ctx->arena, &(struct feed_delete_in){.account_id = account}, NULL));
    return db_feed_insert(ctx->db, ctx->arena,
                          &(struct feed_insert_in){.account_id = account,
                                                   .token_hash = making->token_hash,
                                                   .now = ctx->now},
                          NULL);
}

enum err feed_make(struct context *ctx, bool replace, const char **token)
{
    unsigned char random[TOKEN_SIZE], hash[CRYPTO_SHA256_SIZE];

    crypto_random(random, sizeof random);
    crypto_sha256((struct bytes){random, sizeof random}, hash);
    ERR_TRY(db_transaction(
        ctx->db, make_once,
        &(struct making){.ctx = ctx, .replace = replace, .token_hash = {hash, sizeof hash}}));
    *token = crypto_base64url(ctx->arena, (struct bytes){random, sizeof random});
    return ERR_OK;
}

enum err feed_remove(struct context *ctx)
{
    return db_feed_delete(ctx->db, ctx->arena,
                          &(struct feed_delete_in){.account_id = ctx->actor.account}, NULL);
}

enum err feed_open(struct context *ctx, const char *token, struct feed_owner *owner)
{
    unsigned char random[TOKEN_SIZE], hash[CRYPTO_SHA256_SIZE];
    struct feed_by_token_row *row = NULL;

    if (crypto_unbase64url(token, random, sizeof random)) {
        crypto_sha256((struct bytes){random, sizeof random}, hash);
        ERR_TRY(db_feed_by_token(ctx->db, ctx->arena,
                                 &(struct feed_by_token_in){.token_hash = {hash, sizeof hash}},
                                 &row));
    }
    if (!row || !row->has_establishment_id)
        return err_raise(ERR_NOT_FOUND, "feed-unknown", "no calendar has that address");
    *owner = (struct feed_owner){row->establishment_id, row->establishment_name};
    if (row->has_read_at && ctx->now - row->read_at < READ_SECONDS)
        return ERR_OK;
    return db_feed_read(ctx->db, ctx->arena,
                        &(struct feed_read_in){.account_id = row->account_id, .now = ctx->now},
                        NULL);
}
