/* What a certificate says, and whether its chain leads to a trust anchor. */
#ifndef PARAPHE_INSPECT_CERTIFICATE_H
#define PARAPHE_INSPECT_CERTIFICATE_H

#include <openssl/x509.h>

#include "inspect/report.h"

/* Fills signer, subject, issuer, serial and the days of validity. */
void inspect_certificate_describe(X509 *certificate, struct inspect_signature *signature);

/* others: certificates that may be links (may be NULL); trust: NULL for none. Certificates that
 * have expired make it EXPIRED, not UNTRUSTED. */
enum inspect_chain inspect_certificate_chain(X509 *certificate, STACK_OF(X509) * others,
                                             const struct inspect_trust *trust, int64_t now);

/* Seconds since 1970, UTC; 0 where it is no time. */
int64_t inspect_certificate_time(const ASN1_TIME *time);

#endif
