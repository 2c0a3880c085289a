/* Pages of an untrusted PDF as pictures; for the confined process alone. */
#ifndef PARAPHE_INSPECT_DRAW_H
#define PARAPHE_INSPECT_DRAW_H

#include <stdbool.h>

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "base/bytes.h"
#include "inspect/protocol.h"

struct drawing {
    fz_context *context;
    pdf_document *document;
    int pages;
};

/* Opens a PDF whose bytes stay where they are; false, and why, where that cannot be done. A process
 * that ends soon need not close it. */
bool draw_open(struct bytes file, struct drawing *drawing, enum inspect_failure *why);

/* Gives back what an opening, successful or not, has taken. */
void draw_close(struct drawing *drawing);

/* How large a page becomes. */
struct draw_size {
    int width;   /* pixels; 0 to go by longest */
    int longest; /* pixels of the longer side, at most; also the limit where width is given */
};

/* The page (from 0) with its annotations, on white. The caller drops the picture. False, and why,
 * where it cannot be drawn at all; damage inside a page leaves a part of it white. */
bool draw_page(const struct drawing *drawing, int page, struct draw_size size,
               fz_colorspace *colours, fz_pixmap **picture, enum inspect_failure *why);

/* Runs the page with its annotations and fields, as viewers show it; an empty signature field looks
 * like nothing. Throws. */
void draw_run(fz_context *context, pdf_page *page, fz_device *device, fz_matrix place);

/* What an error MuPDF has thrown says about the file; used in fz_catch. */
enum inspect_failure draw_failure(fz_context *context);

#endif
