/* A check of every convention's history, some at a time, so that no request takes long; how far it
 * has come is kept, and any worker goes on with it. */
#ifndef PARAPHE_DOMAIN_HISTORY_CHECK_H
#define PARAPHE_DOMAIN_HISTORY_CHECK_H

#include "domain/context.h"

/* Goes on with the check that is under way, or begins one where restart is set or there is none,
 * and works for about that many microseconds. Two who go on at once do some of it twice, and it is
 * counted once. */
enum err history_check_go_on(struct context *ctx, bool restart, int64_t microseconds);

#endif
