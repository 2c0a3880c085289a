/* The one MuPDF context of a process.
 *
 * Making a context costs as much as a small inspection; a service makes it before it forks. Its
 * messages about files go nowhere, and its memory is counted: over a limit an allocation fails,
 * which MuPDF throws as FZ_ERROR_MEMORY, also where the system would have given more. */
#ifndef PARAPHE_INSPECT_MUPDF_H
#define PARAPHE_INSPECT_MUPDF_H

#include <stdbool.h>

#include <mupdf/fitz.h>

/* Made at the first call and never dropped. NULL where there is no memory. */
fz_context *inspect_mupdf(void);

/* Whether an allocation of MuPDF was ever refused in this process. Some of its code takes that for
 * a damaged file: who reports damage asks here first. */
bool inspect_mupdf_starved(void);

#endif
