/* Names with values, as queries, forms and cookies carry them. */
#ifndef PARAPHE_HTTP_PAIRS_H
#define PARAPHE_HTTP_PAIRS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define HTTP_PAIRS_MOST 256

struct http_pair {
    const char *name;  /* UTF-8 without NUL */
    const char *value; /* UTF-8 without NUL */
};

struct http_pairs {
    struct http_pair *items;
    size_t count;
};

/* The value of the first pair of that name, or NULL. */
const char *http_pairs_get(const struct http_pairs *pairs, const char *name);

/* Decodes %XX (and, where plus is set, + as a space). A % that no two digits follow is kept, as
 * browsers do (URL Standard §1.3). false where the result is not UTF-8 or has a NUL. */
bool http_percent_decode(struct arena *arena, struct bytes text, bool plus, const char **decoded);

/* Reads application/x-www-form-urlencoded (URL Standard §5.1), which queries are too. ERR_INVALID
 * where it is not UTF-8 or has a NUL, ERR_TOO_LARGE for more than HTTP_PAIRS_MOST pairs. */
enum err http_urlencoded(struct arena *arena, struct bytes text, struct http_pairs *pairs);

/* Reads a Cookie header (RFC 6265 §5.4). What is no cookie of ours (bytes outside of visible
 * ASCII, more than HTTP_PAIRS_MOST) is passed over: cookies that others set on our host must not
 * lock anybody out. */
void http_cookies(struct arena *arena, const char *header, struct http_pairs *pairs);

#endif
