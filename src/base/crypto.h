/* Random bytes, digests and text forms of bytes; OpenSSL and the kernel do the work. */
#ifndef PARAPHE_BASE_CRYPTO_H
#define PARAPHE_BASE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"

#define CRYPTO_SHA256_SIZE 32

/* Fills place with random bytes of the kernel; aborts if it has none. */
void crypto_random(void *place, size_t length);

void crypto_sha256(struct bytes data, unsigned char digest[CRYPTO_SHA256_SIZE]);

/* HMAC-SHA-256 (RFC 2104). */
void crypto_hmac_sha256(struct bytes key, struct bytes data, unsigned char mac[CRYPTO_SHA256_SIZE]);

/* Whether both are the same, in a time that does not depend on where they differ. */
bool crypto_equal(const void *a, const void *b, size_t length);

/* Lower-case hexadecimal. */
const char *crypto_hex(struct arena *arena, struct bytes data);

/* base64url without padding (RFC 4648 §5). */
const char *crypto_base64url(struct arena *arena, struct bytes data);
bool crypto_unbase64url(const char *text, void *place, size_t length);

#endif
