/* A command of `paraphe`, and its options. */
#ifndef PARAPHE_COMMANDS_COMMAND_H
#define PARAPHE_COMMANDS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/context.h"

/* Whether an option must be given: true or false; or that it has no value, and is merely there. */
enum command_need { COMMAND_OPTIONAL = false, COMMAND_REQUIRED = true, COMMAND_FLAG };

/* --name VALUE. Where it is not given, *value stays as it was; a required one must be given. Of a
 * flag *value becomes its name. */
struct command_option {
    const char *name;
    const char *help;
    enum command_need need;
    const char **value;
};

struct command {
    const char *name; /* two words at most: "establishment add" */
    const char *arguments;
    const char *help;
    /* argc and argv are what follows the name. Returns the exit status: 0, 1 (refused or failed,
     * said on standard error) or 2 (wrong usage). */
    int (*run)(struct context *ctx, int argc, char **argv);
};

/* All commands, ended by one without a name. */
extern const struct command commands[];

/* Reads the options; *rest is the index of the first argument that is none; where rest is NULL,
 * there must be no such argument. Says what is wrong on standard error and returns false. */
bool command_options(int argc, char **argv, const struct command_option *options, size_t count,
                     int *rest);

#define COMMAND_OPTIONS(argc, argv, options, rest) \
    command_options((argc), (argv), (options), sizeof(options) / sizeof(options)[0], (rest))

/* For a command that takes none: says that there are some, and returns false. */
bool command_no_arguments(int argc, char **argv);

/* Reads a number of digits alone, at most most; false where text is none. */
bool command_number(const char *text, uint64_t most, uint64_t *number);

/* The exit status for the outcome of a domain function; a failure is said on standard error, in
 * the words of views/errors.txt. */
int command_outcome(struct context *ctx, enum err code);

/* Reads the file at path, at most most bytes. Says what is wrong and returns false. */
bool command_read_file(struct context *ctx, const char *path, size_t most, struct bytes *content);

/* The establishment of that UAI; says so and returns false where there is none. */
bool command_establishment(struct context *ctx, const char *uai, uint64_t *id);

int command_establishment_add(struct context *ctx, int argc, char **argv);
int command_establishment_set(struct context *ctx, int argc, char **argv);
int command_establishment_list(struct context *ctx, int argc, char **argv);
int command_establishment_logo(struct context *ctx, int argc, char **argv);
int command_establishment_signature(struct context *ctx, int argc, char **argv);
int command_establishment_text(struct context *ctx, int argc, char **argv);
int command_licence_add(struct context *ctx, int argc, char **argv);
int command_account_add(struct context *ctx, int argc, char **argv);
int command_account_password(struct context *ctx, int argc, char **argv);
int command_account_disable(struct context *ctx, int argc, char **argv);
int command_account_enable(struct context *ctx, int argc, char **argv);
int command_account_reset_factor(struct context *ctx, int argc, char **argv);
int command_account_list(struct context *ctx, int argc, char **argv);
int command_placement_add(struct context *ctx, int argc, char **argv);
int command_placement_list(struct context *ctx, int argc, char **argv);
int command_mail_queue(struct context *ctx, int argc, char **argv);
/* Brings the schema up to date, and makes sure that this program's statements fit it. */
int command_migrate(struct context *ctx, int argc, char **argv);
/* The tasks of the clockwork (src/tasks): what they do and how they stand; one of them, or what is
 * due, done now. */
int command_tasks_list(struct context *ctx, int argc, char **argv);
int command_tasks_run(struct context *ctx, int argc, char **argv);
int command_verify(struct context *ctx, int argc, char **argv);
int command_purge(struct context *ctx, int argc, char **argv);

#endif
