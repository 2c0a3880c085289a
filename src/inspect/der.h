/* Reading DER where OpenSSL has no type for what it says. */
#ifndef PARAPHE_INSPECT_DER_H
#define PARAPHE_INSPECT_DER_H

#include <openssl/asn1.h>

#include "base/bytes.h"

/* An element's class and number (X.690 §8.1.2). */
#define INSPECT_DER_SEQUENCE V_ASN1_UNIVERSAL, V_ASN1_SEQUENCE
#define INSPECT_DER_OCTETS V_ASN1_UNIVERSAL, V_ASN1_OCTET_STRING
#define INSPECT_DER_MARKED(number) V_ASN1_CONTEXT_SPECIFIC, (number)

/* Takes the element that `from` begins with, if it is of that kind, and puts what it holds; false,
 * with nothing taken, where it is another or does not fit. */
bool inspect_der_take(struct bytes *from, int kind, int number, struct bytes *content);

/* Takes the next element of any kind, header and all. */
bool inspect_der_next(struct bytes *from, struct bytes *element);

/* The bytes of a string. */
struct bytes inspect_der_bytes(const ASN1_STRING *string);

#endif
