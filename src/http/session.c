#include "http/session.h"

#include "base/crypto.h"
#include "db/statements.h"
#include "http/http.h"
#include "http/private.h"

#define TOKEN_SIZE 32 /* bytes of randomness */

static const char cookie_name[] = "__Host-session";

/* The hash under which the browser's session is kept; false where it sent none. */
static bool cookie_hash(const struct exchange *x, unsigned char hash[CRYPTO_SHA256_SIZE])
{
    const char *cookie = http_pairs_get(&x->request->cookies, cookie_name);
    unsigned char token[TOKEN_SIZE];

    if (!cookie || !crypto_unbase64url(cookie, token, sizeof token))
        return false;
    crypto_sha256((struct bytes){token, sizeof token}, hash);
    return true;
}

static enum http_role role_of(const char *word)
{
    if (strcmp(word, "operator") == 0)
        return HTTP_ROLE_OPERATOR;
    return strcmp(word, "admin") == 0 ? HTTP_ROLE_ADMIN : HTTP_ROLE_MEMBER;
}

static const struct http_session *session_of(struct arena *arena,
                                             const struct session_load_row *row)
{
    struct http_session *session = ARENA_NEW(arena, struct http_session);

    *session = (struct http_session){
        .id = row->id,
        .account_id = row->account_id,
        .email = row->email,
        .name = row->name,
        .role = role_of(row->role),
        .establishment_id = row->has_establishment_id ? row->establishment_id : 0,
        .establishment_name = row->establishment_name ? row->establishment_name : "",
        .revision = row->has_revision ? row->revision : 0,
        .licence_end = row->licence_end,
        .csrf = crypto_base64url(arena, row->csrf),
    };
    return session;
}

enum err http_session_load(struct exchange *x)
{
    unsigned char hash[CRYPTO_SHA256_SIZE];
    struct bytes token_hash = {hash, sizeof hash};
    struct session_load_row *row;

    x->session = NULL;
    if (!cookie_hash(x, hash))
        return ERR_OK;
    ERR_TRY(db_session_load(x->db, x->arena,
                            &(struct session_load_in){
                                .token_hash = token_hash,
                                .now = x->now,
                                .idle_since = x->now - HTTP_SESSION_IDLE_SECONDS,
                            },
                            &row));
    if (!row)
        return ERR_OK;
    x->session = session_of(x->arena, row);
    if (x->now - row->seen_at < HTTP_SESSION_SEEN_SECONDS)
        return ERR_OK;
    return db_session_seen(x->db, x->arena, &(struct session_seen_in){token_hash, x->now}, NULL);
}

static enum err forget_browser_session(struct exchange *x)
{
    unsigned char hash[CRYPTO_SHA256_SIZE];

    if (!cookie_hash(x, hash))
        return ERR_OK;
    return db_session_delete(x->db, x->arena, &(struct session_delete_in){{hash, sizeof hash}},
                             NULL);
}

struct beginning {
    struct exchange *x;
    const struct session_insert_in *session;
};

static enum err replace_session(void *arg)
{
    const struct beginning *beginning = arg;
    struct exchange *x = beginning->x;

    ERR_TRY(forget_browser_session(x));
    ERR_TRY(db_session_delete_expired(x->db, x->arena, &(struct session_delete_expired_in){x->now},
                                      NULL));
    ERR_TRY(db_session_insert(x->db, x->arena, beginning->session, NULL));
    return db_session_account_came(
        x->db, x->arena, &(struct session_account_came_in){beginning->session->account_id, x->now},
        NULL);
}

enum err http_session_begin(struct exchange *x, uint64_t account_id)
{
    unsigned char token[TOKEN_SIZE], csrf[TOKEN_SIZE], hash[CRYPTO_SHA256_SIZE];
    struct session_insert_in session = {
        .token_hash = {hash, sizeof hash},
        .account_id = account_id,
        .csrf = {csrf, sizeof csrf},
        .now = x->now,
        .expires_at = x->now + HTTP_SESSION_SECONDS,
        .address = x->request->remote,
        .agent = x->request->agent ? x->request->agent : "",
    };

    crypto_random(token, sizeof token);
    crypto_random(csrf, sizeof csrf);
    crypto_sha256((struct bytes){token, sizeof token}, hash);
    ERR_TRY(db_transaction(x->db, replace_session, &(struct beginning){x, &session}));
    return http_response_cookie(x->response, cookie_name,
                                crypto_base64url(x->arena, (struct bytes){token, sizeof token}),
                                HTTP_SESSION_SECONDS);
}

enum err http_sign_out(struct exchange *x)
{
    ERR_TRY(forget_browser_session(x));
    x->session = NULL;
    return http_response_cookie(x->response, cookie_name, "", 0);
}

enum err http_session_end(struct exchange *x, uint64_t id)
{
    struct db_done done;

    ERR_TRY(db_session_delete_own(
        x->db, x->arena,
        &(struct session_delete_own_in){.id = id, .account_id = x->session->account_id}, &done));
    if (done.affected == 0)
        return err_raise(ERR_NOT_FOUND, "session-gone", "no session of that number");
    return id == x->session->id ? http_sign_out(x) : ERR_OK;
}

enum err http_sessions_end(struct db *db, struct arena *arena, uint64_t account_id)
{
    ERR_TRY(db_sign_in_step_delete_account(
        db, arena, &(struct sign_in_step_delete_account_in){.account_id = account_id}, NULL));
    return db_session_delete_account(db, arena, &(struct session_delete_account_in){account_id},
                                     NULL);
}
