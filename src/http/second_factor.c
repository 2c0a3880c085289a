#include "http/second_factor.h"

#include <inttypes.h>
#include <string.h>

#include "base/secret.h"
#include "db/statements.h"
#include "http/private.h"

#define STEP_SECONDS (10 * 60)
#define TOKEN_SIZE 32
#define CODE_MOST 32 /* characters looked at */
#define RECOVERY_LETTERS 10

static const char cookie_name[] = "__Host-step";
static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
#define ALPHABET_SIZE (sizeof alphabet - 1)

/* Without what people put between, in small letters. */
static const char *tidy(struct arena *arena, const char *code)
{
    char *out = arena_alloc(arena, CODE_MOST + 1), *to = out;

    for (; *code && to < out + CODE_MOST; code++) {
        if (*code >= 'A' && *code <= 'Z')
            *to++ = (char)(*code + 0x20);
        else if (*code > ' ' && *code < 0x7f && *code != '-')
            *to++ = *code;
    }
    return out;
}

enum err http_factor_key(const struct settings *settings, uint64_t account, struct bytes salt,
                         unsigned char key[OTP_KEY_SIZE])
{
    unsigned char message[sizeof account + HTTP_FACTOR_SALT_SIZE], mac[CRYPTO_SHA256_SIZE];

    if (salt.length != HTTP_FACTOR_SALT_SIZE)
        return err_raise(ERR_INTERNAL, NULL, "a salt of %zu bytes", salt.length);
    for (size_t i = 0; i < sizeof account; i++)
        message[i] = (unsigned char)(account >> 8 * i);
    memcpy(message + sizeof account, salt.data, salt.length);
    ERR_TRY(secret_mac(settings, "paraphe-totp-v1", (struct bytes){message, sizeof message}, mac));
    memcpy(key, mac, OTP_KEY_SIZE);
    return ERR_OK;
}

bool http_factor_matches(struct arena *arena, struct bytes key, int64_t now, const char *code,
                         uint64_t *step)
{
    uint64_t present = (uint64_t)now / OTP_SECONDS;
    const char *typed = tidy(arena, code);
    bool found = false;

    if (strlen(typed) != OTP_DIGITS)
        return false;
    for (uint64_t at = present - 1; at <= present + 1; at++) {
        char wanted[OTP_DIGITS + 1];

        otp_code(key, at, wanted);
        if (crypto_equal(wanted, typed, OTP_DIGITS)) {
            *step = at;
            found = true;
        }
    }
    return found;
}

/* Bytes over the last whole multiple of the alphabet are passed over: no letter is likelier. */
static char random_letter(void)
{
    unsigned char byte;

    do
        crypto_random(&byte, 1);
    while (byte >= 256 / ALPHABET_SIZE * ALPHABET_SIZE);
    return alphabet[byte % ALPHABET_SIZE];
}

const char *http_recovery_code(struct arena *arena)
{
    char *code = arena_alloc(arena, RECOVERY_LETTERS + 2), *to = code;

    for (int i = 0; i < RECOVERY_LETTERS; i++) {
        if (i == RECOVERY_LETTERS / 2)
            *to++ = '-';
        *to++ = random_letter();
    }
    return code;
}

enum err http_recovery_hash(struct arena *arena, const struct settings *settings, uint64_t account,
                            const char *code, unsigned char hash[CRYPTO_SHA256_SIZE])
{
    const char *text = arena_printf(arena, "%" PRIu64 ":%s", account, tidy(arena, code));

    return secret_mac(settings, "paraphe-recovery-v1", bytes_of(text), hash);
}

static enum err take_otp(struct exchange *x, uint64_t account, const char *code, bool *taken)
{
    unsigned char key[OTP_KEY_SIZE];
    struct factor_by_account_row *factor;
    struct db_done done;
    uint64_t step;

    ERR_TRY(db_factor_by_account(x->db, x->arena,
                                 &(struct factor_by_account_in){.account_id = account}, &factor));
    if (!factor)
        return ERR_OK;
    ERR_TRY(http_factor_key(x->settings, account, factor->salt, key));
    if (!http_factor_matches(x->arena, (struct bytes){key, sizeof key}, x->now, code, &step))
        return ERR_OK;
    ERR_TRY(db_factor_take(x->db, x->arena,
                           &(struct factor_take_in){.account_id = account, .step = step}, &done));
    *taken = done.affected > 0;
    return ERR_OK;
}

static enum err take_recovery(struct exchange *x, uint64_t account, const char *code, bool *taken)
{
    unsigned char hash[CRYPTO_SHA256_SIZE];
    struct db_done done;

    ERR_TRY(http_recovery_hash(x->arena, x->settings, account, code, hash));
    ERR_TRY(db_recovery_code_take(
        x->db, x->arena,
        &(struct recovery_code_take_in){.account_id = account, .code_hash = {hash, sizeof hash}},
        &done));
    *taken = done.affected > 0;
    return ERR_OK;
}

enum err http_factor_check(struct exchange *x, uint64_t account, const char *code)
{
    const char *subject = arena_printf(x->arena, "%" PRIu64, account);
    bool taken = false;

    ERR_TRY(http_attempt(x, "factor", subject, "factor-throttled"));
    ERR_TRY(take_otp(x, account, code, &taken));
    if (!taken)
        ERR_TRY(take_recovery(x, account, code, &taken));
    if (!taken)
        return err_raise(ERR_INVALID, "factor-wrong", "account %" PRIu64, account);
    return http_attempt_forgive(x, "factor", subject);
}

enum err http_sign_in_step(struct exchange *x, uint64_t account)
{
    unsigned char token[TOKEN_SIZE], hash[CRYPTO_SHA256_SIZE];

    crypto_random(token, sizeof token);
    crypto_sha256((struct bytes){token, sizeof token}, hash);
    ERR_TRY(db_sign_in_step_delete_expired(
        x->db, x->arena, &(struct sign_in_step_delete_expired_in){.now = x->now}, NULL));
    ERR_TRY(db_sign_in_step_insert(
        x->db, x->arena,
        &(struct sign_in_step_insert_in){.token_hash = {hash, sizeof hash},
                                         .account_id = account,
                                         .expires_at = x->now + STEP_SECONDS},
        NULL));
    return http_response_cookie(x->response, cookie_name,
                                crypto_base64url(x->arena, (struct bytes){token, sizeof token}),
                                STEP_SECONDS);
}

/* The account whose password was given in this browser; 0 for none. */
static enum err step_account(struct exchange *x, uint64_t *account)
{
    const char *cookie = http_pairs_get(&x->request->cookies, cookie_name);
    unsigned char token[TOKEN_SIZE], hash[CRYPTO_SHA256_SIZE];
    struct sign_in_step_load_row *row;

    *account = 0;
    if (!cookie || !crypto_unbase64url(cookie, token, sizeof token))
        return ERR_OK;
    crypto_sha256((struct bytes){token, sizeof token}, hash);
    ERR_TRY(db_sign_in_step_load(
        x->db, x->arena,
        &(struct sign_in_step_load_in){.token_hash = {hash, sizeof hash}, .now = x->now}, &row));
    if (row)
        *account = row->account_id;
    return ERR_OK;
}

enum err http_sign_in_begun(struct exchange *x, bool *begun)
{
    uint64_t account;

    ERR_TRY(step_account(x, &account));
    *begun = account != 0;
    return ERR_OK;
}

enum err http_sign_in_finish(struct exchange *x, const char *code)
{
    uint64_t account;

    ERR_TRY(step_account(x, &account));
    if (account == 0)
        return err_raise(ERR_SIGNED_OUT, NULL, "no password was given here");
    ERR_TRY(http_factor_check(x, account, code));
    ERR_TRY(db_sign_in_step_delete_account(
        x->db, x->arena, &(struct sign_in_step_delete_account_in){.account_id = account}, NULL));
    ERR_TRY(http_response_cookie(x->response, cookie_name, "", 0));
    return http_session_begin(x, account);
}
