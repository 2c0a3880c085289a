#include "http/master.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "http/children.h"
#include "http/notify.h"

#define BACKLOG 512
#define PROGRAM_MEMORY ((size_t)64 * 1024 * 1024) /* of settings, views and sentences */

/* Reads everything; where that fails the reason is logged, and there is nothing to free. */
static enum err load(const struct master *master, struct master_program **program)
{
    struct arena *arena = arena_new(PROGRAM_MEMORY);
    struct master_program *new = ARENA_NEW(arena, struct master_program);
    enum err err = settings_read(arena, master->config, &new->settings);

    if (err == ERR_OK)
        err = master->load(arena, new);
    if (err != ERR_OK) {
        log_failure("reading configuration, views and statements");
        arena_free(arena);
        return err;
    }
    new->arena = arena;
    *program = new;
    return ERR_OK;
}

enum err master_check(const struct master *master)
{
    struct master_program *program;

    ERR_TRY(load(master, &program));
    arena_free(program->arena);
    return ERR_OK;
}

static bool somebody_listens(const struct sockaddr_un *address)
{
    int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool yes =
        client >= 0 && connect(client, (const struct sockaddr *)address, sizeof *address) == 0;

    if (client >= 0)
        close(client);
    return yes;
}

/* Listens on the unix socket at path, for the owner and the group alone; -1, logged, where that
 * cannot be. A socket that a dead master left behind is replaced. */
static int listen_at(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    mode_t mask;
    int listening, bound;

    if (strlen(path) >= sizeof address.sun_path) {
        log_write(LOG_ERROR, "listen: the path of the socket is too long: %s", path);
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    if (somebody_listens(&address)) {
        log_write(LOG_ERROR, "another paraphed listens on %s", path);
        return -1;
    }
    listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    unlink(path);
    mask = umask(0117);
    bound = bind(listening, (struct sockaddr *)&address, sizeof address);
    umask(mask);
    if (bound != 0 || listen(listening, BACKLOG) != 0) {
        log_write(LOG_ERROR, "cannot listen on %s: %s", path, strerror(errno));
        close(listening);
        return -1;
    }
    return listening;
}

static void block_signals(sigset_t *signals)
{
    sigemptyset(signals);
    sigaddset(signals, SIGTERM);
    sigaddset(signals, SIGINT);
    sigaddset(signals, SIGHUP);
    sigaddset(signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, signals, NULL);
}

static void reload(const struct master *master, struct master_program **program,
                   struct children *children)
{
    struct master_program *new;

    log_write(LOG_INFO, "reading everything again");
    notify_service_manager("RELOADING=1");
    if (load(master, &new) == ERR_OK) {
        children_want(children, new);
        arena_free((*program)->arena);
        *program = new;
    } else {
        log_write(LOG_ERROR, "nothing was changed");
    }
    notify_service_manager("READY=1");
}

/* Waits for a signal, or until a child is due. Returns the signal, or 0. */
static int wait_for_signal(const sigset_t *signals, int milliseconds)
{
    struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    int got = milliseconds < 0 ? sigwaitinfo(signals, NULL) : sigtimedwait(signals, NULL, &time);

    return got > 0 ? got : 0;
}

static void run(const struct master *master, struct master_program **program,
                struct children *children)
{
    sigset_t signals;
    int got = 0;

    block_signals(&signals);
    children_want(children, *program);
    notify_service_manager("READY=1");
    while (got != SIGTERM && got != SIGINT) {
        got = wait_for_signal(&signals, children_attend(children));
        if (got == SIGHUP)
            reload(master, program, children);
        children_reap(children);
    }
    log_write(LOG_INFO, "ending");
    notify_service_manager("STOPPING=1");
    children_end(children);
}

int master_run(const struct master *master)
{
    struct master_program *program;
    struct children *children;
    char path[sizeof(struct sockaddr_un)];
    int listening;

    if (load(master, &program) != ERR_OK)
        return 1;
    /* A reload may name another socket, but this is the one that was made. */
    snprintf(path, sizeof path, "%s", program->settings.listen);
    listening = listen_at(path);
    if (listening < 0) {
        arena_free(program->arena);
        return 1;
    }
    children = children_new(master, listening);
    run(master, &program, children);
    unlink(path);
    close(listening);
    children_free(children);
    arena_free(program->arena);
    return 0;
}
