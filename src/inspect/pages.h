/* What pages show: whether something added covers the text that was there, and whether the pages of
 * a file that was written anew are still the original's. */
#ifndef PARAPHE_INSPECT_PAGES_H
#define PARAPHE_INSPECT_PAGES_H

#include "inspect/changes.h"

/* Forbids what is drawn, on the pages that were touched, over text of the earlier revision so that
 * it can no longer be read. What a field was there for (the box of a signature) is not counted. */
void inspect_pages_covered(struct inspect_difference *difference);

/* Whether the file's pages, without annotations and fields, are the original's; if not, the report
 * says which. fields are the file's. Lists as additions what stands on them besides, and what of it
 * covers text. */
bool inspect_pages_same(const struct inspect_pdf *original, const struct inspect_pdf *file,
                        const struct inspect_fields *fields, struct inspect_report *report);

/* Lists the annotations of a file that there is nothing to compare with. */
void inspect_pages_annotations(const struct inspect_pdf *file, const struct inspect_fields *fields,
                               struct inspect_report *report);

#endif
