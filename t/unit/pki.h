/* Keys, certificates and what tells of their revocation, for tests. */
#ifndef PARAPHE_T_PKI_H
#define PARAPHE_T_PKI_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

struct signer {
    EVP_PKEY *key;
    X509 *certificate;
};

/* A key (P-256) and a certificate it has signed itself, valid for the days around now. */
struct signer signer_make(const char *name, long from_days, long to_days);
void signer_free(struct signer *signer);

struct pki_wish {
    const char *name;
    const struct signer *issuer; /* NULL: itself */
    const char *key;             /* "RSA", "RSA-1024", "ED25519", "ED448", a curve; NULL: "P-256" */
    int64_t from, to;            /* seconds since 1970 */
    int serial;
    const char *constraints; /* of each extension: as in OpenSSL's configuration, or NULL */
    const char *usage;
    const char *purpose; /* extended key usage */
};

struct signer pki_make(struct pki_wish wish);

/* An RSA key under a certificate with the same issuer and serial number. */
struct signer pki_twin(const struct signer *signer);

/* A certificate revocation list in DER; revoked is NULL for an empty one. */
struct bytes pki_list(struct arena *arena, const struct signer *issuer, X509 *revoked,
                      int64_t revoked_at, int64_t made, int64_t next);

struct pki_answer {
    const struct signer *issuer, *responder;
    X509 *certificate;
    int64_t revoked_at; /* 0: it is good */
    int64_t made, next; /* next 0: it does not say */
};

/* An OCSP response in DER. */
struct bytes pki_answer(struct arena *arena, struct pki_answer answer);

/* Writes a certificate into the directory as anchor.pem. */
void pki_anchor(const char *directory, X509 *certificate);

#endif
