/* Whether a signature's cryptography holds: the digest over exactly the signed bytes, the signed
 * attributes and the signature itself (RFC 5652 §5.4 and §5.6, RFC 5035, RFC 3161, ISO 32000-2
 * §12.8.3, ETSI EN 319 142-1). Trust in the certificate is told apart. */
#ifndef PARAPHE_INSPECT_CMS_H
#define PARAPHE_INSPECT_CMS_H

#include "base/bytes.h"
#include "inspect/report.h"

struct inspect_cms_input {
    struct bytes contents;      /* the value of Contents, with its padding */
    struct bytes before, after; /* the signed bytes */
    struct bytes certificate;   /* the value of Cert, for adbe.x509.rsa_sha1 */
    const struct inspect_trust *trust;
    int64_t now;
};

/* signature->field and ->subfilter are given; fills signer, certificate, digest, signing time and
 * chain. Returns whether it holds; what it holds against, and what is weak, becomes a reason. */
bool inspect_cms_holds(const struct inspect_cms_input *input, struct inspect_signature *signature,
                       struct inspect_report *report);

#endif
