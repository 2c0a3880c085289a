/* A QR code (ISO/IEC 18004) for the screen. */
#ifndef PARAPHE_PDF_QR_H
#define PARAPHE_PDF_QR_H

#include "base/arena.h"
#include "base/err.h"

/* The path (SVG 2 §9.3) of the dark modules, one unit each, within a square of *side units that
 * has the quiet zone around the symbol. */
enum err qr_path(struct arena *arena, const char *text, const char **path, unsigned *side);

#endif
