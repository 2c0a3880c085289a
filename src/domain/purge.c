#include "domain/purge.h"

#include "db/db.h"

struct purging {
    struct context *ctx;
    purge_some *some;
    unsigned count;
};

static enum err once(void *what)
{
    struct purging *purging = what;

    return purging->some(purging->ctx, &purging->count);
}

enum err purge_all(struct context *ctx, purge_some *some, unsigned *count)
{
    struct purging purging = {.ctx = ctx, .some = some};

    *count = 0;
    do {
        ERR_TRY(db_transaction(ctx->db, once, &purging));
        *count += purging.count;
    } while (purging.count > 0);
    return ERR_OK;
}
