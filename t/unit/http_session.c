/* Sessions, signing in and the forging of forms, on a real database. */
#include "db/migrate.h"
#include "db/statements.h"
#include "http/password.h"
#include "http/private.h"

#include <inttypes.h>
#include <sys/wait.h>

#include "t/unit/database.h"
#include "t/unit/tap.h"

#define NOON INT64_C(1801652400) /* some day in February 2027 */
#define HOUR 3600
#define PASSWORD "Bonne journée 1"

static struct settings settings;
static struct db *db;
static uint64_t establishment;

/* An exchange as it is when the request was read, with these cookies. */
static struct exchange *request_at(struct arena *arena, int64_t now, const char *cookies)
{
    struct exchange *x = ARENA_NEW(arena, struct exchange);

    *x = (struct exchange){.arena = arena,
                           .request = ARENA_NEW(arena, struct http_request),
                           .response = ARENA_NEW(arena, struct http_response),
                           .db = db,
                           .settings = &settings,
                           .now = now};
    x->request->remote = "192.0.2.1";
    x->request->host = "paraphe.example";
    x->request->origin = x->request->fetch_site = "";
    http_cookies(arena, cookies, &x->request->cookies);
    http_response_begin(x->response, arena);
    return x;
}

/* The cookie of that name as the response sets it, "name=value". */
static const char *cookie_set(struct exchange *x, const char *name)
{
    const char *at = strstr(x->response->cookies.data, name);

    return at ? arena_strndup(x->arena, at, strcspn(at, ";")) : "";
}

static bool is_signed_in(struct arena *arena, int64_t now, const char *cookies)
{
    struct exchange *x = request_at(arena, now, cookies);

    return http_session_load(x) == ERR_OK && x->session != NULL;
}

static uint64_t add_account(struct arena *arena, const char *email, const char *role)
{
    struct db_done done = {0};
    const char *hash = "";

    http_password_hash(arena, PASSWORD, &hash);
    db_account_insert(db, arena,
                      &(struct account_insert_in){
                          .email = email,
                          .name = "Jeanne Martin",
                          .password_hash = hash,
                          .role = role,
                          .establishment_id = establishment,
                          .has_establishment_id = strcmp(role, "operator") != 0,
                          .now = NOON,
                      },
                      &done);
    return done.insert_id;
}

static void add_establishment(struct arena *arena)
{
    struct db_done done = {0};

    db_establishment_insert(db, arena,
                            &(struct establishment_insert_in){
                                .uai = "0751234J",
                                .name = "Lycée Jules-Ferry",
                                .folded_name = "lycee jules ferry",
                                .address = "",
                                .postal_code = "",
                                .city = "",
                                .phone = "",
                                .email = "ce@ecole.example",
                                .head_name = "",
                                .head_title = "",
                                .now = NOON,
                            },
                            &done);
    establishment = done.insert_id;
    for (int year = 2027; year >= 2025; year--)
        db_licence_insert(
            db, arena,
            &(struct licence_insert_in){establishment, arena_printf(arena, "%d-01-01", year),
                                        arena_printf(arena, "%d-12-31", year), false, 0, NOON},
            NULL);
    db_licence_take_effect(db, arena, &(struct licence_take_effect_in){establishment}, NULL);
}

static void test_passwords(struct arena *arena)
{
    const char *hash = "", *again = "";

    OK(http_password_hash(arena, PASSWORD, &hash) == ERR_OK, "a password is hashed");
    OK(strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31) == 0,
       "it is hashed with argon2id and OWASP's parameters");
    http_password_hash(arena, PASSWORD, &again);
    OK(strcmp(hash, again) != 0, "each hash has a salt of its own");
    OK(http_password_verify(hash, PASSWORD), "the password fits its hash");
    OK(!http_password_verify(hash, "Bonne journée 2"), "another does not");
    OK(!http_password_verify(NULL, ""), "no password fits where there is no account");
}

static const char *sign_in(struct arena *arena, int64_t now, const char *cookies)
{
    struct exchange *x = request_at(arena, now, cookies);

    return http_sign_in(x, "jeanne@ecole.example", PASSWORD, &(bool){false}) == ERR_OK
               ? cookie_set(x, "__Host-session=")
               : err_last()->key;
}

static void test_session(struct arena *arena)
{
    uint64_t account = add_account(arena, "jeanne@ecole.example", "admin");
    const char *first = sign_in(arena, NOON, ""), *second;
    struct exchange *x = request_at(arena, NOON + 1, first);

    IS_INT(strlen(first), strlen("__Host-session=") + 43, "a sign-in sets a cookie of 256 bits");
    OK(http_session_load(x) == ERR_OK && x->session, "the cookie brings the session back");
    OK(x->session->account_id == account && x->session->role == HTTP_ROLE_ADMIN &&
           x->session->establishment_id == establishment,
       "the session knows account, role and establishment");
    IS_STR(x->session->establishment_name, "Lycée Jules-Ferry",
           "the session knows the establishment's name");
    IS_STR(x->session->licence_end, "2027-12-31", "the session knows when the last licence ends");
    IS_INT(strlen(x->session->csrf), 43, "the session has a token for forms");
    OK(!is_signed_in(arena, NOON, "") && !is_signed_in(arena, NOON, "__Host-session=x") &&
           !is_signed_in(arena, NOON, "__Host-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
       "no other cookie brings one");
    second = sign_in(arena, NOON + 2, first);
    OK(strcmp(first, second) != 0 && is_signed_in(arena, NOON + 3, second),
       "another sign-in gives another session");
    OK(!is_signed_in(arena, NOON + 3, first), "and ends the one the browser had");
    x = request_at(arena, NOON + 4, second);
    OK(http_session_load(x) == ERR_OK && http_sign_out(x) == ERR_OK, "one can sign out");
    IS_STR(cookie_set(x, "__Host-session="), "__Host-session=", "which takes the cookie away");
    OK(!is_signed_in(arena, NOON + 5, second), "and ends the session");
}

static void test_expiry(struct arena *arena)
{
    const char *cookie = sign_in(arena, NOON, "");
    int64_t now;

    OK(is_signed_in(arena, NOON + 2 * HOUR - 1, cookie), "a session lasts two hours unused");
    OK(is_signed_in(arena, NOON + 4 * HOUR - 2, cookie), "each use gives two hours more");
    for (now = NOON + 5 * HOUR; now < NOON + 12 * HOUR; now += HOUR)
        is_signed_in(arena, now, cookie);
    OK(is_signed_in(arena, NOON + 12 * HOUR - 1, cookie), "a session in use lasts twelve hours");
    OK(!is_signed_in(arena, NOON + 12 * HOUR, cookie), "and no longer");
    cookie = sign_in(arena, NOON, "");
    is_signed_in(arena, NOON + HTTP_SESSION_SEEN_SECONDS - 1, cookie);
    OK(!is_signed_in(arena, NOON + 2 * HOUR, cookie),
       "a use within five minutes of the last is not written down");
}

static void set_disabled(struct arena *arena, uint64_t member, bool disabled)
{
    db_member_change(db, arena,
                     &(struct member_change_in){.id = member,
                                                .role = "member",
                                                .has_establishment_id = true,
                                                .establishment_id = establishment,
                                                .has_disabled_at = disabled,
                                                .disabled_at = NOON},
                     NULL);
}

static void test_disabled(struct arena *arena)
{
    uint64_t account = add_account(arena, "partie@ecole.example", "member");
    struct exchange *x = request_at(arena, NOON, "");
    const char *cookie;

    http_sign_in(x, "partie@ecole.example", PASSWORD, &(bool){false});
    cookie = cookie_set(x, "__Host-session=");
    OK(is_signed_in(arena, NOON + 1, cookie), "a member signs in");
    set_disabled(arena, account, true);
    OK(!is_signed_in(arena, NOON + 3, cookie), "a disabled account is refused at once");
    x = request_at(arena, NOON + 4, "");
    OK(http_sign_in(x, "partie@ecole.example", PASSWORD, &(bool){false}) == ERR_INVALID,
       "and cannot sign in any more");
    set_disabled(arena, account, false);
    OK(is_signed_in(arena, NOON + 5, cookie), "until it is enabled");
    http_sessions_end(db, arena, account);
    OK(!is_signed_in(arena, NOON + 6, cookie), "all sessions of an account can be ended");
}

/* One try from that address; the failure's key, or "in". */
static const char *try(struct arena *arena, int64_t now, const char *email, const char *password,
                       const char *address)
{
    struct exchange *x = request_at(arena, now, "");

    x->request->remote = address;
    return http_sign_in(x, email, password, &(bool){false}) == ERR_OK
               ? "in"
               : arena_strdup(arena, err_last()->key);
}

static void test_throttle(struct arena *arena)
{
    const char *jeanne = "jeanne@ecole.example";
    int64_t now = NOON + 24 * HOUR;

    for (int i = 0; i < 4; i++)
        try(arena, now, jeanne, "non", "192.0.2.10");
    IS_STR(try(arena, now, jeanne, "non", "192.0.2.11"), "sign-in-wrong",
           "the fifth failure is still looked at");
    IS_STR(try(arena, now, jeanne, PASSWORD, "192.0.2.12"), "sign-in-throttled",
           "after five failures even the right password is refused, from anywhere");
    IS_STR(try(arena, now, "JEANNE@ecole.example", PASSWORD, "192.0.2.12"), "sign-in-throttled",
           "writing the address in capitals is no way around");
    for (int i = 0; i < 5; i++)
        try(arena, now + 898, jeanne, PASSWORD, "192.0.2.12");
    IS_STR(try(arena, now + 899, jeanne, PASSWORD, "192.0.2.12"), "sign-in-throttled",
           "for a quarter of an hour");
    IS_STR(try(arena, now + 901, jeanne, PASSWORD, "192.0.2.12"), "in",
           "but no longer, though it was tried meanwhile");
    now += HOUR;
    for (int i = 0; i < 4; i++)
        try(arena, now, jeanne, "non", "192.0.2.10");
    try(arena, now, jeanne, PASSWORD, "192.0.2.10");
    IS_STR(try(arena, now, jeanne, "non", "192.0.2.10"), "sign-in-wrong",
           "signing in forgives the failures from the same address");
    now += HOUR;
    for (int i = 0; i < 20; i++)
        try(arena, now, arena_printf(arena, "inconnu%d@ecole.example", i), "non",
            arena_printf(arena, "2001:db8::%d", i + 1));
    IS_STR(try(arena, now, jeanne, PASSWORD, "2001:db8::ffff"), "sign-in-throttled",
           "after twenty failures from a network it is refused, unknown accounts counted");
    IS_STR(try(arena, now, jeanne, PASSWORD, "2001:db8:0:1::1"), "in", "another network is not");
}

/* Forks processes that all try at once; how many of them had their password looked at. */
static int looked_at(int processes)
{
    int looked = 0, status;

    for (int i = 0; i < processes; i++)
        if (fork() == 0) {
            struct arena *arena = arena_new((size_t)16 * 1024 * 1024);
            const char *key = "";
            if (db_open(arena, &settings, &db) == ERR_OK)
                key = try(arena, NOON + 48 * HOUR, "foule@ecole.example", "non",
                          arena_printf(arena, "198.51.100.%d", i));
            _exit(strcmp(key, "sign-in-wrong") == 0       ? 1
                  : strcmp(key, "sign-in-throttled") == 0 ? 0
                                                          : 2);
        }
    while (wait(&status) > 0)
        looked += WIFEXITED(status) ? WEXITSTATUS(status) : 100;
    return looked;
}

static void test_crowd(void)
{
    int looked = looked_at(16);

    OK(looked <= 5, "of sixteen tries at once at most five reach the password");
    printf("# %d did\n", looked);
}

static enum err check(struct exchange *x, const char *field, enum http_guard guard)
{
    struct http_pair pair = {"csrf", field};

    x->request->fields = (struct http_pairs){&pair, field ? 1 : 0};
    return http_csrf_check(x, guard);
}

static void test_csrf_of_session(struct arena *arena)
{
    struct exchange *x = request_at(arena, NOON + 72 * HOUR, sign_in(arena, NOON + 72 * HOUR, ""));
    char *other;

    http_session_load(x);
    IS_STR(http_csrf(x), x->session->csrf, "forms carry the session's token");
    OK(check(x, http_csrf(x), HTTP_MEMBER) == ERR_OK, "a form with the token is taken");
    OK(check(x, NULL, HTTP_MEMBER) == ERR_FORBIDDEN, "a form without is refused");
    other = arena_strdup(arena, http_csrf(x));
    other[42] = other[42] == 'A' ? 'E' : 'A';
    OK(check(x, other, HTTP_MEMBER) == ERR_FORBIDDEN, "a form with another is refused");
    x->request->origin = "https://paraphe.example";
    x->request->fetch_site = "same-origin";
    OK(check(x, http_csrf(x), HTTP_MEMBER) == ERR_OK, "a form of this site's origin is taken");
    x->request->origin = "https://elsewhere.example";
    OK(check(x, http_csrf(x), HTTP_MEMBER) == ERR_FORBIDDEN, "one of another origin is refused");
    x->request->origin = "null";
    OK(check(x, http_csrf(x), HTTP_MEMBER) == ERR_FORBIDDEN, "one of a hidden origin is refused");
    x->request->origin = "";
    x->request->fetch_site = "same-site";
    OK(check(x, http_csrf(x), HTTP_MEMBER) == ERR_FORBIDDEN,
       "one that the browser calls another site's is refused");
}

static void test_csrf_of_nobody(struct arena *arena)
{
    struct exchange *x = request_at(arena, NOON, "");
    const char *token = http_csrf(x), *cookie = cookie_set(x, "__Host-csrf=");

    IS_STR(http_csrf(x), token, "a request without session has one token");
    IS_STR(cookie, arena_printf(arena, "__Host-csrf=%s", token), "which the cookie holds too");
    x = request_at(arena, NOON, cookie);
    IS_STR(http_csrf(x), token, "the browser keeps it");
    IS_STR(cookie_set(x, "__Host-csrf="), "", "so that the cookie is not set again");
    OK(check(x, token, HTTP_PUBLIC) == ERR_OK, "a form with the cookie's token is taken");
    OK(check(x, token, HTTP_SIGNED_IN) == ERR_FORBIDDEN, "but only where everybody may");
    x->request->origin = "null";
    x->request->fetch_site = "same-origin";
    OK(check(x, token, HTTP_PUBLIC) == ERR_OK, "so is one of a page that sends no referrer");
    x->request->fetch_site = "cross-site";
    OK(check(x, token, HTTP_PUBLIC) == ERR_FORBIDDEN, "but not from a frame of another site's");
    OK(check(request_at(arena, NOON, ""), token, HTTP_PUBLIC) == ERR_FORBIDDEN,
       "a token without its cookie is refused");
}

int main(void)
{
    struct arena *arena = arena_new((size_t)32 * 1024 * 1024);
    size_t applied;

    settings = database_settings();
    settings.base_url = "https://base.example";
    if (db_open(arena, &settings, &db) != ERR_OK ||
        db_migrate(db, arena, PARAPHE_SOURCE "/sql/migrations", &applied) != ERR_OK)
        database_give_up(err_last()->detail);
    add_establishment(arena);
    test_passwords(arena);
    test_session(arena);
    test_expiry(arena);
    test_disabled(arena);
    test_throttle(arena);
    test_crowd();
    test_csrf_of_session(arena);
    test_csrf_of_nobody(arena);
    arena_free(arena);
    return tap_end();
}
