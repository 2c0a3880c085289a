/* Opening a PDF in memory with MuPDF, and what the judge asks of it.
 *
 * Everything here may throw (fz_throw) and is called inside one fz_try of verdict.c; nothing of it
 * allocates from an arena, whose jump must not cross MuPDF's. What lives as long as the inspection
 * comes from the pool. JavaScript is never enabled, files are never opened. */
#ifndef PARAPHE_INSPECT_PDF_FILE_H
#define PARAPHE_INSPECT_PDF_FILE_H

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "base/bytes.h"
#include "inspect/report.h"

#define INSPECT_OBJECTS_MAX 500000
#define INSPECT_TREE_NODES_MAX 20000
#define INSPECT_TREE_DEPTH_MAX 48

/* An entry of a cross-reference section (ISO 32000-1 §7.5.8.3). */
struct inspect_entry {
    int section; /* 0 is the newest */
    int number;
    bool is_packed; /* in an object stream */
    int64_t place;  /* in the file; of the object stream its number */
    int index;      /* in the object stream */
};

/* One view of a file: all of its bytes, or those up to the end of an earlier revision. */
struct inspect_pdf {
    fz_context *context;
    fz_pool *pool;
    struct bytes bytes;
    pdf_document *document;
    pdf_obj *pages[INSPECT_PAGES_MAX];
    int page_count;
    /* the cross-reference sections as they are written: MuPDF may mend its own while it reads */
    struct inspect_entry *entries; /* objects in use */
    size_t entry_count;
    int section_count;
    bool was_repaired; /* the document could not be opened as it is written */
};

enum inspect_opened {
    INSPECT_OPENED,
    INSPECT_OPENED_EMPTY,
    INSPECT_OPENED_NOT_PDF,
    INSPECT_OPENED_ENCRYPTED,
    INSPECT_OPENED_BROKEN,  /* cannot be read, or has no pages */
    INSPECT_OPENED_CUT_OFF, /* has no end: a part of it was sent or written */
    INSPECT_OPENED_TOO_LARGE,
    INSPECT_OPENED_TOO_MANY_PAGES,
    INSPECT_OPENED_TOO_MUCH
};

/* Opens bytes, which must outlive pdf, and lists its pages. pdf->document is set where anything but
 * NOT_PDF is returned, or NULL. Close it in any case. */
enum inspect_opened inspect_pdf_open(fz_context *context, fz_pool *pool, struct bytes bytes,
                                     struct inspect_pdf *pdf);
void inspect_pdf_close(struct inspect_pdf *pdf);

struct inspect_tokens {
    uint32_t count;
    char list[INSPECT_TOKENS_MAX][INSPECT_TOKEN_SIZE];
};

/* Adds the tokens that stand in Info and in the XMP metadata, each once. */
void inspect_pdf_tokens(const struct inspect_pdf *pdf, struct inspect_tokens *tokens);

/* Copies a text string of the file (PDFDocEncoding, UTF-16 or UTF-8) as UTF-8, cut to size. */
void inspect_pdf_text(fz_context *context, pdf_obj *string, char *place, size_t size);

/* The page on which an annotation stands, from 1; 0 if on none. */
uint32_t inspect_pdf_page_of(const struct inspect_pdf *pdf, pdf_obj *annotation);

/* Zeroed memory of the pool. */
void *inspect_pool(fz_context *context, fz_pool *pool, size_t count, size_t size);

#endif
