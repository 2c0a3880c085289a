/* Texts that somebody gave: whether the database takes them as they are. */
#ifndef PARAPHE_DOMAIN_TEXTS_H
#define PARAPHE_DOMAIN_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* most: characters, as the column has (sql/migrations). */
struct text_rule {
    const char *name; /* for the failure's detail */
    const char *text;
    size_t most;
    bool required;
    bool many_lines;
};

/* Errors, of the first text that is not good: ERR_INVALID "text-missing", "text-too-long", or
 * "text-unreadable" (no UTF-8, or control characters). The detail names it. */
enum err texts_check(const struct text_rule *rules, size_t count);

#define TEXTS_CHECK(rules) texts_check((rules), sizeof(rules) / sizeof(rules)[0])

#endif
