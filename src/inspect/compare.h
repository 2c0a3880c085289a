/* A returned file beside its original, page by page; for the confined process alone. */
#ifndef PARAPHE_INSPECT_COMPARE_H
#define PARAPHE_INSPECT_COMPARE_H

#include "base/bytes.h"
#include "inspect/comparison.h"
#include "inspect/protocol.h"

/* Draws both and compares them (comparison.h). Pages may come back in another order, or among
 * others. only_signed: it is known that the original was signed digitally, and nothing else; then
 * nothing need be drawn. False, and why, where one of the files cannot be opened. */
bool compare_files(struct bytes original, struct bytes returned, bool only_signed,
                   struct inspect_comparison *comparison, enum inspect_failure *why);

#endif
