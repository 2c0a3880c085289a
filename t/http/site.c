/* A site of the test's own on the real master and workers, for t/http/serve.t:
 *
 *     site --config FILE --prepare   makes the schema and one account
 *     site --config FILE             serves */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/log.h"
#include "db/migrate.h"
#include "db/statements.h"
#include "http/form.h"
#include "http/master.h"
#include "http/password.h"
#include "http/sentences.h"
#include "http/serve.h"
#include "view/page.h"

struct shared {
    struct views *views;
    const struct http_sentences *sentences;
};

static enum err say(struct exchange *x, const char *text)
{
    x->response->status = 200;
    x->response->body = bytes_of(text);
    return http_response_header(x->response, "Content-Type", "text/plain; charset=utf-8");
}

static enum err page_home(struct exchange *x)
{
    return say(x, arena_printf(x->arena, "%ld %s", (long)getpid(), x->settings->mail_from));
}

/* ms: how long to take */
static enum err page_slow(struct exchange *x)
{
    uint64_t ms = http_query_number(x, "ms", 0, 60000, 0);
    struct timespec time = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};

    nanosleep(&time, NULL);
    return page_home(x);
}

static enum err page_crash(struct exchange *x)
{
    (void)x;
    kill(getpid(), SIGKILL);
    return ERR_OK;
}

static enum err exhaust(void *arg)
{
    struct exchange *x = arg;
    struct session_delete_expired_in in = {0};

    ERR_TRY(db_session_delete_expired(x->db, x->arena, &in, NULL));
    for (;;)
        arena_alloc(x->arena, 1024 * 1024);
}

/* Runs out of memory within a transaction. */
static enum err page_exhaust(struct exchange *x)
{
    return db_transaction(x->db, exhaust, x);
}

static enum err page_conflict(struct exchange *x)
{
    http_response_header(x->response, "X-Half", "yes");
    return err_raise(ERR_CONFLICT, NULL, "as the test wants it");
}

/* Shows a fault on a page of its own. */
static enum err page_shown(struct exchange *x)
{
    err_raise(ERR_UNAVAILABLE, NULL, "what the log must tell");
    ERR_TRY(say(x, "plus tard"));
    x->response->status = 503;
    return ERR_OK;
}

static enum err page_silent(struct exchange *x)
{
    (void)x;
    return ERR_OK;
}

static enum err page_token(struct exchange *x)
{
    return say(x, http_csrf(x));
}

static enum err page_number(struct exchange *x)
{
    return say(x, arena_printf(x->arena, "%llu", (unsigned long long)http_id(x, 0)));
}

static enum err page_file(struct exchange *x)
{
    return http_download(
        x, &(struct http_file_out){"Élève.txt", "text/plain", bytes_of("été"), false});
}

#define UPLOAD_FORM(FIELD)                        \
    FIELD(LINE, note, FORM_REQUIRED, 0, 20, NULL) \
    FIELD(FILE, file, FORM_REQUIRED, 0, 0, NULL)
FORM_DECLARE(upload_form, UPLOAD_FORM)

static enum err page_upload(struct exchange *x)
{
    unsigned char digest[CRYPTO_SHA256_SIZE];
    struct upload_form form;

    FORM_READ(x, upload_form, &form);
    if (!FORM_GOOD(&form))
        return err_raise(ERR_INVALID, form.file.error ? form.file.error : form.note.error, "form");
    crypto_sha256(form.file.file->content, digest);
    return say(x, arena_printf(x->arena, "%s %s %zu %s", form.note.text, form.file.file->name,
                               form.file.file->content.length,
                               crypto_hex(x->arena, (struct bytes){digest, sizeof digest})));
}

static enum err page_sign_in(struct exchange *x)
{
    ERR_TRY(http_sign_in(x, http_field(x->request, "email"), http_field(x->request, "password"),
                         &(bool){false}));
    return http_redirect(x, "/membre");
}

static enum err page_sign_out(struct exchange *x)
{
    ERR_TRY(http_sign_out(x));
    return http_redirect(x, "/");
}

static enum err page_member(struct exchange *x)
{
    return say(x, x->session->name);
}

static const struct http_route routes[] = {
    {"home", HTTP_GET, "/", HTTP_PUBLIC, page_home},
    {"slow", HTTP_GET, "/lent", HTTP_PUBLIC, page_slow},
    {"crash", HTTP_GET, "/tombe", HTTP_PUBLIC, page_crash},
    {"exhaust", HTTP_GET, "/memoire", HTTP_PUBLIC, page_exhaust},
    {"conflict", HTTP_GET, "/conflit", HTTP_PUBLIC, page_conflict},
    {"shown", HTTP_GET, "/montre", HTTP_PUBLIC, page_shown},
    {"silent", HTTP_GET, "/muet", HTTP_PUBLIC, page_silent},
    {"number", HTTP_GET, "/nombre/{id}", HTTP_PUBLIC, page_number},
    {"file", HTTP_GET, "/fichier", HTTP_PUBLIC, page_file},
    {"token", HTTP_GET, "/connexion", HTTP_PUBLIC, page_token},
    {"sign_in", HTTP_POST, "/connexion", HTTP_PUBLIC, page_sign_in},
    {"sign_out", HTTP_POST, "/deconnexion", HTTP_SIGNED_IN, page_sign_out},
    {"upload", HTTP_POST, "/depot", HTTP_PUBLIC, page_upload},
    {"member", HTTP_GET, "/membre", HTTP_MEMBER, page_member},
    {"operator", HTTP_GET, "/operateur", HTTP_OPERATOR, page_member},
};

static const struct view_binding error_binding[] = {{"error.html", &view_error_type}, {NULL, NULL}};
static const struct view_binding *const bindings[] = {error_binding, NULL};

static void free_views(void *views)
{
    views_free(views);
}

static enum err load(struct arena *arena, struct master_program *program)
{
    struct shared *shared = ARENA_NEW(arena, struct shared);

    ERR_TRY(views_load(program->settings.views, bindings, &shared->views));
    arena_on_reset(arena, free_views, shared->views);
    program->shared = shared;
    return http_sentences_read(arena, PARAPHE_SOURCE "/views/errors.txt", &shared->sentences);
}

static int run_web(const struct master_program *program, int listening)
{
    const struct shared *shared = program->shared;
    struct http_site site = {
        .settings = &program->settings,
        .views = shared->views,
        .sentences = shared->sentences,
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .sign_in = "/connexion",
    };

    return http_serve(&site, listening);
}

/* Fails at once: what a child looks like that cannot start. */
static int run_hopeless(const struct master_program *program, int listening)
{
    (void)program;
    (void)listening;
    return 3;
}

/* Waits to be ended. */
static int run_idle(const struct master_program *program, int listening)
{
    (void)program;
    (void)listening;
    return pause();
}

static unsigned workers(const struct settings *settings)
{
    return settings->workers;
}

static unsigned one(const struct settings *settings)
{
    (void)settings;
    return 1;
}

/* One that fails, where the configuration asks for it. */
static unsigned hopeless(const struct settings *settings)
{
    return strcmp(settings->mail_from, "sans-espoir") == 0;
}

/* The idle child is replaced where another user of the mail server is configured. */
static bool same_user(const struct settings *before, const struct settings *now)
{
    return strcmp(before->smtp_user, now->smtp_user) == 0;
}

static const struct master_role roles[] = {
    {"idle", true, same_user, one, run_idle},
    {"web worker", false, NULL, workers, run_web},
    {"hopeless", false, NULL, hopeless, run_hopeless},
};

static enum err prepare(const char *config)
{
    struct arena *arena = arena_new((size_t)16 * 1024 * 1024);
    struct settings settings;
    struct account_insert_in account = {
        .email = "op@ecole.example", .name = "Opératrice", .role = "operator", .now = 1801652400};
    struct db *db;
    size_t applied;

    ERR_TRY(settings_read(arena, config, &settings));
    ERR_TRY(db_open(arena, &settings, &db));
    ERR_TRY(db_migrate(db, arena, PARAPHE_SOURCE "/sql/migrations", &applied));
    ERR_TRY(http_password_hash(arena, "sésame", &account.password_hash));
    ERR_TRY(db_account_insert(db, arena, &account, NULL));
    arena_free(arena);
    return ERR_OK;
}

int main(int argc, char **argv)
{
    struct master master = {.load = load, .roles = roles, .role_count = 3};

    if (argc < 3)
        return 2;
    log_open("site", LOG_INFO);
    master.config = argv[2];
    if (argc == 3)
        return master_run(&master);
    if (prepare(argv[2]) == ERR_OK)
        return 0;
    log_failure("preparing");
    return 1;
}
