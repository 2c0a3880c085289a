#include "base/otp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>

#define SHA1_SIZE 20
#define MODULUS 1000000

void otp_code(struct bytes key, uint64_t step, char code[OTP_DIGITS + 1])
{
    unsigned char counter[8], mac[SHA1_SIZE];
    unsigned int length = 0, offset;
    uint32_t number;

    for (int i = 7; i >= 0; i--, step >>= 8)
        counter[i] = (unsigned char)step;
    if (!HMAC(EVP_sha1(), key.data, (int)key.length, counter, sizeof counter, mac, &length) ||
        length != sizeof mac)
        abort();
    /* Dynamic truncation, RFC 4226 §5.3. */
    offset = mac[SHA1_SIZE - 1] & 15U;
    number = (uint32_t)(mac[offset] & 127) << 24 | (uint32_t)mac[offset + 1] << 16 |
             (uint32_t)mac[offset + 2] << 8 | mac[offset + 3];
    snprintf(code, OTP_DIGITS + 1, "%06u", number % MODULUS);
}

const char *otp_base32(struct arena *arena, struct bytes data)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *text = arena_alloc(arena, (data.length * 8 + 4) / 5 + 1), *to = text;
    unsigned int bits = 0, held = 0;

    for (size_t i = 0; i < data.length; i++) {
        bits = (bits << 8 | data.data[i]) & 0xffff;
        for (held += 8; held >= 5; held -= 5)
            *to++ = digits[bits >> (held - 5) & 31];
    }
    if (held > 0)
        *to++ = digits[bits << (5 - held) & 31];
    *to = '\0';
    return text;
}
