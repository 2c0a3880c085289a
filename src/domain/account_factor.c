#include "domain/account_factor.h"

#include "db/db.h"
#include "db/statements.h"
#include "domain/account_event.h"
#include "http/second_factor.h"

struct factor {
    struct context *ctx;
    const char *code;
    const char **codes; /* out */
};

static enum err find(struct context *ctx, struct factor_by_account_row **row)
{
    return db_factor_by_account(
        ctx->db, ctx->arena, &(struct factor_by_account_in){.account_id = ctx->actor.account}, row);
}

/* The one that was begun and is not in force. */
static enum err find_begun(struct context *ctx, struct factor_by_account_row **row)
{
    ERR_TRY(find(ctx, row));
    if (!*row)
        return err_raise(ERR_NOT_FOUND, "factor-not-begun", "no key was made");
    if ((*row)->has_confirmed_at)
        return err_raise(ERR_CONFLICT, "factor-already", "it is in force");
    if ((*row)->created_at <= ctx->now - FACTOR_BEGUN_SECONDS)
        return err_raise(ERR_NOT_FOUND, "factor-not-begun", "the key is too old");
    return ERR_OK;
}

static enum err begin_once(void *what)
{
    const struct factor *factor = what;
    struct context *ctx = factor->ctx;
    unsigned char salt[HTTP_FACTOR_SALT_SIZE];
    enum err code;

    crypto_random(salt, sizeof salt);
    ERR_TRY(db_factor_forget_begun(
        ctx->db, ctx->arena, &(struct factor_forget_begun_in){.account_id = ctx->actor.account},
        NULL));
    code = db_factor_begin(ctx->db, ctx->arena,
                           &(struct factor_begin_in){.account_id = ctx->actor.account,
                                                     .salt = {salt, sizeof salt},
                                                     .now = ctx->now},
                           NULL);
    if (code == ERR_CONFLICT)
        return err_raise(ERR_CONFLICT, "factor-already", "it is in force");
    return code;
}

enum err factor_begin(struct context *ctx)
{
    return db_transaction(ctx->db, begin_once, &(struct factor){.ctx = ctx});
}

enum err factor_show(struct context *ctx, const char *email, const char **key, const char **address)
{
    unsigned char bytes[OTP_KEY_SIZE];
    struct factor_by_account_row *row;

    ERR_TRY(find_begun(ctx, &row));
    ERR_TRY(http_factor_key(ctx->settings, ctx->actor.account, row->salt, bytes));
    *key = otp_base32(ctx->arena, (struct bytes){bytes, sizeof bytes});
    *address =
        arena_printf(ctx->arena,
                     "otpauth://totp/Paraphe:%s?secret=%s&issuer=Paraphe&algorithm=SHA1&digits=%d"
                     "&period=%d",
                     http_url_encode(ctx->arena, email), *key, OTP_DIGITS, OTP_SECONDS);
    return ERR_OK;
}

static enum err write_codes(struct context *ctx, const char **codes)
{
    uint64_t account = ctx->actor.account;

    ERR_TRY(db_recovery_code_delete(
        ctx->db, ctx->arena, &(struct recovery_code_delete_in){.account_id = account}, NULL));
    for (size_t i = 0; i < HTTP_RECOVERY_CODES; i++) {
        unsigned char hash[CRYPTO_SHA256_SIZE];

        codes[i] = http_recovery_code(ctx->arena);
        ERR_TRY(http_recovery_hash(ctx->arena, ctx->settings, account, codes[i], hash));
        ERR_TRY(
            db_recovery_code_insert(ctx->db, ctx->arena,
                                    &(struct recovery_code_insert_in){
                                        .account_id = account, .code_hash = {hash, sizeof hash}},
                                    NULL));
    }
    return ERR_OK;
}

static enum err confirm_once(void *what)
{
    const struct factor *factor = what;
    struct context *ctx = factor->ctx;
    unsigned char key[OTP_KEY_SIZE];
    struct factor_by_account_row *row;
    struct db_done done;
    uint64_t step;

    ERR_TRY(find_begun(ctx, &row));
    ERR_TRY(http_factor_key(ctx->settings, ctx->actor.account, row->salt, key));
    if (!http_factor_matches(ctx->arena, (struct bytes){key, sizeof key}, ctx->now, factor->code,
                             &step))
        return err_raise(ERR_INVALID, "factor-wrong", "its first code");
    ERR_TRY(db_factor_confirm(ctx->db, ctx->arena,
                              &(struct factor_confirm_in){
                                  .account_id = ctx->actor.account, .step = step, .now = ctx->now},
                              &done));
    if (done.affected == 0)
        return err_raise(ERR_CONFLICT, "factor-already", "confirmed at this moment");
    ERR_TRY(write_codes(ctx, factor->codes));
    return account_record(ctx, ctx->actor.account, ACCOUNT_FACTOR_ON);
}

enum err factor_confirm(struct context *ctx, const char *code, const char *const **codes)
{
    struct factor factor = {.ctx = ctx, .code = code};

    factor.codes = ARENA_NEW_ARRAY(ctx->arena, HTTP_RECOVERY_CODES, const char *);
    ERR_TRY(db_transaction(ctx->db, confirm_once, &factor));
    *codes = factor.codes;
    return ERR_OK;
}

static enum err renew_once(void *what)
{
    const struct factor *factor = what;

    ERR_TRY(write_codes(factor->ctx, factor->codes));
    return account_record(factor->ctx, factor->ctx->actor.account, ACCOUNT_RECOVERY_CODES);
}

enum err factor_renew_codes(struct context *ctx, const char *const **codes)
{
    struct factor factor = {.ctx = ctx};

    factor.codes = ARENA_NEW_ARRAY(ctx->arena, HTTP_RECOVERY_CODES, const char *);
    ERR_TRY(db_transaction(ctx->db, renew_once, &factor));
    *codes = factor.codes;
    return ERR_OK;
}

static enum err disable_once(void *what)
{
    struct context *ctx = ((const struct factor *)what)->ctx;
    struct db_done done;

    ERR_TRY(db_factor_delete(ctx->db, ctx->arena,
                             &(struct factor_delete_in){.account_id = ctx->actor.account}, &done));
    if (done.affected == 0)
        return err_raise(ERR_CONFLICT, "factor-off", "disabled at this moment");
    return account_record(ctx, ctx->actor.account, ACCOUNT_FACTOR_OFF);
}

enum err factor_disable(struct context *ctx)
{
    return db_transaction(ctx->db, disable_once, &(struct factor){.ctx = ctx});
}
