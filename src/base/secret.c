#include "base/secret.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define SECRET_LEAST 32
#define SECRET_MOST 4096

static struct {
    char path[1024];
    unsigned char data[SECRET_MOST];
    size_t length;
} secret;

static enum err load(const char *path)
{
    FILE *file;

    if (secret.length > 0 && strcmp(secret.path, path) == 0)
        return ERR_OK;
    secret.length = 0;
    if (strlen(path) >= sizeof secret.path)
        return err_raise(ERR_INTERNAL, NULL, "the path of the secret is too long");
    file = fopen(path, "rbe");
    if (!file)
        return err_raise(ERR_INTERNAL, NULL, "cannot read the secret %s: %s", path,
                         strerror(errno));
    secret.length = fread(secret.data, 1, sizeof secret.data, file);
    fclose(file);
    if (secret.length < SECRET_LEAST) {
        secret.length = 0;
        return err_raise(ERR_INTERNAL, NULL, "the secret %s has fewer than %d bytes", path,
                         SECRET_LEAST);
    }
    memcpy(secret.path, path, strlen(path) + 1);
    return ERR_OK;
}

enum err secret_mac(const struct settings *settings, const char *purpose, struct bytes message,
                    unsigned char mac[CRYPTO_SHA256_SIZE])
{
    unsigned char purpose_key[CRYPTO_SHA256_SIZE];

    ERR_TRY(load(settings->secret_file));
    crypto_hmac_sha256((struct bytes){secret.data, secret.length}, bytes_of(purpose), purpose_key);
    crypto_hmac_sha256((struct bytes){purpose_key, sizeof purpose_key}, message, mac);
    return ERR_OK;
}
