#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/resident.h"
#include "commands/command.h"
#include "db/statements.h"
#include "mail/mail.h"
#include "tasks/clockwork.h"

#define STEP_MEMORY ((size_t)128 << 20)

static const char *what_it_does(const char *name)
{
    for (const struct task *task = tasks; task->name; task++)
        if (strcmp(task->name, name) == 0)
            return task->what;
    return "";
}

static void print_task(struct context *ctx, const struct task_list_row *row)
{
    printf("%s : %s\n", row->name, what_it_does(row->name));
    printf("    %s le %s", row->claimed_by ? "en cours, au plus jusqu’à" : "prochaine fois",
           clock_french_instant(ctx->arena, row->next_at));
    if (row->has_done_at)
        printf(" ; dernière fois le %s", clock_french_instant(ctx->arena, row->done_at));
    printf("\n");
    if (row->failures > 0)
        printf("    %" PRIu32 " échec(s) de suite : %s\n", row->failures, row->last_error);
}

int command_tasks_list(struct context *ctx, int argc, char **argv)
{
    struct task_list_row *rows;
    size_t count;

    if (!command_no_arguments(argc, argv))
        return 2;
    if (command_outcome(ctx, db_task_list(ctx->db, ctx->arena, &rows, &count)) != 0)
        return 1;
    for (size_t i = 0; i < count; i++)
        print_task(ctx, &rows[i]);
    return 0;
}

/* The task of that name alone, as a table. */
static const struct task *only(struct context *ctx, const char *name)
{
    struct task *table = ARENA_NEW_ARRAY(ctx->arena, 2, struct task);

    for (const struct task *task = tasks; task->name; task++)
        if (strcmp(task->name, name) == 0)
            table[0] = *task;
    return table;
}

static enum err failures_of(struct context *ctx, const struct clockwork *work, unsigned *failed)
{
    struct task_list_row *rows;
    size_t count;

    *failed = 0;
    ERR_TRY(db_task_list(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        for (const struct task *task = work->tasks; task->name; task++)
            if (strcmp(task->name, rows[i].name) == 0 && rows[i].failures > 0) {
                print_task(ctx, &rows[i]);
                ++*failed;
            }
    return ERR_OK;
}

static enum err run(struct context *ctx, struct clockwork *work, const char *name, unsigned *count,
                    unsigned *failed)
{
    ERR_TRY(clockwork_register(work));
    if (name) {
        ERR_TRY(clockwork_hasten(work, name));
        work->tasks = only(ctx, name);
    }
    ERR_TRY(clockwork_run(work, count));
    return failures_of(ctx, work, failed);
}

int command_tasks_run(struct context *ctx, int argc, char **argv)
{
    static const struct view_binding *const bindings[] = {mail_bindings, NULL};
    struct clockwork work = {
        .db = ctx->db, .settings = ctx->settings, .tasks = tasks, .now = clock_now};
    char runner[100];
    unsigned count = 0, failed = 0;
    struct views *views;
    int status;

    if (argc > 1)
        return command_no_arguments(argc - 1, argv + 1) ? 0 : 2;
    if (command_outcome(ctx, views_load(ctx->settings->views, bindings, &views)) != 0)
        return 1;
    resident_name(runner);
    work.runner = runner;
    work.views = views;
    work.arena = arena_new(STEP_MEMORY);
    status = command_outcome(ctx, run(ctx, &work, argc > 0 ? argv[0] : NULL, &count, &failed));
    if (status == 0)
        printf("%u tâche(s) effectuée(s).\n", count - failed);
    arena_free(work.arena);
    views_free(views);
    return status != 0 || failed > 0;
}
