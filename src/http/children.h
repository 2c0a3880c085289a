/* The children of the master: started, watched, replaced and ended. SIGCHLD must be blocked. */
#ifndef PARAPHE_HTTP_CHILDREN_H
#define PARAPHE_HTTP_CHILDREN_H

#include <stdbool.h>

#include "http/master.h"

struct children;

/* None yet; listening is handed to each. */
struct children *children_new(const struct master *master, int listening);
void children_free(struct children *children);

/* From now on there are to be those that program asks for; earlier ones are told to leave, unless
 * nothing has changed for them. The earlier program is not looked at any more. */
void children_want(struct children *children, const struct master_program *program);

/* Starts what is due and kills what was told to leave and does not. Returns the milliseconds until
 * there is something to do again, -1 for nothing. */
int children_attend(struct children *children);

/* Takes note of every child that has ended. */
void children_reap(struct children *children);

/* Ends all, services last, waiting for those at work; kills what takes too long. */
void children_end(struct children *children);

#endif
