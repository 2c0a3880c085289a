/* The document security store: certificates and revocation data that were put into the file for
 * its signatures to be validated by (ISO 32000-2 §12.8.4.3). */
#ifndef PARAPHE_INSPECT_SECURITY_STORE_H
#define PARAPHE_INSPECT_SECURITY_STORE_H

#include "inspect/pdf_file.h"

#define INSPECT_STORED_MAX 256 /* of each kind */

struct inspect_stored {
    struct bytes list[INSPECT_STORED_MAX];
    int numbers[INSPECT_STORED_MAX]; /* of the objects, so that each is read once */
    size_t count;
};

struct inspect_security_store {
    struct inspect_stored certificates, lists, answers; /* each in DER */
};

/* Reads what the store has, and what it has for single signatures (VRI). The bytes live as long as
 * the document's pool. A stream that cannot be read is left out. */
void inspect_security_store_read(const struct inspect_pdf *pdf,
                                 struct inspect_security_store *store);

#endif
