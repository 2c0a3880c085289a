/* A process that works on its own, beside the web workers, until it is asked to end: the mailer,
 * the clockwork. */
#ifndef PARAPHE_BASE_RESIDENT_H
#define PARAPHE_BASE_RESIDENT_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

struct resident {
    pid_t parent;
    sigset_t signals; /* that end it; blocked, and looked for in resident_rest */
    bool ending;
    char name[100]; /* unlike any other's, on this machine and others: for claims in the database */
};

/* Blocks SIGTERM and SIGINT, ignores SIGHUP and SIGPIPE, and makes up the name. */
void resident_begin(struct resident *resident);

/* Waits so many seconds, or until a signal or the parent's death asks to end. */
void resident_rest(struct resident *resident, int seconds);

/* The name alone, of whatever process this is. */
void resident_name(char name[100]);

#endif
