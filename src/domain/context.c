#include "domain/context.h"

#define PART_MEMORY ((size_t)64 * 1024 * 1024)

static void free_arena(void *arena)
{
    arena_free(arena);
}

struct context context_part(const struct context *ctx)
{
    struct context part = *ctx;

    part.arena = arena_new(PART_MEMORY);
    arena_on_reset(ctx->arena, free_arena, part.arena);
    return part;
}
