/* The confined side of an inspection: one process, one conversation (protocol.h). */
#ifndef PARAPHE_INSPECT_CONFINED_H
#define PARAPHE_INSPECT_CONFINED_H

#include <stdbool.h>
#include <sys/types.h>

#include "inspect/protocol.h"
#include "inspect/report.h"

/* Makes once, and before any confinement, what every inspection uses: MuPDF's context, OpenSSL's
 * algorithms, the sandbox's filter. Before anything else of OpenSSL. */
enum err confined_prepare(void);

/* Forks a process that confines itself and talks over the connection; the caller keeps its own
 * descriptor. prepared: whether confined_prepare was called; else the new process does it, which
 * is quicker where there is only one. trust: anchors for certificates, NULL for none. -1 where
 * there can be no new process. */
pid_t confined_start(int connection, bool prepared, const struct inspect_trust *trust);

/* What the end of such a process means, from its status (waitpid). Puts false where it ended as it
 * should. killed: it was killed at its deadline. */
bool confined_failed(int status, bool killed, enum inspect_failure *failure);

#endif
