/* The master process: holds the socket and keeps its children alive, and nothing else.
 *
 * SIGTERM or SIGINT drains: no more requests are taken, those at hand are finished. SIGHUP reads
 * configuration and views again, starts new children and then ends those there were, or keeps
 * everything as it was where they cannot be read. A child that dies is replaced, at once the first
 * time, then ever later up to half a minute. */
#ifndef PARAPHE_HTTP_MASTER_H
#define PARAPHE_HTTP_MASTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"

/* What is read at start and at every reload. */
struct master_program {
    struct arena *arena; /* that all of it is in, this struct too */
    struct settings settings;
    void *shared; /* of the program: views, sentences … */
};

/* A kind of child. run is called in the new process, with SIGTERM to its default and no signal
 * blocked; its result is the exit status. */
struct master_role {
    const char *name;
    /* One that the others need, under a name that one process at a time can hold: ended after them,
     * and at a reload the old one ends before the new one starts. */
    bool service;
    /* Whether a reload leaves them as they are; NULL: it never does. */
    bool (*unchanged)(const struct settings *before, const struct settings *now);
    unsigned (*count)(const struct settings *settings); /* how many; may be 0 */
    int (*run)(const struct master_program *program, int listening);
};

struct master {
    const char *config; /* path of the configuration file */
    /* Fills program->shared after the settings are read; its errors stop the start. */
    enum err (*load)(struct arena *arena, struct master_program *program);
    const struct master_role *roles;
    size_t role_count;
};

/* Reads and loads as a start would; for --check. Errors are logged. */
enum err master_check(const struct master *master);

/* Runs until SIGTERM. Returns the exit status of the process. */
int master_run(const struct master *master);

#endif
