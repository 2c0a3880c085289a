/* The second factor: a code of an authenticator (base/otp.h), or one of the recovery codes. */
#ifndef PARAPHE_HTTP_SECOND_FACTOR_H
#define PARAPHE_HTTP_SECOND_FACTOR_H

#include "base/crypto.h"
#include "base/otp.h"
#include "http/http.h"

#define HTTP_FACTOR_SALT_SIZE 20
#define HTTP_RECOVERY_CODES 10

/* The key that goes with that salt, from the platform's secret. */
enum err http_factor_key(const struct settings *settings, uint64_t account, struct bytes salt,
                         unsigned char key[OTP_KEY_SIZE]);

/* Whether code, as typed, is the one of now, of the step before or of that after; *step: its. */
bool http_factor_matches(struct arena *arena, struct bytes key, int64_t now, const char *code,
                         uint64_t *step);

/* A new recovery code, "xxxxx-xxxxx" of 31 letters and digits that are not mistaken for another;
 * and under what a typed one is kept. */
const char *http_recovery_code(struct arena *arena);
enum err http_recovery_hash(struct arena *arena, const struct settings *settings, uint64_t account,
                            const char *code, unsigned char hash[CRYPTO_SHA256_SIZE]);

/* Takes the code of that account, once: ERR_INVALID "factor-wrong" where it is none or was taken
 * before, ERR_THROTTLED "factor-throttled" as passwords are. */
enum err http_factor_check(struct exchange *x, uint64_t account, const char *code);

/* The second step of a sign-in. ERR_SIGNED_OUT where the first was not made in this browser, or
 * more than ten minutes ago; else as http_factor_check. Begins the session. */
enum err http_sign_in_finish(struct exchange *x, const char *code);

/* Whether the first step was made here. */
enum err http_sign_in_begun(struct exchange *x, bool *begun);

#endif
