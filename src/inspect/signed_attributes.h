/* The signed attributes of one CMS signer: what they must say (RFC 5652 §11, RFC 2634 §5.4,
 * RFC 5035 §3, RFC 6211), and checking a signature over them. */
#ifndef PARAPHE_INSPECT_SIGNED_ATTRIBUTES_H
#define PARAPHE_INSPECT_SIGNED_ATTRIBUTES_H

#include <openssl/cms.h>

#include "base/bytes.h"

/* NULL where content type, message digest, signing certificate and, if they are said, the
 * algorithms are right, else the key of the
 * reason. digest: what the message digest must be. */
const char *inspect_attributes_check(CMS_SignerInfo *signer, X509 *certificate,
                                     const ASN1_OBJECT *content_type, struct bytes digest);

/* Whether the signature over the attributes holds under the certificate's key. */
bool inspect_attributes_signed(CMS_SignerInfo *signer, X509 *certificate);

#endif
