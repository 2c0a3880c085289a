/* Deleting what is old, some at a time, so that no transaction locks all of it. */
#ifndef PARAPHE_DOMAIN_PURGE_H
#define PARAPHE_DOMAIN_PURGE_H

#include "domain/context.h"

/* Deletes some, *count of them; called inside a transaction of its own. */
typedef enum err purge_some(struct context *ctx, unsigned *count);

/* Calls it until it finds no more. *count: how many in all. */
enum err purge_all(struct context *ctx, purge_some *some, unsigned *count);

#endif
