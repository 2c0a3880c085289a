/* Where untrusted bytes are read: a process that can compute, answer on one socket, and end.
 *
 * Nothing is asked of the system's configuration: limits on resources, no_new_privs and a seccomp
 * filter that allows by list. A forbidden system call kills the process. Whoever cannot be confined
 * ends instead. */
#ifndef PARAPHE_INSPECT_SANDBOX_H
#define PARAPHE_INSPECT_SANDBOX_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

/* The descriptor at which a confined process finds its connection. */
#define SANDBOX_CONNECTION 3

/* The status with which a process ends that could not be confined. */
#define SANDBOX_FAILED 70

struct sandbox_limits {
    size_t memory;        /* bytes of address space; not kept under AddressSanitizer */
    unsigned cpu_seconds; /* then SIGXCPU, which kills */
};

/* Builds the filter, so that sandbox_enter only loads it. ERR_INTERNAL where it cannot be. */
enum err sandbox_prepare(void);

/* Confines this process for good, after sandbox_prepare. connection moves to SANDBOX_CONNECTION,
 * the standard descriptors to /dev/null (standard error stays under the sanitizers, whose findings
 * would be lost), every other descriptor is closed. The process ends with parent; its working
 * directory is the root, its environment empty, its memory nobody's to read. */
void sandbox_enter(int connection, pid_t parent, struct sandbox_limits limits);

#endif
