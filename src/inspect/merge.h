/* The pages of several untrusted PDFs in one, for printing; for the confined process alone. */
#ifndef PARAPHE_INSPECT_MERGE_H
#define PARAPHE_INSPECT_MERGE_H

#include <stdbool.h>

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "base/bytes.h"
#include "inspect/draw.h"
#include "inspect/protocol.h"

struct merging {
    fz_context *context;
    pdf_document *document; /* the one that is made */
    int pages;              /* in it */
};

/* Begins with no page. False, and why, where there is no memory. */
bool merge_open(struct merging *merging, enum inspect_failure *why);

/* Adds the pages of a PDF, or a JPEG or PNG as a page, whose bytes stay where they are. What stands
 * on a page as an annotation or a field (ink, a signature's image, text typed) becomes a part of
 * it; nothing else of the file is taken: no script, no attachment, no form. False, and why, where
 * that cannot be done: then none of its pages is there. */
bool merge_add(struct merging *merging, struct bytes file, enum inspect_failure *why);

/* The same with some pages of a PDF that is open; first counts from 0. */
bool merge_add_pages(struct merging *merging, const struct drawing *drawing, int first, int count,
                     enum inspect_failure *why);

/* The PDF; never freed, as the process ends soon. */
bool merge_write(const struct merging *merging, struct bytes *pdf, enum inspect_failure *why);

#endif
