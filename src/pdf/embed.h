/* Putting a face into a document, and texts about the document: objects libharu has no call for,
 * written with its object layer.
 *
 * When the arena runs out it jumps, and the document is freed with all that hangs on it. So no
 * object may wait to be hung on something while memory is taken from the arena. */
#ifndef PARAPHE_PDF_EMBED_H
#define PARAPHE_PDF_EMBED_H

#include <hpdf.h>

#include "base/arena.h"
#include "pdf/sheet.h"
#include "pdf/subset.h"

/* Fills an empty font dictionary, already in the document, with the face as a composite font
 * whose codes are the subset's numbers in two bytes (PDF 32000-1 §9.7). */
void embed_face(struct arena *arena, HPDF_Doc document, HPDF_Dict font,
                const struct subset *subset);

/* Information dictionary, XMP packet, language, the title in the window's bar, and the file's ID,
 * all from the facts (PDF 32000-1 §14.3, §14.4, §12.2). */
void embed_facts(struct arena *arena, HPDF_Doc document, const struct document_facts *facts);

/* A PDF text string: UTF-16BE with its mark (PDF 32000-1 §7.9.2.2). */
HPDF_Binary embed_string(struct arena *arena, HPDF_Doc document, const char *text);

#endif
