/* What certificate revocation lists (RFC 5280 §5) and answers of status services (RFC 6960) say
 * that a file brings along. Nothing is ever asked over the network. */
#ifndef PARAPHE_INSPECT_REVOCATION_H
#define PARAPHE_INSPECT_REVOCATION_H

#include <openssl/cms.h>
#include <openssl/ocsp.h>
#include <openssl/x509.h>

#include "base/bytes.h"

#define INSPECT_ANSWERS_MAX 128

struct inspect_revocation {
    STACK_OF(X509_CRL) * lists;
    OCSP_BASICRESP *answers[INSPECT_ANSWERS_MAX];
    size_t answer_count;
};

/* Adds one in DER; what cannot be read is left out, as is what is too much. */
void inspect_revocation_add_list(struct inspect_revocation *revocation, struct bytes der);
void inspect_revocation_add_answer(struct inspect_revocation *revocation, struct bytes der);

/* Adds those of a CMS: its own lists, and the signer's adbe-revocationInfoArchival (ISO 32000-2
 * §12.8.3.3.2). */
void inspect_revocation_add_cms(struct inspect_revocation *revocation, CMS_ContentInfo *cms,
                                CMS_SignerInfo *signer);

void inspect_revocation_free(struct inspect_revocation *revocation);

enum inspect_standing {
    INSPECT_STANDING_UNKNOWN, /* nothing says, or nothing recent enough */
    INSPECT_STANDING_GOOD,
    INSPECT_STANDING_REVOKED
};

struct inspect_question {
    X509 *certificate, *issuer;
    int64_t at;  /* the time that matters: only what was in force then, or is newer, is good */
    int64_t now; /* nothing counts that was made later */
};

/* Whether the certificate was good at that time. What is not signed by the issuer, or by a service
 * it has named (RFC 6960 §4.2.2.2), says nothing. revoked_at is put for what is revoked, be it
 * after `at`. */
enum inspect_standing inspect_revocation_ask(const struct inspect_revocation *revocation,
                                             const struct inspect_question *question,
                                             int64_t *revoked_at);

#endif
