/* An establishment's revision: raised in each transaction that changes what its pages show, so that
 * a page rendered before can be known to be still true (http/cache.h).
 *
 * Called last in the transaction, since it locks the revisions until the end. */
#ifndef PARAPHE_DOMAIN_REVISION_H
#define PARAPHE_DOMAIN_REVISION_H

#include "domain/context.h"

/* A convention between these two changed; or, both being one, what it alone sees. */
enum err revision_raise(struct context *ctx, uint64_t host, uint64_t origin);

/* A trainee's data changed, and so what every convention of it shows. */
enum err revision_raise_trainee(struct context *ctx, uint64_t trainee);

/* Something that may show anywhere changed: an establishment's name. */
enum err revision_raise_all(struct context *ctx);

#endif
