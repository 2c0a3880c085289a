#include "http/serve.h"

#include <errno.h>
#include <fcgiapp.h>
#include <limits.h>
#include <malloc.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/log.h"
#include "db/db.h"
#include "http/cache.h"
#include "http/private.h"

/* An upload is in memory once as it came, and once more in the parts that go to the database. */
#define REQUEST_MEMORY ((size_t)64 * 1024 * 1024)

/* What lives as long as the worker: the connection and its prepared statements. */
#define WORKER_MEMORY ((size_t)16 * 1024 * 1024)

/* A request that takes longer hangs: the alarm ends the worker, and the master replaces it. */
#define REQUEST_SECONDS 60

/* Above this an ended request's memory is given back to the system. */
#define LARGE_REQUEST ((size_t)1024 * 1024)

struct worker {
    const struct http_site *site;
    struct arena *arena;
    struct db *db;
};

static volatile sig_atomic_t stopping;

static void stop(int signal_number)
{
    (void)signal_number;
    stopping = 1;
}

/* Large blocks are mapped, and unmapped when freed: a password check or an upload leaves the
 * worker as small as before. A fixed threshold, since the C library would raise it. */
static void keep_memory_low(void)
{
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    mallopt(M_TRIM_THRESHOLD, 256 * 1024);
}

static const char *parameter(const void *from, const char *name)
{
    const FCGX_Request *fcgi = from;

    return FCGX_GetParam(name, fcgi->envp);
}

static size_t read_body(void *from, void *place, size_t size)
{
    FCGX_Request *fcgi = from;
    int got = FCGX_GetStr(place, size > INT_MAX ? INT_MAX : (int)size, fcgi->in);

    return got > 0 ? (size_t)got : 0;
}

/* The web server's own ID, so that its log and ours can be read together, or a new one. */
static const char *request_id(struct arena *arena, const FCGX_Request *fcgi)
{
    const char *given = FCGX_GetParam("REQUEST_ID", fcgi->envp);
    unsigned char random[8];

    if (given && strlen(given) >= 16 && strlen(given) <= 32 &&
        strspn(given, "0123456789abcdef") == strlen(given))
        return arena_strdup(arena, given);
    crypto_random(random, sizeof random);
    return crypto_hex(arena, (struct bytes){random, sizeof random});
}

static struct exchange *begin(struct worker *worker, const FCGX_Request *fcgi)
{
    struct exchange *x = ARENA_NEW(worker->arena, struct exchange);

    *x = (struct exchange){
        .arena = worker->arena,
        .request = ARENA_NEW(worker->arena, struct http_request),
        .response = ARENA_NEW(worker->arena, struct http_response),
        .db = worker->db,
        .settings = worker->site->settings,
        .views = worker->site->views,
        .site = worker->site,
        .now = clock_now(),
        .request_id = request_id(worker->arena, fcgi),
    };
    log_request(x->request_id);
    http_response_begin(x->response, worker->arena);
    return x;
}

static void put(FCGX_Stream *out, struct bytes bytes)
{
    while (bytes.length > 0) {
        int length = bytes.length > INT_MAX ? INT_MAX : (int)bytes.length;
        if (FCGX_PutStr((const char *)bytes.data, length, out) < 0)
            return; /* the client is gone */
        bytes.data += length;
        bytes.length -= (size_t)length;
    }
}

static void send_response(struct exchange *x, FCGX_Request *fcgi)
{
    put(fcgi->out, http_response_head(x->response));
    if (!x->request->head)
        put(fcgi->out, x->response->body);
}

static void answer(struct worker *worker, FCGX_Request *fcgi)
{
    struct exchange *x = begin(worker, fcgi);

    if (http_request_read(x->arena, parameter, fcgi, x->request) == ERR_OK)
        http_handle(x, read_body, fcgi);
    else
        http_error(x);
    send_response(x, fcgi);
}

/* The memory of the request ran out: what it had is gone, and it gets the one 503. */
static void answer_exhausted(struct worker *worker, FCGX_Request *fcgi)
{
    struct exchange *x;

    db_rollback(worker->db);
    arena_reset(worker->arena);
    x = begin(worker, fcgi);
    err_raise(ERR_UNAVAILABLE, "http-out-of-memory", "more than %zu bytes", REQUEST_MEMORY);
    http_error(x);
    send_response(x, fcgi);
}

static void answer_safely(struct worker *worker, FCGX_Request *fcgi)
{
    jmp_buf out_of_memory;

    err_clear();
    if (setjmp(out_of_memory) == 0) {
        arena_catch(worker->arena, &out_of_memory);
        answer(worker, fcgi);
        arena_catch(worker->arena, NULL);
    } else {
        arena_catch(worker->arena, NULL);
        answer_exhausted(worker, fcgi);
    }
}

static void serve_one(struct worker *worker, FCGX_Request *fcgi)
{
    size_t used;

    alarm(REQUEST_SECONDS);
    answer_safely(worker, fcgi);
    FCGX_Finish_r(fcgi);
    alarm(0);
    db_rollback(worker->db);
    used = arena_used(worker->arena);
    arena_reset(worker->arena);
    if (used > LARGE_REQUEST)
        malloc_trim(0);
    log_request(NULL);
}

/* SIGTERM is blocked except while waiting, so that it never cuts a request. */
static void wait_for_connection(int listening, const sigset_t *unblocked)
{
    struct pollfd waiting = {.fd = listening, .events = POLLIN};

    if (ppoll(&waiting, 1, NULL, unblocked) < 0 && errno != EINTR) {
        log_write(LOG_ERROR, "waiting for connections: %s", strerror(errno));
        stopping = 1;
    }
}

static void prepare_signals(sigset_t *unblocked)
{
    struct sigaction on_stop = {.sa_handler = stop};
    sigset_t blocked;

    sigemptyset(&on_stop.sa_mask);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, unblocked);
    sigdelset(unblocked, SIGTERM);
    sigaction(SIGTERM, &on_stop, NULL);
}

int http_serve(const struct http_site *site, int listening)
{
    struct worker worker = {.site = site};
    struct arena *lasting;
    FCGX_Request fcgi;
    sigset_t unblocked;

    prepare_signals(&unblocked);
    keep_memory_low();
    if (FCGX_Init() != 0 || FCGX_InitRequest(&fcgi, listening, 0) != 0) {
        log_write(LOG_ERROR, "libfcgi cannot be set up");
        return 1;
    }
    lasting = arena_new(WORKER_MEMORY);
    worker.arena = arena_new(REQUEST_MEMORY);
    /* Without a database every request is answered 503, until it comes back. */
    if (db_open(lasting, site->settings, &worker.db) != ERR_OK)
        log_failure("opening the database");
    http_cache_follow(worker.db);
    while (!stopping) {
        wait_for_connection(listening, &unblocked);
        if (!stopping && FCGX_Accept_r(&fcgi) == 0)
            serve_one(&worker, &fcgi);
    }
    FCGX_Free(&fcgi, 1);
    arena_free(worker.arena);
    arena_free(lasting);
    return 0;
}
