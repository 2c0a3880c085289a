/* What the standard concludes for each signature of a file (ETSI EN 319 102-1 §5): whether its
 * certificate leads to an anchor, was valid and not revoked when the signature is known to have
 * been there, and its algorithms were to be relied upon then.
 *
 * The signer's own word for the time proves nothing, except against the signer. What proves that a
 * signature was there is a time stamp over it, in the CMS or in a later revision of the document,
 * which is itself validated first. Where nothing does, the time is now. */
#ifndef PARAPHE_INSPECT_VALIDATION_H
#define PARAPHE_INSPECT_VALIDATION_H

#include "inspect/cms.h"
#include "inspect/security_store.h"

struct inspect_validation {
    const struct inspect_trust *trust; /* NULL: no chain is found */
    int64_t now;
    const struct inspect_security_store *store; /* what the document brings for all of them */
    const struct inspect_material *materials;   /* of the signatures, in their order */
    bool is_composed; /* the file has another document in it: no signature passes */
};

/* Fills chain, status, indication and proven_time of each signature of the report, whose other
 * members are known. */
void inspect_validate(const struct inspect_validation *validation, struct inspect_report *report);

#endif
