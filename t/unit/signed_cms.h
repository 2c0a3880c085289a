/* What stands in Contents: the CMS, or the bare signature, over the signed bytes of a test. */
#ifndef PARAPHE_T_SIGNED_CMS_H
#define PARAPHE_T_SIGNED_CMS_H

#include "t/unit/signed_pdf.h"

/* In DER; content is what the byte range covers. */
struct bytes signed_contents(struct arena *arena, const struct signing *signing,
                             struct bytes content);

/* "/Cert <…>" for adbe.x509.rsa_sha1, else nothing. */
const char *signed_certificate(struct arena *arena, const struct signing *signing);

#endif
