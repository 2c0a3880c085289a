/* Passwords: argon2id (RFC 9106) with OWASP's parameters, 19 MiB, two passes, one lane. */
#ifndef PARAPHE_HTTP_PASSWORD_H
#define PARAPHE_HTTP_PASSWORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

#define HTTP_PASSWORD_MOST 1024 /* bytes; more is refused unread, since hashing costs time */

/* The encoded hash ("$argon2id$v=19$m=19456,t=2,p=1$…") with a new salt. ERR_INVALID
 * "password-too-long" over HTTP_PASSWORD_MOST, ERR_UNAVAILABLE where memory is short. */
enum err http_password_hash(struct arena *arena, const char *password, const char **hash);

/* Whether password fits hash. hash NULL (no such account) takes the same time and is false.
 * The memory used goes back to the system. */
bool http_password_verify(const char *hash, const char *password);

#endif
