#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

static char empty[1] = "";

struct buf buf_new(struct arena *arena, size_t limit)
{
    return (struct buf){.arena = arena, .data = empty, .limit = limit};
}

/* Room for length more bytes and the NUL; false, and overflown, where the limit forbids it. */
static bool reserve(struct buf *buf, size_t length)
{
    size_t needed, capacity;
    char *data;

    if (buf->overflown || length > buf->limit - buf->length) {
        buf->overflown = true;
        return false;
    }
    needed = buf->length + length + 1;
    if (needed <= buf->capacity)
        return true;
    capacity = buf->capacity < 256 ? 256 : buf->capacity * 2;
    if (capacity < needed)
        capacity = needed;
    if (capacity > buf->limit + 1)
        capacity = buf->limit + 1;
    data = arena_alloc(buf->arena, capacity);
    memcpy(data, buf->data, buf->length);
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

void buf_put(struct buf *buf, const void *data, size_t length)
{
    if (length == 0 || !reserve(buf, length))
        return;
    memcpy(buf->data + buf->length, data, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_put(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
    buf_put(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        abort();
    if (length == 0 || !reserve(buf, (size_t)length))
        return;
    va_start(args, format);
    vsnprintf(buf->data + buf->length, (size_t)length + 1, format, args);
    va_end(args);
    buf->length += (size_t)length;
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    buf->overflown = false;
    if (buf->capacity > 0)
        buf->data[0] = '\0';
}

struct bytes buf_bytes(const struct buf *buf)
{
    return (struct bytes){(const unsigned char *)buf->data, buf->length};
}
