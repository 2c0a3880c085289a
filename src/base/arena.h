/* Memory with the lifetime of one request (or one job).
 *
 * Everything allocated from an arena goes at once, at arena_reset or arena_free; nothing is freed
 * by hand. An allocation never returns NULL: when the ceiling is reached the arena jumps to the
 * buffer given with arena_catch, or aborts the process where there is none. Never let that jump
 * cross a library's callback. Under AddressSanitizer unused space is poisoned. */
#ifndef PARAPHE_BASE_ARENA_H
#define PARAPHE_BASE_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "base/bytes.h"

struct arena;

/* An arena that holds at most ceiling bytes. Its first block (64 KiB) is kept over resets.
 * Aborts if the system has no memory at all. */
struct arena *arena_new(size_t ceiling);

/* Runs the clean-ups, last registered first, and forgets all allocations. */
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);

/* Where to go, with value 1, when memory runs out; NULL to abort instead. */
void arena_catch(struct arena *arena, jmp_buf *out_of_memory);

/* Zeroed, aligned for any type; size 0 gives a valid pointer to no bytes. */
void *arena_alloc(struct arena *arena, size_t size);

/* count × size, checked for overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size);

char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
struct bytes arena_bytes(struct arena *arena, const void *data, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Calls run(what) at the next reset or free: for what the arena does not own (a descriptor). */
void arena_on_reset(struct arena *arena, void (*run)(void *what), void *what);

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_NEW_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
