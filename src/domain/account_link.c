#include "domain/account_link.h"

#include "mail/mail.h"

#define TOKEN_SIZE 32

void account_link_make(struct arena *arena, struct account_link *link)
{
    unsigned char token[TOKEN_SIZE];

    crypto_random(token, sizeof token);
    crypto_sha256((struct bytes){token, sizeof token}, link->hash);
    link->token = crypto_base64url(arena, (struct bytes){token, sizeof token});
}

bool account_link_read(const char *token, unsigned char hash[CRYPTO_SHA256_SIZE])
{
    unsigned char bytes[TOKEN_SIZE];

    if (!token || !crypto_unbase64url(token, bytes, sizeof bytes))
        return false;
    crypto_sha256((struct bytes){bytes, sizeof bytes}, hash);
    return true;
}

enum err account_letter_send(struct context *ctx, const struct account_letter *letter)
{
    const char *base_url = ctx->settings->base_url;
    struct arena *arena = ctx->arena;

    return mail_enqueue(
        &(struct mail_context){.db = ctx->db,
                               .arena = arena,
                               .views = ctx->views,
                               .settings = ctx->settings,
                               .now = ctx->now},
        &(struct mail_message){
            .name = letter->name,
            .data = letter->mail,
            .to_address = letter->to_address,
            .to_name = letter->to_name,
            .url = letter->token
                       ? arena_printf(arena, "%s%s?jeton=%s", base_url, letter->page, letter->token)
                       : arena_printf(arena, "%s%s", base_url, letter->page),
            .establishment = letter->establishment,
            .is_secret = letter->token != NULL});
}

const char *account_actor(const struct context *ctx)
{
    if (ctx->actor.account == 0)
        return "";
    if (ctx->actor.establishment == 0)
        return ctx->actor.name;
    return arena_printf(ctx->arena, "%s (%s)", ctx->actor.name, ctx->actor.establishment_name);
}
