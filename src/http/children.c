#include "http/children.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

#define SLOTS_MOST 1024
#define SECOND ((int64_t)1000000) /* in microseconds, as clock_monotonic_us counts */
#define FIRST_PAUSE (SECOND / 2)
#define LONGEST_PAUSE (30 * SECOND)
#define SETTLED (10 * SECOND) /* who lived that long did not fail at its start */
#define GRACE (65 * SECOND)   /* to end the request at hand; a little more than it may take */

/* A place for one child. */
struct slot {
    const struct master_role *role; /* NULL: free */
    const struct master_program *program;
    pid_t pid;         /* 0: not running */
    bool leaving;      /* not to be replaced */
    bool told;         /* SIGTERM was sent */
    int64_t since;     /* when it was started, or told to leave */
    int64_t due;       /* not to be started before */
    unsigned failures; /* in a row, soon after the start */
};

struct children {
    const struct master *master;
    int listening;
    struct slot slots[SLOTS_MOST];
};

struct children *children_new(const struct master *master, int listening)
{
    struct children *children = calloc(1, sizeof *children);

    if (!children)
        abort();
    children->master = master;
    children->listening = listening;
    return children;
}

void children_free(struct children *children)
{
    free(children);
}

/* What the new process does; it frees what it has of the master's, as it ends in good order. */
static _Noreturn void run_child(struct children *children, const struct slot *slot, pid_t master)
{
    struct arena *arena = slot->program->arena;
    sigset_t none;
    int status;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    /* A child does not outlive its master, however that ended. */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != master)
        _exit(1);
    status = slot->role->run(slot->program, children->listening);
    children_free(children);
    arena_free(arena);
    exit(status);
}

static void start(struct children *children, struct slot *slot)
{
    pid_t master = getpid(), pid = fork();

    if (pid == 0)
        run_child(children, slot, master);
    slot->since = clock_monotonic_us();
    if (pid < 0) {
        log_write(LOG_ERROR, "%s cannot be started: %s", slot->role->name, strerror(errno));
        slot->due = slot->since + FIRST_PAUSE;
        return;
    }
    slot->pid = pid;
    log_write(LOG_INFO, "%s %ld started", slot->role->name, (long)pid);
}

static void tell_to_leave(struct slot *slot)
{
    slot->leaving = true;
    if (slot->told)
        return;
    slot->told = true;
    slot->since = clock_monotonic_us();
    kill(slot->pid, SIGTERM);
}

/* A service holds a name: it starts anew when its earlier children have left. */
static bool waits_for_others(const struct children *children, const struct slot *slot)
{
    if (!slot->role->service)
        return false;
    for (size_t i = 0; i < SLOTS_MOST; i++)
        if (children->slots[i].leaving && children->slots[i].role == slot->role)
            return true;
    return false;
}

static void sooner(int64_t *least, int64_t time)
{
    if (*least < 0 || time < *least)
        *least = time;
}

int children_attend(struct children *children)
{
    int64_t now = clock_monotonic_us(), next = -1;

    for (size_t i = 0; i < SLOTS_MOST; i++) {
        struct slot *slot = &children->slots[i];
        if (!slot->role || (slot->pid == 0 && waits_for_others(children, slot)))
            continue;
        if (slot->pid == 0 && slot->due <= now)
            start(children, slot);
        if (slot->pid == 0)
            sooner(&next, slot->due - now);
        else if (slot->told && now - slot->since >= GRACE)
            kill(slot->pid, SIGKILL);
        else if (slot->told)
            sooner(&next, slot->since + GRACE - now);
    }
    return next < 0 ? -1 : (int)(next / 1000) + 1;
}

static void add(struct children *children, const struct master_role *role,
                const struct master_program *program)
{
    for (size_t i = 0; i < SLOTS_MOST; i++)
        if (!children->slots[i].role) {
            children->slots[i] = (struct slot){.role = role, .program = program};
            return;
        }
    log_write(LOG_ERROR, "no place for another %s", role->name);
}

/* Whether a child serves the new program as well as the one it was started for. */
static bool stays(const struct slot *slot, const struct master_program *program)
{
    return !slot->leaving && slot->role->unchanged &&
           slot->role->unchanged(&slot->program->settings, &program->settings);
}

static void sort_out(struct slot *slot, const struct master_program *program)
{
    if (slot->pid == 0)
        *slot = (struct slot){0};
    else if (stays(slot, program))
        slot->program = program;
    else
        slot->leaving = true;
}

static unsigned staying(const struct children *children, const struct master_role *role)
{
    unsigned count = 0;

    for (size_t i = 0; i < SLOTS_MOST; i++)
        count += children->slots[i].role == role && !children->slots[i].leaving;
    return count;
}

void children_want(struct children *children, const struct master_program *program)
{
    const struct master *master = children->master;

    for (size_t i = 0; i < SLOTS_MOST; i++)
        sort_out(&children->slots[i], program);
    for (size_t i = 0; i < master->role_count; i++) {
        const struct master_role *role = &master->roles[i];
        for (unsigned n = staying(children, role); n < role->count(&program->settings); n++)
            add(children, role, program);
    }
    /* The new ones are there before the old ones are told, so that somebody always listens. */
    children_attend(children);
    for (size_t i = 0; i < SLOTS_MOST; i++)
        if (children->slots[i].leaving)
            tell_to_leave(&children->slots[i]);
}

static void log_end(const struct slot *slot, int status)
{
    enum log_level level = slot->leaving ? LOG_INFO : LOG_ERROR;

    if (WIFSIGNALED(status))
        log_write(level, "%s %ld ended by signal %d", slot->role->name, (long)slot->pid,
                  WTERMSIG(status));
    else
        log_write(level, "%s %ld ended with status %d", slot->role->name, (long)slot->pid,
                  WEXITSTATUS(status));
}

/* Replaced at once the first time, then after ever longer pauses. */
static void note_end(struct slot *slot, int status)
{
    int64_t now = clock_monotonic_us(), pause = 0;

    log_end(slot, status);
    if (slot->leaving) {
        *slot = (struct slot){0};
        return;
    }
    slot->failures = now - slot->since < SETTLED ? slot->failures + 1 : 0;
    if (slot->failures > 1)
        pause = FIRST_PAUSE << (slot->failures < 10 ? slot->failures - 2 : 8);
    slot->due = now + (pause > LONGEST_PAUSE ? LONGEST_PAUSE : pause);
    slot->pid = 0;
}

void children_reap(struct children *children)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (size_t i = 0; i < SLOTS_MOST; i++)
            if (children->slots[i].role && children->slots[i].pid == pid) {
                note_end(&children->slots[i], status);
                break;
            }
}

/* Tells all of the one kind to leave; whether some are still there. */
static bool end_kind(struct children *children, bool service)
{
    bool some = false;

    for (size_t i = 0; i < SLOTS_MOST; i++) {
        struct slot *slot = &children->slots[i];
        if (!slot->role || slot->role->service != service)
            continue;
        if (slot->pid == 0) {
            *slot = (struct slot){0};
            continue;
        }
        tell_to_leave(slot);
        if (clock_monotonic_us() - slot->since >= GRACE)
            kill(slot->pid, SIGKILL);
        some = true;
    }
    return some;
}

static void end_and_wait(struct children *children, bool service)
{
    const struct timespec a_second = {1, 0};
    sigset_t child_ended;

    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    while (end_kind(children, service)) {
        sigtimedwait(&child_ended, NULL, &a_second);
        children_reap(children);
    }
}

void children_end(struct children *children)
{
    end_and_wait(children, false);
    end_and_wait(children, true);
}
