/* A growing run of bytes in an arena.
 *
 * Each buffer declares at birth how large it may become; an append past that is not carried out
 * and marks the buffer as overflown, so that one check at the end suffices. A buffer's text is
 * always printable: it ends in a NUL that is not counted. */
#ifndef PARAPHE_BASE_BUF_H
#define PARAPHE_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"

struct buf {
    struct arena *arena;
    char *data; /* never NULL */
    size_t length;
    size_t capacity;
    size_t limit;
    bool overflown; /* something did not fit the limit, and was left out */
};

/* An empty buffer that may hold up to limit bytes. */
struct buf buf_new(struct arena *arena, size_t limit);

void buf_put(struct buf *buf, const void *data, size_t length);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Forgets the content, keeps the space. */
void buf_clear(struct buf *buf);

/* The content, valid until the next append. */
struct bytes buf_bytes(const struct buf *buf);

#endif
