#include "domain/revision.h"

#include "db/statements.h"

enum err revision_raise(struct context *ctx, uint64_t host, uint64_t origin)
{
    return db_revision_raise(ctx->db, ctx->arena,
                             &(struct revision_raise_in){.host_id = host, .origin_id = origin},
                             NULL);
}

enum err revision_raise_trainee(struct context *ctx, uint64_t trainee)
{
    return db_revision_raise_trainee(
        ctx->db, ctx->arena, &(struct revision_raise_trainee_in){.trainee_id = trainee}, NULL);
}

enum err revision_raise_all(struct context *ctx)
{
    return db_revision_raise_all(ctx->db, ctx->arena, NULL);
}
