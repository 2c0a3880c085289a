#include "http/password.h"

#include <argon2.h>
#include <string.h>

#include "base/crypto.h"

/* OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two iterations, one degree of
 * parallelism. libargon2 takes the memory with malloc and wipes and frees it; the worker's
 * allocator maps blocks of that size and so gives them back at once (serve.c). */
#define MEMORY_KIB 19456
#define PASSES 2
#define LANES 1
#define SALT_LENGTH 16
#define HASH_LENGTH 32
#define ENCODED_MOST 128

/* Compared with where there is no account: no password fits, and the time is the same. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$"
                             "AAAAAAAAAAAAAAAAAAAAAA$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

enum err http_password_hash(struct arena *arena, const char *password, const char **hash)
{
    unsigned char salt[SALT_LENGTH];
    char *encoded = arena_alloc(arena, ENCODED_MOST);
    int code;

    if (strlen(password) > HTTP_PASSWORD_MOST)
        return err_raise(ERR_INVALID, "password-too-long", "%zu bytes", strlen(password));
    crypto_random(salt, sizeof salt);
    code = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password, strlen(password), salt,
                                 sizeof salt, HASH_LENGTH, encoded, ENCODED_MOST);
    if (code != ARGON2_OK)
        return err_raise(ERR_UNAVAILABLE, NULL, "argon2: %s", argon2_error_message(code));
    *hash = encoded;
    return ERR_OK;
}

bool http_password_verify(const char *hash, const char *password)
{
    size_t length = strlen(password);

    if (length > HTTP_PASSWORD_MOST)
        return false;
    return argon2id_verify(hash ? hash : nobody, password, length) == ARGON2_OK && hash;
}
