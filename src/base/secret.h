/* Keyed MACs with the platform's secret, the content of settings->secret_file.
 *
 * The file is read once in a process: requests must not depend on it being readable meanwhile.
 * Whoever replaces it makes every convention printed before unrecognisable. */
#ifndef PARAPHE_BASE_SECRET_H
#define PARAPHE_BASE_SECRET_H

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/settings.h"

/* HMAC-SHA-256 of message under the key of that purpose ("paraphe-history-v1"), itself the HMAC of
 * the purpose's name under the secret: MACs of one purpose say nothing about another's.
 * ERR_INTERNAL where the file cannot be read or has fewer than 32 bytes. */
enum err secret_mac(const struct settings *settings, const char *purpose, struct bytes message,
                    unsigned char mac[CRYPTO_SHA256_SIZE]);

#endif
