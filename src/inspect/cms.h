/* Whether a signature's cryptography holds: the digest over exactly the signed bytes, the signed
 * attributes and the signature itself (RFC 5652 §5.4 and §5.6, RFC 5035, RFC 3161, ISO 32000-2
 * §12.8.3, ETSI EN 319 142-1). Trust in the certificate is told apart. */
#ifndef PARAPHE_INSPECT_CMS_H
#define PARAPHE_INSPECT_CMS_H

#include <openssl/cms.h>

#include "base/bytes.h"
#include "inspect/report.h"
#include "inspect/revocation.h"

struct inspect_cms_input {
    struct bytes contents;      /* the value of Contents, with its padding */
    struct bytes before, after; /* the signed bytes */
    struct bytes certificate;   /* the value of Cert, for adbe.x509.rsa_sha1 */
    bool collects;              /* what validation.h asks for is wanted, too */
};

/* What a signature brings along to be validated with. */
struct inspect_material {
    const char *fault; /* the key of what does not hold; NULL: it holds */
    CMS_ContentInfo *cms;
    CMS_SignerInfo *signer; /* of the cms */
    X509 *certificate;      /* the signer's, or NULL */
    STACK_OF(X509) * certificates;
    struct inspect_revocation revocation;
    int64_t reliable_until; /* when its weakest algorithm ceased to be */
    bool has_claimed_time;  /* the signing time is the signer's own word */
};

/* signature->field and ->subfilter are given; fills signer, certificate, digest and signing time.
 * Returns whether it holds; what it holds against, and what is weak, becomes a reason of the report
 * (NULL: of none). material is filled wholly, to be freed in any case. */
bool inspect_cms_holds(const struct inspect_cms_input *input, struct inspect_signature *signature,
                       struct inspect_report *report, struct inspect_material *material);
void inspect_material_free(struct inspect_material *material);

#endif
