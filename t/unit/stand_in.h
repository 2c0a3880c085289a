/* A stand-in for the inspector's service, for tests of its clients: a process that holds one
 * conversation after the other until it is killed. */
#ifndef PARAPHE_T_STAND_IN_H
#define PARAPHE_T_STAND_IN_H

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static pid_t stand_in_start(const char *path, void (*converse)(struct arena *, int connection))
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listening = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    pid_t pid;

    memcpy(address.sun_path, path, strlen(path));
    if (bind(listening, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listening, 8) != 0)
        abort();
    pid = fork();
    while (pid == 0) {
        struct arena *arena = arena_new((size_t)1 << 20);
        int connection = accept(listening, NULL, NULL);

        converse(arena, connection);
        close(connection);
        arena_free(arena);
    }
    close(listening);
    return pid;
}

static void stand_in_end(pid_t pid, const char *path)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    unlink(path);
}

#endif
