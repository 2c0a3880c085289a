/* What a certificate says, and whether its chain leads to a trust anchor. */
#ifndef PARAPHE_INSPECT_CERTIFICATE_H
#define PARAPHE_INSPECT_CERTIFICATE_H

#include <openssl/x509.h>

#include "inspect/report.h"

/* Fills signer, subject, issuer, serial and the days of validity. */
void inspect_certificate_describe(X509 *certificate, struct inspect_signature *signature);

enum inspect_path {
    INSPECT_PATH_FOUND,
    INSPECT_PATH_MISSING, /* it leads to no anchor */
    INSPECT_PATH_BROKEN   /* it does, but not as RFC 5280 §6 wants it */
};

/* Finds the chain from the certificate (first) to an anchor (last), days of validity aside. others:
 * certificates that may be links (may be NULL). chain is the caller's, NULL where none is found. */
enum inspect_path inspect_certificate_path(X509 *certificate, STACK_OF(X509) * others,
                                           const struct inspect_trust *trust,
                                           STACK_OF(X509) * *chain);

/* Seconds since 1970, UTC; 0 where it is no time. */
int64_t inspect_certificate_time(const ASN1_TIME *time);

#endif
