/* The clockwork: does the tasks that are due, each once, however many processes and machines have
 * a clockwork.
 *
 * A task is claimed for TASK_LEASE seconds, and again at each of its steps; while it is, nobody
 * else takes it. Done, it waits for its next hour or day; what was missed while nothing ran is done
 * once, at the next start. Failed, it is tried again after TASK_RETRY seconds, longer each time up
 * to an hour. */
#ifndef PARAPHE_TASKS_CLOCKWORK_H
#define PARAPHE_TASKS_CLOCKWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/settings.h"
#include "db/db.h"
#include "tasks/tasks.h"

#define TASK_LEASE 600
#define TASK_RETRY 60

struct clockwork {
    struct db *db;
    struct arena *arena; /* of the step at hand: it is reset before each */
    const struct settings *settings;
    const struct views *views;
    const struct task *tasks;  /* tasks, or a test's own */
    const char *runner;        /* this process's name, unlike every other's */
    int64_t (*now)(void);      /* clock_now, or a test's own */
    bool (*ending)(void *arg); /* asked between steps; NULL: it never ends early */
    void *arg;                 /* for ending */
};

/* When that task is due next after that instant. */
int64_t task_next(const struct task *task, int64_t after);

/* Puts into the database what tasks it does not have yet, to be done when they are next due. To be
 * called before the others. */
enum err clockwork_register(const struct clockwork *work);

/* Does every task that is due to its end. *count of those it did, failed ones too: what failed is
 * logged and kept in the database. Fails where the database does. */
enum err clockwork_run(const struct clockwork *work, unsigned *count);

/* Makes one task due at once. ERR_NOT_FOUND "task-unknown"; ERR_CONFLICT "task-busy" where somebody
 * is at it. */
enum err clockwork_hasten(const struct clockwork *work, const char *name);

/* Works until SIGTERM or SIGINT, or until the parent process has ended; the step at hand is
 * finished first. To be called in a process of its own, which has no database connection yet.
 * Returns the exit status. */
int clockwork_process(const struct settings *settings, const struct views *views);

#endif
