/* Several files in one ZIP (PKWARE's APPNOTE 6.3), in memory. */
#ifndef PARAPHE_ARCHIVE_ZIP_FILE_H
#define PARAPHE_ARCHIVE_ZIP_FILE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

struct zip_entry {
    const char *name;      /* UTF-8, without its extension */
    const char *extension; /* ".pdf" */
    struct bytes content;
};

/* Writes them in their order, as they are: PDFs do not get smaller. What a file name cannot carry
 * becomes '_'; of two names alike, however they are written, the second gets " (2)". at: the time
 * they all bear. Fails with ERR_UNAVAILABLE where there is no memory, and nothing else. */
enum err zip_file_write(struct arena *arena, const struct zip_entry *entries, size_t count,
                        int64_t at, struct bytes *zip);

#endif
