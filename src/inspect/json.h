/* One inspection as one line of JSON (RFC 8259), for paraphe-inspect --json. */
#ifndef PARAPHE_INSPECT_JSON_H
#define PARAPHE_INSPECT_JSON_H

#include "base/buf.h"
#include "inspect/protocol.h"
#include "inspect/report.h"

struct inspection {
    const char *file;                    /* its name, as it was given */
    const struct inspect_claim *claim;   /* NULL where there is none */
    const struct inspect_report *report; /* NULL where the inspection failed */
    enum inspect_failure failure;        /* then this is why */
    double ms;                           /* from first to last */
};

/* The verdict, also where there is no report: a limit, or what is wrong with the file. */
enum inspect_verdict inspection_verdict(const struct inspection *inspection);

/* The ID the file claims, 32 hexadecimal digits in the arena; NULL where it claims none, or
 * several. Without the platform's secret it is unproven. */
const char *inspection_convention(struct arena *arena, const struct inspection *inspection);

/* Appends the object and a newline. Its members, always all of them and in this order: file,
 * verdict, convention (or null), evidence, pages, signatures (field, subfilter, signer,
 * signing_time as RFC 3339 or null, digest, integrity, covers, changes_after), reasons (keys, with
 * where after a colon), ms. */
void json_inspection(struct buf *buf, const struct inspection *inspection);

#endif
