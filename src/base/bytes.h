/* A run of bytes that somebody else owns. */
#ifndef PARAPHE_BASE_BYTES_H
#define PARAPHE_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct bytes {
    const unsigned char *data;
    size_t length;
};

/* The bytes of a NUL-terminated string, without the NUL. */
static inline struct bytes bytes_of(const char *text)
{
    return (struct bytes){(const unsigned char *)text, strlen(text)};
}

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool bytes_start_with(struct bytes whole, struct bytes prefix)
{
    return whole.length >= prefix.length &&
           (prefix.length == 0 || memcmp(whole.data, prefix.data, prefix.length) == 0);
}

#endif
