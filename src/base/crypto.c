#include "base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

void crypto_random(void *place, size_t length)
{
    unsigned char *at = place;

    while (length > 0) {
        ssize_t got = getrandom(at, length, 0);
        if (got < 0)
            abort();
        at += got;
        length -= (size_t)got;
    }
}

/* Fetched once: EVP_sha256() has OpenSSL 3 look the algorithm up at each use, which costs more than
 * the digest of a short text. Lives until the process ends. */
static const EVP_MD *sha256(void)
{
    static EVP_MD *fetched;

    if (!fetched)
        fetched = EVP_MD_fetch(NULL, "SHA2-256", NULL);
    if (!fetched)
        abort();
    return fetched;
}

void crypto_sha256(struct bytes data, unsigned char digest[CRYPTO_SHA256_SIZE])
{
    if (EVP_Digest(data.data, data.length, digest, NULL, sha256(), NULL) != 1)
        abort();
}

void crypto_hmac_sha256(struct bytes key, struct bytes data, unsigned char mac[CRYPTO_SHA256_SIZE])
{
    unsigned int length = 0;

    if (!HMAC(sha256(), key.data, (int)key.length, data.data, data.length, mac, &length) ||
        length != CRYPTO_SHA256_SIZE)
        abort();
}

bool crypto_equal(const void *a, const void *b, size_t length)
{
    return CRYPTO_memcmp(a, b, length) == 0;
}

const char *crypto_hex(struct arena *arena, struct bytes data)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, data.length * 2 + 1);

    for (size_t i = 0; i < data.length; i++) {
        text[2 * i] = digits[data.data[i] >> 4];
        text[2 * i + 1] = digits[data.data[i] & 15];
    }
    return text;
}

static const char base64url_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const char *crypto_base64url(struct arena *arena, struct bytes data)
{
    char *text = arena_alloc(arena, (data.length * 4 + 2) / 3 + 1), *to = text;
    unsigned int bits = 0, held = 0;

    for (size_t i = 0; i < data.length; i++) {
        bits = (bits << 8 | data.data[i]) & 0xffff;
        for (held += 8; held >= 6; held -= 6)
            *to++ = base64url_digits[bits >> (held - 6) & 63];
    }
    if (held > 0)
        *to++ = base64url_digits[bits << (6 - held) & 63];
    *to = '\0';
    return text;
}

bool crypto_unbase64url(const char *text, void *place, size_t length)
{
    unsigned char *at = place;
    unsigned int bits = 0, held = 0;
    size_t done = 0;

    if (strlen(text) != (length * 4 + 2) / 3)
        return false;
    for (; *text; text++) {
        const char *digit = strchr(base64url_digits, *text);
        if (!digit)
            return false;
        bits = (bits << 6 | (unsigned int)(digit - base64url_digits)) & 0xffff;
        held += 6;
        if (held >= 8) {
            held -= 8;
            at[done++] = (unsigned char)(bits >> held);
        }
    }
    /* What is left over must be zero, or two texts would mean the same bytes. */
    return done == length && (bits & ((1u << held) - 1)) == 0;
}
