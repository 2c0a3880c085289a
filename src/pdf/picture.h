/* Logos and signatures as images of a document. */
#ifndef PARAPHE_PDF_PICTURE_H
#define PARAPHE_PDF_PICTURE_H

#include <hpdf.h>

#include "base/arena.h"
#include "pdf/paper.h"

/* The picture as an image object of the document, reduced to at most so many columns. The same few
 * logos and signatures come again and again, so that the latest are kept, reduced and compressed,
 * for the process's life. */
HPDF_Image picture_add(struct arena *arena, HPDF_Doc document, const struct paper_image *image,
                       unsigned columns_most);

#endif
