#include "tasks/clockwork.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/resident.h"
#include "db/statements.h"
#include "http/cache.h"

#define WAKE_EVERY 20 /* seconds between looks at the tasks */
#define LASTING_MEMORY ((size_t)4 << 20)
#define STEP_MEMORY ((size_t)128 << 20)
#define LONGEST_RETRY 3600
#define LONGEST_ERROR 500

/* A task that this clockwork has claimed, or tries to. */
struct claim {
    const struct clockwork *work;
    const struct task *task;
    bool ours;
    uint32_t failures; /* before this time */
};

int64_t task_next(const struct task *task, int64_t after)
{
    switch (task->rhythm) {
    case TASK_DAILY:
        return clock_next_hour(after, task->hour);
    case TASK_HOURLY:
        break;
    }
    return clock_next_full_hour(after);
}

enum err clockwork_register(const struct clockwork *work)
{
    for (const struct task *task = work->tasks; task->name; task++) {
        enum err err = db_task_register(
            work->db, work->arena,
            &(struct task_register_in){.name = task->name, .next_at = task_next(task, work->now())},
            NULL);

        if (err != ERR_OK && err != ERR_CONFLICT) /* another machine was quicker */
            return err;
    }
    return ERR_OK;
}

static enum err try_to_claim(void *arg)
{
    struct claim *claim = arg;
    const struct clockwork *work = claim->work;
    const int64_t now = work->now();
    struct task_due_row *due;

    ERR_TRY(db_task_due(work->db, work->arena,
                        &(struct task_due_in){.name = claim->task->name, .now = now}, &due));
    claim->ours = due != NULL;
    if (!due)
        return ERR_OK;
    claim->failures = due->failures;
    return db_task_claim(work->db, work->arena,
                         &(struct task_claim_in){.name = claim->task->name,
                                                 .runner = work->runner,
                                                 .lease_ends_at = now + TASK_LEASE},
                         NULL);
}

/* Lengthens the lease; false in claim->ours where it has ended, and another has the task. */
static enum err keep(struct claim *claim)
{
    const struct clockwork *work = claim->work;
    struct db_done done;

    ERR_TRY(db_task_keep(work->db, work->arena,
                         &(struct task_keep_in){.name = claim->task->name,
                                                .runner = work->runner,
                                                .lease_ends_at = work->now() + TASK_LEASE},
                         &done));
    claim->ours = done.affected > 0;
    return ERR_OK;
}

static struct context platform(const struct clockwork *work)
{
    return (struct context){.arena = work->arena,
                            .db = work->db,
                            .settings = work->settings,
                            .views = work->views,
                            .now = work->now(),
                            .address = "",
                            .actor = {.name = "Paraphe", .establishment_name = ""}};
}

static bool must_end(const struct clockwork *work)
{
    return work->ending && work->ending(work->arg);
}

/* All steps, as long as the task is ours and the process may go on. */
static enum err carry_out(struct claim *claim, bool *whole)
{
    const struct clockwork *work = claim->work;
    uint64_t done = 1;

    *whole = false;
    while (done > 0) {
        struct context ctx;

        arena_reset(work->arena);
        ERR_TRY(keep(claim));
        if (!claim->ours || must_end(work))
            return ERR_OK;
        ctx = platform(work);
        ERR_TRY(claim->task->step(&ctx, &done));
    }
    *whole = true;
    return ERR_OK;
}

static enum err record_failure(const struct claim *claim)
{
    const struct clockwork *work = claim->work;
    const struct failure *failure = err_last();
    const char *why =
        arena_strndup(work->arena, failure->detail, strnlen(failure->detail, LONGEST_ERROR));
    int64_t wait = TASK_RETRY;

    for (uint32_t i = 0; i < claim->failures && wait < LONGEST_RETRY; i++)
        wait *= 2;
    if (wait > LONGEST_RETRY)
        wait = LONGEST_RETRY;
    log_failure(claim->task->name);
    db_rollback(work->db);
    return db_task_failed(work->db, work->arena,
                          &(struct task_failed_in){.name = claim->task->name,
                                                   .runner = work->runner,
                                                   .next_at = work->now() + wait,
                                                   .last_error = why},
                          NULL);
}

/* Gives the task back: until its next time, or at once where it was left half way. */
static enum err give_back(const struct claim *claim, bool whole)
{
    const struct clockwork *work = claim->work;
    const int64_t now = work->now();

    if (!whole)
        return db_task_keep(work->db, work->arena,
                            &(struct task_keep_in){.name = claim->task->name,
                                                   .runner = work->runner,
                                                   .lease_ends_at = now},
                            NULL);
    log_write(LOG_INFO, "%s is done", claim->task->name);
    return db_task_done(work->db, work->arena,
                        &(struct task_done_in){.name = claim->task->name,
                                               .runner = work->runner,
                                               .now = now,
                                               .next_at = task_next(claim->task, now)},
                        NULL);
}

enum err clockwork_run(const struct clockwork *work, unsigned *count)
{
    *count = 0;
    for (const struct task *task = work->tasks; task->name && !must_end(work); task++) {
        struct claim claim = {.work = work, .task = task};
        bool whole;

        arena_reset(work->arena);
        ERR_TRY(db_transaction(work->db, try_to_claim, &claim));
        if (!claim.ours)
            continue;
        ++*count;
        log_request(task->name);
        if (carry_out(&claim, &whole) != ERR_OK)
            ERR_TRY(record_failure(&claim));
        else if (claim.ours)
            ERR_TRY(give_back(&claim, whole));
        log_request(NULL);
    }
    return ERR_OK;
}

enum err clockwork_hasten(const struct clockwork *work, const char *name)
{
    const struct task *task = work->tasks;
    struct db_done done;

    while (task->name && strcmp(task->name, name) != 0)
        task++;
    if (!task->name)
        return err_raise(ERR_NOT_FOUND, "task-unknown", "task %s", name);
    ERR_TRY(db_task_hasten(work->db, work->arena,
                           &(struct task_hasten_in){.name = name, .now = work->now()}, &done));
    return done.affected > 0 ? ERR_OK : err_raise(ERR_CONFLICT, "task-busy", "task %s", name);
}

static bool resident_ends(void *arg)
{
    struct resident *resident = arg;

    resident_rest(resident, 0);
    return resident->ending;
}

/* Opens the database and registers the tasks as soon as it is there; false if it was asked to end
 * first. */
static bool await_database(struct clockwork *work, struct arena *lasting, struct resident *resident)
{
    while (!resident->ending) {
        if (work->db || db_open(lasting, work->settings, &work->db) == ERR_OK) {
            http_cache_follow(work->db);
            if (clockwork_register(work) == ERR_OK)
                return true;
        }
        log_failure("opening the database");
        resident_rest(resident, WAKE_EVERY);
    }
    return false;
}

int clockwork_process(const struct settings *settings, const struct views *views)
{
    struct resident resident;
    struct arena *lasting = arena_new(LASTING_MEMORY);
    struct clockwork work = {.arena = arena_new(STEP_MEMORY),
                             .settings = settings,
                             .views = views,
                             .tasks = tasks,
                             .now = clock_now,
                             .ending = resident_ends,
                             .arg = &resident};
    unsigned count;

    resident_begin(&resident);
    work.runner = resident.name;
    if (await_database(&work, lasting, &resident))
        while (!resident.ending) {
            if (clockwork_run(&work, &count) != ERR_OK)
                log_failure("looking for tasks");
            db_rollback(work.db);
            resident_rest(&resident, WAKE_EVERY);
        }
    arena_free(work.arena);
    arena_free(lasting);
    return 0;
}
