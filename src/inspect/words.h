/* An inspection in French, for people: the verdict at a glance, each signature, what was found. */
#ifndef PARAPHE_INSPECT_WORDS_H
#define PARAPHE_INSPECT_WORDS_H

#include "base/buf.h"
#include "inspect/json.h"

/* A line with the verdict, and lines behind it that begin with spaces. What a file says of itself
 * is shown without control characters. Times are in Paris (clock_open). */
void words_inspection(struct buf *buf, const struct inspection *inspection);

#endif
