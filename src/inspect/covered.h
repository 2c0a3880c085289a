/* Whether something drawn later covers text and pictures that were there. */
#ifndef PARAPHE_INSPECT_COVERED_H
#define PARAPHE_INSPECT_COVERED_H

#include "inspect/fields.h"

/* Whether letters of page `number` (from 0) of the earlier document can no longer be read in the
 * later one, or a good part of an image or of an annotation (a signature's, above all) no longer be
 * seen. Only what stands under an annotation of the later page is looked at; what stands in a box
 * to sign in is not. Puts the first word that is hit, or nothing. */
bool inspect_covered(const struct inspect_pdf *before, const struct inspect_fields *fields,
                     const struct inspect_pdf *after, int number, char *word, size_t size);

#endif
