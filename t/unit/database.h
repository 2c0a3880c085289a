/* An empty database for a test program, gone with it.
 *
 * The server is that of PARAPHE_TEST_DB_SOCKET, and the database is called PARAPHE_TEST_DB_NAME,
 * or by the process's number; without a socket given, a private server is started in a temporary
 * directory. A program that includes this is compiled with PARAPHE_SOURCE, the source directory,
 * and runs there or elsewhere. */
#ifndef PARAPHE_T_DATABASE_H
#define PARAPHE_T_DATABASE_H

#include <fcntl.h>
#include <pwd.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/settings.h"

extern char **environ;

static char database_directory[64]; /* of the private server, "" if there is none */
static char database_socket[108], database_name[64];
static pid_t database_owner;

/* Runs t/lib/mariadb.sh with these arguments; its errors are seen, its answer is not. */
static inline bool database_helper(const char *action, const char *where, const char *name)
{
    char program[] = PARAPHE_SOURCE "/t/lib/mariadb.sh";
    char *arguments[] = {program, strdup(action), strdup(where), name ? strdup(name) : NULL, NULL};
    posix_spawn_file_actions_t quiet;
    int status = -1;
    pid_t pid;

    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    if (posix_spawn(&pid, program, &quiet, NULL, arguments, environ) == 0)
        waitpid(pid, &status, 0);
    posix_spawn_file_actions_destroy(&quiet);
    for (int i = 1; i < 4; i++)
        free(arguments[i]);
    return status == 0;
}

static inline void database_end(void)
{
    if (getpid() != database_owner)
        return;
    if (database_directory[0])
        database_helper("remove", database_directory, NULL);
    else
        database_helper("drop", database_socket, database_name);
}

static inline void database_give_up(const char *why)
{
    printf("Bail out! %s\n", why);
    exit(1);
}

/* Settings (all but those of the database are empty) for an empty database. Ends the program if
 * there is none to be had. */
static inline struct settings database_settings(void)
{
    const char *socket = getenv("PARAPHE_TEST_DB_SOCKET"), *name = getenv("PARAPHE_TEST_DB_NAME");
    const struct passwd *user = getpwuid(geteuid());

    database_owner = getpid();
    if (socket) {
        snprintf(database_socket, sizeof database_socket, "%s", socket);
    } else {
        snprintf(database_directory, sizeof database_directory, P_tmpdir "/paraphe-test-XXXXXX");
        if (!mkdtemp(database_directory))
            database_give_up("no temporary directory");
        snprintf(database_socket, sizeof database_socket, "%s/socket", database_directory);
    }
    if (name)
        snprintf(database_name, sizeof database_name, "%s", name);
    else
        snprintf(database_name, sizeof database_name, "paraphe_test_%ld", (long)database_owner);
    atexit(database_end);
    if (!socket && !database_helper("start", database_directory, NULL))
        database_give_up("no private database server");
    if (!database_helper("create", database_socket, database_name))
        database_give_up("no test database");
    return (struct settings){.db_socket = database_socket,
                             .db_host = "localhost",
                             .db_port = 3306,
                             .db_user = user ? user->pw_name : "root",
                             .db_password = "",
                             .db_name = database_name,
                             .db_tls_ca = ""};
}

#endif
