/* One-time passwords by time: TOTP (RFC 6238) of six digits and thirty seconds, by HMAC-SHA-1, as
 * every authenticator takes it. */
#ifndef PARAPHE_BASE_OTP_H
#define PARAPHE_BASE_OTP_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

#define OTP_KEY_SIZE 20
#define OTP_DIGITS 6
#define OTP_SECONDS 30

/* The code of that step, which is the time in seconds divided by OTP_SECONDS. */
void otp_code(struct bytes key, uint64_t step, char code[OTP_DIGITS + 1]);

/* Base32 without padding (RFC 4648 §6), in which keys are typed. */
const char *otp_base32(struct arena *arena, struct bytes data);

#endif
