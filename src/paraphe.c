/* The operator's command line: paraphe COMMAND [--config FILE] [ARGUMENTS]. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/settings.h"
#include "commands/command.h"
#include "db/db.h"
#include "http/cache.h"

#define ARENA_CEILING ((size_t)128 * 1024 * 1024)

static int usage(void)
{
    fprintf(stderr, "usage : paraphe COMMANDE [--config FICHIER] [ARGUMENTS]\n"
                    "Sans --config, le fichier est " PARAPHE_CONFIG ".\n\n");
    for (const struct command *command = commands; command->name; command++)
        fprintf(stderr, "  %s %s\n      %s\n", command->name, command->arguments, command->help);
    return 2;
}

/* The command whose name, of one word or two, the arguments begin with; *words says how many. */
static const struct command *find(int argc, char **argv, int *words)
{
    for (const struct command *command = commands; command->name; command++) {
        const char *second = strchr(command->name, ' ');
        size_t first = second ? (size_t)(second - command->name) : strlen(command->name);

        *words = second ? 2 : 1;
        if (argc >= *words && strlen(argv[0]) == first &&
            strncmp(argv[0], command->name, first) == 0 &&
            (!second || strcmp(argv[1], second + 1) == 0))
            return command;
    }
    return NULL;
}

/* Takes `--config FILE` out of the arguments, wherever it stands; NULL where FILE is missing. */
static const char *take_config(int *argc, char **argv)
{
    for (int i = 0; i < *argc; i++) {
        const char *path;

        if (strcmp(argv[i], "--config") != 0)
            continue;
        if (i + 1 == *argc)
            return NULL;
        path = argv[i + 1];
        *argc -= 2;
        for (int j = i; j < *argc; j++)
            argv[j] = argv[j + 2];
        return path;
    }
    return PARAPHE_CONFIG;
}

static int run(struct arena *arena, const struct command *command, const char *config, int argc,
               char **argv)
{
    struct settings settings = {0};
    struct context ctx = {.arena = arena,
                          .settings = &settings,
                          .now = clock_now(),
                          .address = "",
                          .actor = {.role = ROLE_OPERATOR, .name = "paraphe"}};

    if (settings_read(arena, config, &settings) != ERR_OK ||
        db_open(arena, &settings, &ctx.db) != ERR_OK)
        return command_outcome(&ctx, err_last()->code);
    http_cache_follow(ctx.db);
    return command->run(&ctx, argc, argv);
}

int main(int argc, char **argv)
{
    const struct command *command;
    struct arena *arena;
    const char *config;
    int words, status;

    argc--;
    argv++;
    config = take_config(&argc, argv);
    command = find(argc, argv, &words);
    if (!config || !command)
        return usage();
    setlocale(LC_CTYPE, "C.UTF-8");
    clock_open();
    log_open("paraphe", LOG_WARNING);
    arena = arena_new(ARENA_CEILING);
    status = run(arena, command, config, argc - words, argv + words);
    arena_free(arena);
    return status;
}
