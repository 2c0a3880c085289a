/* paraphed: the web application, a FastCGI server behind nginx.
 *
 *     paraphed [--config FILE]           serves until SIGTERM; SIGHUP reads everything again
 *     paraphed --check [--config FILE]   says whether a start would succeed
 *     paraphed --version
 *
 * conf/paraphe.conf explains the configuration, src/http/master.h what the processes are. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "calendar/holidays.h"
#include "db/db.h"
#include "http/master.h"
#include "http/sentences.h"
#include "http/serve.h"
#include "mail/mail.h"
#include "mail/mailer.h"
#include "pages/bindings.h"
#include "pages/frame.h"
#include "pages/routes.h"
#include "pdf/text_view.h"
#include "tasks/clockwork.h"
#include "view/page.h"

#define DATABASE_MEMORY ((size_t)16 * 1024 * 1024)

/* What is read at start beside the settings. */
struct shared {
    struct views *views;
    const struct http_sentences *sentences;
    const struct calendar_holidays *holidays;
};

static const struct view_binding *const bindings[] = {view_page_bindings, page_bindings,
                                                      mail_bindings, pdf_text_bindings, NULL};

static enum err set_log_level(const char *word)
{
    static const char *const words[] = {"debug", "info", "warning", "error"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(word, words[i]) == 0) {
            log_open("paraphed", (enum log_level)i);
            return ERR_OK;
        }
    return err_raise(ERR_INVALID, "settings", "log_level is debug, info, warning or error");
}

/* Whether every statement fits the database's schema; the connection is gone before any fork. */
static enum err check_database(const struct settings *settings)
{
    struct arena *arena = arena_new(DATABASE_MEMORY);
    struct db *db;
    enum err err = db_open(arena, settings, &db);

    if (err == ERR_OK)
        err = db_check_statements(db);
    arena_free(arena);
    return err;
}

static void free_views(void *views)
{
    views_free(views);
}

static enum err load(struct arena *arena, struct master_program *program)
{
    const struct settings *settings = &program->settings;
    struct shared *shared = ARENA_NEW(arena, struct shared);

    ERR_TRY(set_log_level(settings->log_level));
    ERR_TRY(views_load(settings->views, bindings, &shared->views));
    arena_on_reset(arena, free_views, shared->views);
    ERR_TRY(http_sentences_read(arena, arena_printf(arena, "%s/errors.txt", settings->views),
                                &shared->sentences));
    ERR_TRY(calendar_holidays_read(arena, settings->school_holidays, &shared->holidays));
    program->shared = shared;
    return check_database(settings);
}

static unsigned one(const struct settings *settings)
{
    (void)settings;
    return 1;
}

static unsigned workers(const struct settings *settings)
{
    return settings->workers;
}

static int run_web(const struct master_program *program, int listening)
{
    const struct shared *shared = program->shared;
    struct arena *arena = arena_new(0);
    struct http_site site = {
        .settings = &program->settings,
        .views = shared->views,
        .sentences = shared->sentences,
        .holidays = shared->holidays,
        .routes = page_routes,
        .route_count = page_count,
        .sign_in = page_url(arena, at_sign_in),
        .frame = page_frame,
    };
    int status = http_serve(&site, listening);

    arena_free(arena);
    return status;
}

static int run_mailer(const struct master_program *program, int listening)
{
    const struct shared *shared = program->shared;

    (void)listening;
    return mail_run(&program->settings, shared->views, shared->sentences);
}

static int run_clockwork(const struct master_program *program, int listening)
{
    const struct shared *shared = program->shared;

    (void)listening;
    return clockwork_process(&program->settings, shared->views);
}

/* The one program that opens uploaded files: it inherits no descriptor but the log, and no
 * environment. */
static int run_inspector(const struct master_program *program, int listening)
{
    const struct settings *settings = &program->settings;
    struct arena *arena = arena_new(0);
    char *const environment[] = {NULL};
    char *arguments[] = {arena_strdup(arena, settings->inspect_program),
                         arena_strdup(arena, "--serve"),
                         arena_strdup(arena, settings->inspect_socket),
                         arena_strdup(arena, "--at-once"),
                         arena_printf(arena, "%u", settings->inspect_at_once),
                         arena_strdup(arena, "--trust"),
                         arena_strdup(arena, settings->trust_dir),
                         NULL};

    if (!settings->trust_dir[0])
        arguments[5] = NULL; /* the list ends before --trust */
    (void)listening;
    close_range(STDERR_FILENO + 1, ~0u, 0);
    execve(settings->inspect_program, arguments, environment);
    log_write(LOG_ERROR, "%s cannot be run: %s", settings->inspect_program, strerror(errno));
    arena_free(arena);
    return 1;
}

/* It has neither views nor the database; to read other trust anchors it is started anew. */
static bool same_inspector(const struct settings *before, const struct settings *now)
{
    return strcmp(before->inspect_program, now->inspect_program) == 0 &&
           strcmp(before->inspect_socket, now->inspect_socket) == 0 &&
           strcmp(before->trust_dir, now->trust_dir) == 0 &&
           before->inspect_at_once == now->inspect_at_once;
}

static const struct master_role roles[] = {
    {"inspector", true, same_inspector, one, run_inspector},
    {"web worker", false, NULL, workers, run_web},
    {"mailer", false, NULL, one, run_mailer},
    {"clockwork", false, NULL, one, run_clockwork},
};

static int usage(FILE *to, int status)
{
    fputs("Utilisation : paraphed [--config FICHIER] [--check | --version]\n", to);
    return status;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},
        {"check", no_argument, NULL, 'k'},
        {"version", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    struct master master = {
        .config = PARAPHE_CONFIG,
        .load = load,
        .roles = roles,
        .role_count = sizeof roles / sizeof roles[0],
    };
    bool check = false;
    int option;

    opterr = 0; /* the usage is told in French */
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'h')
            return usage(stdout, 0);
        if (option == 'v')
            return puts("paraphed " PACKAGE_VERSION) < 0;
        if (option == 'c')
            master.config = optarg;
        else if (option == 'k')
            check = true;
        else
            return usage(stderr, 2);
    }
    if (optind < argc)
        return usage(stderr, 2);
    log_open("paraphed", LOG_INFO);
    clock_open();
    if (!check)
        return master_run(&master);
    if (master_check(&master) != ERR_OK)
        return 1;
    puts("Configuration, vues et base de données : tout est en ordre.");
    return 0;
}
