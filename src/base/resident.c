#include "base/resident.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/crypto.h"

void resident_name(char name[100])
{
    char host[65] = "";
    uint32_t mark;

    gethostname(host, sizeof host - 1);
    crypto_random(&mark, sizeof mark);
    snprintf(name, 100, "%s:%ld:%08" PRIx32, host, (long)getpid(), mark);
}

void resident_begin(struct resident *resident)
{
    *resident = (struct resident){.parent = getppid()};
    sigemptyset(&resident->signals);
    sigaddset(&resident->signals, SIGTERM);
    sigaddset(&resident->signals, SIGINT);
    sigprocmask(SIG_BLOCK, &resident->signals, NULL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    resident_name(resident->name);
}

void resident_rest(struct resident *resident, int seconds)
{
    struct timespec time = {.tv_sec = seconds};

    if (sigtimedwait(&resident->signals, NULL, &time) > 0 || getppid() != resident->parent)
        resident->ending = true;
}
