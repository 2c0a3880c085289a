/* Whether something drawn later covers text that was there. */
#ifndef PARAPHE_INSPECT_COVERED_H
#define PARAPHE_INSPECT_COVERED_H

#include "inspect/fields.h"

/* How many letters of page `number` (from 0) of the earlier document can no longer be read in the
 * later one. Only what stands under an annotation of the later page is looked at; what stands in a
 * box to sign in is not. Puts the first word that is hit. */
int inspect_covered(const struct inspect_pdf *before, const struct inspect_fields *fields,
                    const struct inspect_pdf *after, int number, char *word, size_t size);

#endif
