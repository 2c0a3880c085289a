/* Every task there is, and what they do. */
#ifndef PARAPHE_TASKS_TASKS_H
#define PARAPHE_TASKS_TASKS_H

#include "domain/context.h"

enum task_rhythm { TASK_HOURLY, TASK_DAILY };

struct task {
    const char *name; /* in the table `task`, at most 64 characters */
    const char *what; /* for the operator, in French */
    enum task_rhythm rhythm;
    int hour; /* in Paris, at which a daily one is due; an hourly one is due at each full hour */

    /* Does a part of what is due at ctx->now, in transactions of its own, a minute's work at most;
     * *done says how much. It is called until it answers 0, with an empty arena each time; an
     * error ends the task, which is tried again later. The actor is the platform. */
    enum err (*step)(struct context *ctx, uint64_t *done);
};

/* All of them, ended by one without a name. */
extern const struct task tasks[];

/* Deletes uploads and tables that nobody said a word about, and mails and events of
 * accounts older than a year. */
enum err tasks_purge(struct context *ctx, uint64_t *uploads, uint64_t *messages);

#endif
