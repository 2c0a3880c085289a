/* Which bytes a signature dictionary speaks of (ISO 32000-1 §12.8.1, ISO 32000-2 §12.8.1).
 *
 * Only one form is accepted: four numbers, from the first byte of the file to the last of its
 * revision, but for the hexadecimal string that is the value of this very dictionary's Contents.
 * Universal signature forgery and signature wrapping live from anything else. */
#ifndef PARAPHE_INSPECT_BYTE_RANGE_H
#define PARAPHE_INSPECT_BYTE_RANGE_H

#include "base/arena.h"
#include "base/bytes.h"
#include "inspect/lexer.h"
#include "inspect/report.h"
#include "inspect/revisions.h"

struct inspect_range {
    struct bytes before; /* the signed bytes: up to Contents, and behind it */
    struct bytes after;
    struct inspect_span contents; /* from "<" to behind ">" */
    size_t end;                   /* of the covered part of the file */
    enum inspect_covers covers;
};

/* Where the dictionary of the object that stands at `at` begins ("<<"); false where the bytes there
 * are not "number 0 obj <<". */
bool inspect_dictionary_of(struct bytes file, size_t at, int64_t number, size_t *dictionary);

/* Reads what the dictionary at `dictionary` covers. numbers are those of its ByteRange, count how
 * many it has. Returns NULL, or the key of the reason why it is not accepted; even then range has
 * whatever could be read. */
const char *inspect_range_read(struct bytes file, size_t dictionary, const int64_t *numbers,
                               size_t count, const struct inspect_history *history,
                               struct inspect_range *range);

/* The bytes of the hexadecimal string; false where there is something else in it. */
bool inspect_contents_decode(struct arena *arena, struct bytes file, struct inspect_span contents,
                             struct bytes *decoded);

#endif
