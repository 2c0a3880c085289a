/* The part of a font that a document uses, as a TrueType font of its own.
 *
 * Each character taken gets a new number, 1, 2, 3 … in the order of first use (0 is the sign for
 * missing characters): text is written with these numbers, and ToUnicode says which character
 * each one is, even where two characters look the same. */
#ifndef PARAPHE_PDF_SUBSET_H
#define PARAPHE_PDF_SUBSET_H

#include "pdf/font.h"

#define SUBSET_MOST 1024 /* different characters in one face; more become the missing sign */

struct subset {
    const struct font *font;
    unsigned count;                    /* numbers given, with 0 */
    uint32_t characters[SUBSET_MOST];  /* by number */
    uint16_t glyphs[SUBSET_MOST];      /* the font's, by number */
    int16_t advances[SUBSET_MOST];     /* thousandths, by number */
    uint16_t numbers[4 * SUBSET_MOST]; /* by hash of the character; 0: free */
};

void subset_open(struct subset *subset, const struct font *font);

/* The number of a character, given at its first use. A character that the font lacks is shown by
 * a near relative (a hyphen for a non-breaking hyphen, a narrower space for a narrow one) or as
 * the missing sign. */
unsigned subset_take(struct subset *subset, uint32_t character);

/* The font file for embedding. The same characters taken in the same order give the same bytes. */
struct bytes subset_write(struct arena *arena, const struct subset *subset);

#endif
