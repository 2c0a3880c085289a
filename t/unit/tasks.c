/* The clockwork on a real database: what is due is done once, whoever asks; what failed or was left
 * half way is taken up again. The clock is the test's. */
#include "tasks/clockwork.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

#define HOUR 3600
#define DAY (24 * HOUR)

static int64_t present = WORLD_NOW;
static int64_t the_present(void)
{
    return present;
}

static unsigned steps; /* that were done */
static unsigned to_do; /* parts the task finds to do */
static bool fails, asks_to_end;
static const struct clockwork *rival; /* who tries to take the task during a step */
static unsigned taken_by_rival;
static int64_t step_takes; /* seconds by which the clock moves */

static enum err step(struct context *ctx, uint64_t *done)
{
    struct clockwork other;

    if (fails)
        return err_raise(ERR_UNAVAILABLE, "db-unavailable", "the test wants it so");
    steps++;
    present += step_takes;
    if (rival) {
        other = *rival;
        rival = NULL;
        if (clockwork_run(&other, &taken_by_rival) != ERR_OK)
            taken_by_rival = 99;
    }
    *done = to_do > 0 ? 1 : 0;
    if (to_do > 0)
        to_do--;
    return ctx->actor.account == 0 && ctx->now == present - step_takes ? ERR_OK : ERR_INTERNAL;
}

static const struct task daily[] = {{"daily", "x", TASK_DAILY, 7, step}, {0}};
static const struct task hourly[] = {{"hourly", "x", TASK_HOURLY, 0, step}, {0}};

static bool ending(void *arg)
{
    (void)arg;
    return asks_to_end;
}

static struct clockwork clockwork_of(const struct world *world, const struct task *table,
                                     const char *runner)
{
    return (struct clockwork){.db = world->db,
                              .arena = arena_new((size_t)8 << 20),
                              .settings = &world->settings,
                              .views = world->views,
                              .tasks = table,
                              .runner = runner,
                              .now = the_present,
                              .ending = ending};
}

static unsigned run(const struct clockwork *work)
{
    unsigned count;

    steps = 0;
    return clockwork_run(work, &count) == ERR_OK ? count : 99;
}

static int64_t at(const char *day, int hour)
{
    return (int64_t)clock_days_between("1970-01-01", day) * DAY + (int64_t)hour * HOUR;
}

static void test_when(void)
{
    IS_INT(task_next(daily, at("2027-02-01", 5)), at("2027-02-01", 6),
           "seven o'clock in Paris is 6:00 UTC in winter");
    IS_INT(task_next(daily, at("2027-02-01", 6)), at("2027-02-02", 6),
           "at seven the next one is tomorrow's");
    IS_INT(task_next(daily, at("2027-07-01", 12)), at("2027-07-02", 5), "and 5:00 UTC in summer");
    IS_INT(task_next(daily, at("2027-03-27", 12)), at("2027-03-28", 5),
           "also on the day the clocks change");
    IS_INT(task_next(daily, at("2027-12-31", 12)), at("2028-01-01", 6), "and over the year's end");
    IS_INT(task_next(hourly, at("2027-02-01", 5) + 1), at("2027-02-01", 6),
           "an hourly task is due at the next full hour");
}

static void test_once(struct world *world)
{
    struct clockwork here = clockwork_of(world, daily, "here"),
                     there = clockwork_of(world, daily, "there");

    OK(clockwork_register(&here) == ERR_OK && clockwork_register(&there) == ERR_OK,
       "any number of machines register the tasks");
    IS_INT(run(&here), 0, "nothing is done before it is due");
    present = task_next(daily, present);
    to_do = 2;
    rival = &there;
    IS_INT(run(&here), 1, "once due, it is done");
    IS_INT(steps, 3, "step by step, until nothing is left");
    IS_INT(taken_by_rival, 0, "nobody else does it meanwhile");
    IS_INT(run(&there) + run(&here), 0, "and not again before tomorrow");
    present += DAY - 1;
    IS_INT(run(&there), 0, "a second before the hour is too early");
    present += 1;
    IS_INT(run(&there), 1, "the next day anybody does it");
    present += 5 * DAY;
    IS_INT(run(&here), 1, "days that were missed");
    IS_INT(run(&here), 0, "are done once");
    arena_free(here.arena);
    arena_free(there.arena);
}

static void test_failure(struct world *world)
{
    struct clockwork work = clockwork_of(world, hourly, "here");

    clockwork_register(&work);
    present = task_next(hourly, present);
    fails = true;
    IS_INT(run(&work), 1, "a task that fails was tried");
    IS_INT(world_number(world, "SELECT failures FROM task WHERE name = 'hourly' AND last_error = "
                               "'the test wants it so'"),
           1, "and its failure is kept for the operator");
    IS_INT(run(&work), 0, "it rests a while");
    present += TASK_RETRY;
    IS_INT(run(&work), 1, "then it is tried again");
    present += TASK_RETRY;
    IS_INT(run(&work), 0, "and rests longer each time");
    present += TASK_RETRY;
    fails = false;
    IS_INT(run(&work), 1, "until it succeeds");
    IS_INT(world_number(world, "SELECT failures FROM task WHERE name = 'hourly'"), 0,
           "which clears what is kept");
    arena_free(work.arena);
}

static void test_taken_up(struct world *world)
{
    struct clockwork here = clockwork_of(world, hourly, "here"),
                     there = clockwork_of(world, hourly, "there");

    present = task_next(hourly, present);
    world_tamper(world, "UPDATE task SET claimed_by = 'gone', next_at = next_at + INTERVAL 600 "
                        "SECOND WHERE name = 'hourly'");
    IS_INT(run(&here), 0, "what somebody holds is left to them");
    OK(clockwork_hasten(&here, "hourly") == ERR_CONFLICT, "nor can it be hastened");
    present += TASK_LEASE;
    IS_INT(run(&here), 1, "until their lease has ended: then they died");
    present = task_next(hourly, present);
    step_takes = TASK_LEASE + 1;
    to_do = 1;
    rival = &there;
    run(&here);
    IS_INT(taken_by_rival, 1, "who takes too long for a step loses the task");
    IS_INT(world_number(world, "SELECT claimed_by IS NULL FROM task WHERE name = 'hourly'"), 1,
           "and does not disturb who took it up");
    step_takes = 0;
    present = task_next(hourly, present);
    asks_to_end = true;
    IS_INT(run(&here), 0, "who is asked to end takes no task");
    asks_to_end = false;
    OK(clockwork_hasten(&here, "unheard") == ERR_NOT_FOUND, "a task that is none is not hastened");
    IS_INT(run(&here), 1, "the task is still there to be done");
    OK(clockwork_hasten(&here, "hourly") == ERR_OK && run(&here) == 1, "a hastened task is done");
    arena_free(here.arena);
    arena_free(there.arena);
}

static void test_at_once(struct world *world)
{
    int done = 0, status;

    world_tamper(world, "UPDATE task SET next_at = '2027-01-01' WHERE name = 'hourly'");
    for (int i = 0; i < 4; i++)
        if (fork() == 0) {
            struct clockwork work = clockwork_of(world, hourly, i % 2 ? "odd" : "even");
            struct arena *own = arena_new((size_t)8 << 20);
            char name[8];

            snprintf(name, sizeof name, "n%d", i);
            work.runner = name;
            _exit(db_open(own, &world->settings, &work.db) == ERR_OK ? (int)run(&work) : 99);
        }
    for (int i = 0; i < 4; i++)
        if (wait(&status) > 0)
            done += WEXITSTATUS(status);
    IS_INT(done, 1, "of four processes that ask at once, one does it");
}

static void test_real(struct world *world)
{
    struct clockwork work = clockwork_of(world, tasks, "here");
    unsigned count;

    present = WORLD_NOW;
    OK(clockwork_register(&work) == ERR_OK, "the platform's own tasks are registered");
    for (const struct task *task = tasks; task->name; task++) {
        OK(clockwork_hasten(&work, task->name) == ERR_OK, task->name);
        OK(clockwork_run(&work, &count) == ERR_OK && count == 1, "and is done");
    }
    IS_INT(world_number(world, "SELECT COUNT(*) FROM task WHERE failures > 0"), 0, "none fails");
    arena_free(work.arena);
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_when();
    test_once(&world);
    test_failure(&world);
    test_taken_up(&world);
    test_at_once(&world);
    test_real(&world);
    world_close(&world);
    return tap_end();
}
