#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
/* Not inline: gcc takes the library's pointer to const for a read of what was never written. */
static __attribute__((noinline)) void poison(void *place, size_t size)
{
    __asan_poison_memory_region(place, size);
}
#define POISON(p, n) poison((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
/* Space between allocations, so that running over one is seen. */
#define GAP 16
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP 0
#endif

#define FIRST_BLOCK ((size_t)64 * 1024)
#define ALIGNMENT (alignof(max_align_t))

struct block {
    struct block *next;
    size_t size; /* of the space behind this header */
    size_t used;
    size_t dirty; /* from here on the space was never handed out, and is still zero */
    alignas(max_align_t) unsigned char space[];
};

struct cleanup {
    struct cleanup *next;
    void (*run)(void *what);
    void *what;
};

struct arena {
    struct block *first;   /* kept over resets */
    struct block *current; /* where the next allocation is tried */
    struct cleanup *cleanups;
    jmp_buf *out_of_memory;
    size_t ceiling;
    size_t reserved; /* bytes in all blocks */
    size_t used;
};

static struct block *block_new(size_t size)
{
    struct block *block = calloc(1, sizeof *block + size);

    if (block) {
        block->size = size;
        POISON(block->space, size);
    }
    return block;
}

static _Noreturn void exhausted(struct arena *arena, size_t size)
{
    if (arena->out_of_memory)
        longjmp(*arena->out_of_memory, 1);
    fprintf(stderr, "arena: %zu bytes more than the ceiling of %zu\n", size, arena->ceiling);
    abort();
}

struct arena *arena_new(size_t ceiling)
{
    struct arena *arena = calloc(1, sizeof *arena);

    if (!arena)
        abort();
    arena->first = block_new(FIRST_BLOCK);
    if (!arena->first)
        abort();
    arena->current = arena->first;
    arena->ceiling = ceiling < FIRST_BLOCK ? FIRST_BLOCK : ceiling;
    arena->reserved = FIRST_BLOCK;
    return arena;
}

void arena_catch(struct arena *arena, jmp_buf *out_of_memory)
{
    arena->out_of_memory = out_of_memory;
}

void arena_reset(struct arena *arena)
{
    while (arena->cleanups) {
        struct cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->next;
        cleanup->run(cleanup->what);
    }
    for (struct block *block = arena->first->next; block;) {
        struct block *next = block->next;
        UNPOISON(block->space, block->size);
        free(block);
        block = next;
    }
    arena->first->next = NULL;
    arena->first->used = 0;
    POISON(arena->first->space, arena->first->size);
    arena->current = arena->first;
    arena->reserved = arena->first->size;
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    arena_reset(arena);
    UNPOISON(arena->first->space, arena->first->size);
    free(arena->first);
    free(arena);
}

static struct block *block_with_room(struct arena *arena, size_t size)
{
    size_t wanted = size > FIRST_BLOCK ? size : FIRST_BLOCK;
    struct block *block;

    if (wanted > arena->ceiling - arena->reserved)
        wanted = size;
    if (wanted > arena->ceiling - arena->reserved)
        exhausted(arena, size);
    block = block_new(wanted);
    if (!block)
        exhausted(arena, size);
    block->next = arena->current->next;
    arena->current->next = block;
    arena->current = block;
    arena->reserved += wanted;
    return block;
}

/* Zeroes what was handed out before: to write to pages that nobody touched yet is what costs. */
static void zero(struct block *block, size_t start, size_t size)
{
    size_t end = start + size;

    if (start < block->dirty)
        memset(block->space + start, 0, (end < block->dirty ? end : block->dirty) - start);
    if (block->dirty < end)
        block->dirty = end;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    struct block *block = arena->current;
    size_t rounded, start;

    if (size > SIZE_MAX - ALIGNMENT - GAP)
        exhausted(arena, size);
    rounded = (size + GAP + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (rounded > block->size - block->used)
        block = block_with_room(arena, rounded);
    start = block->used;
    block->used += rounded;
    arena->used += rounded;
    UNPOISON(block->space + start, size);
    zero(block, start, size);
    return block->space + start;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t whole;

    if (__builtin_mul_overflow(count, size, &whole))
        exhausted(arena, SIZE_MAX);
    return arena_alloc(arena, whole);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);

    memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

struct bytes arena_bytes(struct arena *arena, const void *data, size_t length)
{
    unsigned char *copy = arena_alloc(arena, length);

    if (length > 0)
        memcpy(copy, data, length);
    return (struct bytes){copy, length};
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    int length;
    char *text;

    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        abort();
    text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

void arena_on_reset(struct arena *arena, void (*run)(void *what), void *what)
{
    struct cleanup *cleanup = ARENA_NEW(arena, struct cleanup);

    *cleanup = (struct cleanup){.next = arena->cleanups, .run = run, .what = what};
    arena->cleanups = cleanup;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
