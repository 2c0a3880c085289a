#include <arpa/inet.h>

#include "base/crypto.h"
#include "base/log.h"
#include "db/statements.h"
#include "http/http.h"
#include "http/password.h"
#include "http/private.h"

#define WINDOW_SECONDS (15 * 60)
#define FAILURES_OF_ACCOUNT 5
#define FAILURES_OF_NETWORK 20

struct attempt {
    struct exchange *x;
    uint64_t id;
    unsigned char email_hash[CRYPTO_SHA256_SIZE];
    const char *network;
};

/* A subscriber has a whole /64 of IPv6 to himself. */
const char *http_network_of(struct arena *arena, const char *address)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    char text[INET6_ADDRSTRLEN];

    if (inet_pton(AF_INET6, address, bytes) != 1)
        return address;
    memset(bytes + 8, 0, 8);
    return inet_ntop(AF_INET6, bytes, text, sizeof text) ? arena_strdup(arena, text) : address;
}

/* The account's failures are counted under the address that was typed, in small letters, whether
 * there is such an account or not. */
static void hash_email(struct arena *arena, const char *email,
                       unsigned char hash[CRYPTO_SHA256_SIZE])
{
    char *small = arena_strdup(arena, email);

    for (char *c = small; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 0x20);
    crypto_sha256(bytes_of(small), hash);
}

static enum err take_back(struct exchange *x, const struct attempt *attempt)
{
    return db_sign_in_attempt_delete(x->db, x->arena,
                                     &(struct sign_in_attempt_delete_in){attempt->id}, NULL);
}

/* Writes the attempt down before the password is looked at, then counts. Of attempts that arrive
 * together each sees at least those that were written before it, so never more than the allowed
 * number reaches a password. A refused attempt is taken back: refusals do not prolong themselves.
 */
static enum err count_attempt(struct exchange *x, struct attempt *attempt, const char *key)
{
    struct bytes email_hash = {attempt->email_hash, sizeof attempt->email_hash};
    int64_t since = x->now - WINDOW_SECONDS;
    struct sign_in_attempt_count_row *count;
    struct db_done done;

    ERR_TRY(db_sign_in_attempt_insert(
        x->db, x->arena, &(struct sign_in_attempt_insert_in){email_hash, attempt->network, x->now},
        &done));
    attempt->id = done.insert_id;
    ERR_TRY(db_sign_in_attempt_count(
        x->db, x->arena, &(struct sign_in_attempt_count_in){email_hash, attempt->network, since},
        &count));
    if (count->of_email <= FAILURES_OF_ACCOUNT && count->of_network <= FAILURES_OF_NETWORK)
        return ERR_OK;
    ERR_TRY(take_back(x, attempt));
    return err_raise(ERR_THROTTLED, key, "%lld attempts for it, %lld from there",
                     (long long)count->of_email, (long long)count->of_network);
}

static enum err forgive(void *arg)
{
    struct attempt *attempt = arg;

    return db_sign_in_attempt_forgive(
        attempt->x->db, attempt->x->arena,
        &(struct sign_in_attempt_forgive_in){{attempt->email_hash, sizeof attempt->email_hash},
                                             attempt->network},
        NULL);
}

/* Housekeeping: what it leaves undone the next sign-in does. */
static void forget_old_attempts(struct exchange *x)
{
    struct sign_in_attempt_delete_old_in in = {x->now - WINDOW_SECONDS};

    if (db_sign_in_attempt_delete_old(x->db, x->arena, &in, NULL) != ERR_OK)
        log_failure("deleting old attempts to sign in");
}

static void prepare(struct exchange *x, const char *purpose, const char *subject,
                    struct attempt *attempt)
{
    *attempt = (struct attempt){.x = x, .network = http_network_of(x->arena, x->request->remote)};
    hash_email(x->arena, arena_printf(x->arena, "%s%s", purpose, subject), attempt->email_hash);
}

/* The account where the password fits it. key: what is raised where it does not. */
static enum err check(struct exchange *x, const char *email, const char *password, const char *key,
                      struct sign_in_account_row **account)
{
    struct attempt attempt;

    prepare(x, "", email, &attempt);
    forget_old_attempts(x);
    ERR_TRY(count_attempt(x, &attempt, "sign-in-throttled"));
    ERR_TRY(db_sign_in_account(x->db, x->arena, &(struct sign_in_account_in){email}, account));
    if (!http_password_verify(*account ? (*account)->password_hash : NULL, password) || !*account)
        return err_raise(ERR_INVALID, key, "e-mail and password do not fit");
    return db_transaction(x->db, forgive, &attempt);
}

enum err http_attempt(struct exchange *x, const char *purpose, const char *subject, const char *key)
{
    struct attempt attempt;

    prepare(x, arena_printf(x->arena, "%s:", purpose), subject, &attempt);
    forget_old_attempts(x);
    return count_attempt(x, &attempt, key);
}

enum err http_attempt_forgive(struct exchange *x, const char *purpose, const char *subject)
{
    struct attempt attempt;

    prepare(x, arena_printf(x->arena, "%s:", purpose), subject, &attempt);
    return db_transaction(x->db, forgive, &attempt);
}

enum err http_sign_in(struct exchange *x, const char *email, const char *password, bool *code)
{
    struct sign_in_account_row *account;

    ERR_TRY(check(x, email, password, "sign-in-wrong", &account));
    *code = account->has_factor;
    return *code ? http_sign_in_step(x, account->id) : http_session_begin(x, account->id);
}

enum err http_password_check(struct exchange *x, const char *password)
{
    struct sign_in_account_row *account;

    return check(x, x->session->email, password, "password-wrong", &account);
}
