/* The inspector as a service: one process that never reads an untrusted byte, and for each
 * connection a confined child of it. */
#ifndef PARAPHE_INSPECT_SERVICE_H
#define PARAPHE_INSPECT_SERVICE_H

#include "base/err.h"
#include "inspect/report.h"

struct service {
    const char *socket; /* path; a file that stands there is replaced */
    unsigned at_once;   /* children, 1 to SERVICE_AT_ONCE_MAX; further connections wait in order */
    const struct inspect_trust *trust; /* NULL for no anchors */
};

#define SERVICE_AT_ONCE_MAX 64

/* Serves until SIGTERM or SIGINT; then takes no more, waits for the children within their time,
 * removes the socket and returns. Fails at the start alone. confined_prepare comes before. */
enum err service_run(const struct service *service);

#endif
