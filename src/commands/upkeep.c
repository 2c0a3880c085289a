#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands/command.h"
#include "db/migrate.h"
#include "domain/history.h"
#include "tasks/tasks.h"

int command_migrate(struct context *ctx, int argc, char **argv)
{
    size_t applied;

    if (!command_no_arguments(argc, argv))
        return 2;
    if (command_outcome(
            ctx, db_migrate(ctx->db, ctx->arena, ctx->settings->migrations, &applied)) != 0 ||
        command_outcome(ctx, db_check_statements(ctx->db)) != 0)
        return 1;
    printf("Le schéma de la base de données est à jour (migrations appliquées : %zu).\n", applied);
    return 0;
}

/* Becomes the inspector, with the platform's anchors. */
static int inspect_files(const struct context *ctx, int argc, char **argv)
{
    const struct settings *settings = ctx->settings;
    char **arguments = ARENA_NEW_ARRAY(ctx->arena, (size_t)argc + 4, char *);
    int count = 0;

    arguments[count++] = arena_strdup(ctx->arena, "paraphe-inspect");
    if (settings->trust_dir[0]) {
        arguments[count++] = arena_strdup(ctx->arena, "--trust");
        arguments[count++] = arena_strdup(ctx->arena, settings->trust_dir);
    }
    memcpy(arguments + count, argv, (size_t)argc * sizeof *argv);
    execv(settings->inspect_program, arguments);
    fprintf(stderr, "paraphe : %s : %s\n", settings->inspect_program, strerror(errno));
    return 2;
}

int command_verify(struct context *ctx, int argc, char **argv)
{
    uint64_t *broken;
    size_t count;

    if (argc > 0)
        return inspect_files(ctx, argc, argv);
    if (command_outcome(ctx, history_verify(ctx, &broken, &count)) != 0)
        return 1;
    for (size_t i = 0; i < count; i++)
        printf("Convention n° %" PRIu64 " : son historique a été modifié hors de la plateforme.\n",
               broken[i]);
    if (count == 0)
        printf("L’historique de chaque convention est intact.\n");
    return count == 0 ? 0 : 1;
}

int command_purge(struct context *ctx, int argc, char **argv)
{
    uint64_t uploads, messages;

    if (!command_no_arguments(argc, argv))
        return 2;
    if (command_outcome(ctx, tasks_purge(ctx, &uploads, &messages)) != 0)
        return 1;
    printf("%" PRIu64 " fichier(s) en attente depuis plus d’un jour supprimé(s).\n", uploads);
    printf("%" PRIu64 " courriel(s) de plus d’un an supprimé(s).\n", messages);
    return 0;
}
