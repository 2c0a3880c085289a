/* The revisions of a file: the chain of cross-reference sections, newest first, as written
 * (ISO 32000-1 §7.5.4 to §7.5.8), found without repair. */
#ifndef PARAPHE_INSPECT_REVISIONS_H
#define PARAPHE_INSPECT_REVISIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

#define INSPECT_SECTIONS_MAX 1024

/* One section: "xref … trailer << … >>" or a cross-reference stream. */
struct inspect_section {
    size_t start;
    size_t end; /* behind the trailer's dictionary, or behind "endobj" */
};

struct inspect_history {
    struct inspect_section sections[INSPECT_SECTIONS_MAX];
    size_t count;
    size_t startxref; /* where the section newest is, as the end of the file says */
    bool whole;       /* each section was read, down to one without Prev */
};

/* Reads the chain that ends the first `end` bytes of the file. */
void inspect_history_read(struct bytes file, size_t end, struct inspect_history *history);

/* Whether a revision ends at end: "%%EOF" stands before it with at most white space between, and
 * the "startxref" before names a section that the whole file's chain also has. */
bool inspect_revision_ends(struct bytes file, size_t end, const struct inspect_history *history);

/* Where the bytes end without the white space behind them. */
size_t inspect_trimmed(struct bytes file, size_t end);

#endif
