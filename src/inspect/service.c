#include "inspect/service.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "inspect/confined.h"
#include "inspect/protocol.h"

#define SECOND ((int64_t)1000000)

/* Connections that wait for their turn; a client waits in connect where there are more. */
#define BACKLOG 64

struct child {
    pid_t pid;
    int connection; /* kept to tell the client how the child died */
    int64_t deadline;
    bool killed;
};

struct state {
    const struct service *service;
    struct child children[SERVICE_AT_ONCE_MAX];
    unsigned count;
    int listening; /* -1 once there shall be no more */
    int signals;
};

/* The socket takes its name only when it listens: who finds it is heard. */
static enum err listen_at(const char *path, int *listening)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    mode_t before;
    int length, result;

    length = snprintf(address.sun_path, sizeof address.sun_path, "%s.new", path);
    if (length < 0 || (size_t)length >= sizeof address.sun_path)
        return err_raise(ERR_INVALID, NULL, "the socket's path is too long");
    *listening = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*listening < 0)
        return err_raise(ERR_UNAVAILABLE, NULL, "socket: %s", strerror(errno));
    unlink(address.sun_path);
    before = umask(0177);
    result = bind(*listening, (struct sockaddr *)&address, sizeof address);
    umask(before);
    if (result != 0 || listen(*listening, BACKLOG) != 0 || rename(address.sun_path, path) != 0)
        return err_raise(ERR_UNAVAILABLE, NULL, "%s: %s", path, strerror(errno));
    return ERR_OK;
}

static enum err take_signals(int *signals)
{
    sigset_t taken;

    sigemptyset(&taken);
    sigaddset(&taken, SIGCHLD);
    sigaddset(&taken, SIGTERM);
    sigaddset(&taken, SIGINT);
    signal(SIGPIPE, SIG_IGN);
    if (sigprocmask(SIG_BLOCK, &taken, NULL) != 0)
        return err_raise(ERR_UNAVAILABLE, NULL, "sigprocmask: %s", strerror(errno));
    *signals = signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
    if (*signals < 0)
        return err_raise(ERR_UNAVAILABLE, NULL, "signalfd: %s", strerror(errno));
    return ERR_OK;
}

static void start_child(struct state *state)
{
    int connection = accept4(state->listening, NULL, NULL, SOCK_CLOEXEC);
    pid_t pid;

    if (connection < 0)
        return; /* the client has given up, or there are no descriptors: it comes again */
    /* Before there is a child that might answer first. */
    wire_send(connection, &(struct wire_message){.kind = WIRE_READY, .descriptor = -1}, 1);
    pid = confined_start(connection, true, state->service->trust);
    if (pid < 0) {
        log_write(LOG_ERROR, "inspector: fork: %s", strerror(errno));
        close(connection);
        return;
    }
    state->children[state->count++] = (struct child){
        .pid = pid,
        .connection = connection,
        .deadline = clock_monotonic_us() + INSPECT_SECONDS * SECOND,
    };
}

/* Tells the client that there will be no answer, if it still waits. */
static void tell_death(const struct child *child, int status)
{
    enum inspect_failure failure;

    if (!confined_failed(status, child->killed, &failure))
        return;
    if (WIFSIGNALED(status))
        log_write(LOG_WARNING, "inspector: an inspection ended by signal %d%s", WTERMSIG(status),
                  child->killed ? ", at its deadline" : "");
    else
        log_write(LOG_WARNING, "inspector: an inspection ended with status %d",
                  WEXITSTATUS(status));
    wire_send(child->connection,
              &(struct wire_message){
                  .kind = WIRE_FAILURE, .arguments = {(uint32_t)failure}, .descriptor = -1},
              1); /* a deadline long past: never waits */
}

static void bury_children(struct state *state)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (unsigned i = 0; i < state->count; i++)
            if (state->children[i].pid == pid) {
                tell_death(&state->children[i], status);
                close(state->children[i].connection);
                state->children[i] = state->children[--state->count];
                break;
            }
}

static void hear_signals(struct state *state)
{
    struct signalfd_siginfo heard;

    while (read(state->signals, &heard, sizeof heard) == (ssize_t)sizeof heard)
        if (heard.ssi_signo != SIGCHLD && state->listening >= 0) {
            close(state->listening);
            state->listening = -1;
        }
    bury_children(state);
}

/* Kills who is past the deadline; milliseconds until the next one is, or -1. */
static int keep_deadlines(struct state *state)
{
    int64_t now = clock_monotonic_us(), next = -1;

    for (unsigned i = 0; i < state->count; i++) {
        struct child *child = &state->children[i];
        int64_t left = child->deadline - now;
        if (child->killed)
            continue;
        if (left <= 0) {
            kill(child->pid, SIGKILL);
            child->killed = true;
        } else if (next < 0 || left < next) {
            next = left;
        }
    }
    return next < 0 ? -1 : (int)(next / 1000) + 1;
}

enum err service_run(const struct service *service)
{
    struct state state = {.service = service, .listening = -1};

    ERR_TRY(listen_at(service->socket, &state.listening));
    ERR_TRY(take_signals(&state.signals));
    log_write(LOG_INFO, "inspector: ready, %u at once", service->at_once);
    while (state.listening >= 0 || state.count > 0) {
        bool room = state.listening >= 0 && state.count < service->at_once;
        struct pollfd what[] = {{.fd = state.signals, .events = POLLIN},
                                {.fd = room ? state.listening : -1, .events = POLLIN}};
        int timeout = keep_deadlines(&state);

        if (poll(what, 2, timeout) < 0 && errno != EINTR) {
            log_write(LOG_ERROR, "inspector: poll: %s", strerror(errno));
            break;
        }
        if (what[0].revents)
            hear_signals(&state);
        if (what[1].revents && state.listening >= 0)
            start_child(&state);
    }
    unlink(service->socket);
    return ERR_OK;
}
