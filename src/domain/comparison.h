/* A returned file beside its original: which signature boxes are written on, what was added, what
 * was changed. A help for who looks at it, never a decision. */
#ifndef PARAPHE_DOMAIN_COMPARISON_H
#define PARAPHE_DOMAIN_COMPARISON_H

#include "base/bytes.h"
#include "domain/context.h"
#include "inspect/comparison.h"
#include "inspect/report.h"

/* What is known of the boxes; none where the files could not be compared. */
struct comparison_boxes {
    bool known;
    enum inspect_box_state states[INSPECT_BOX_COUNT];
};

/* What the inspector saw, and what it knows of the signatures: one that does not hold leaves its
 * box unclear. comparison may be NULL. */
struct comparison_boxes comparison_boxes_of(const struct inspect_comparison *comparison,
                                            const struct inspect_report *report);

/* Whether somebody has signed there, as far as can be seen. */
bool comparison_is_signed(enum inspect_box_state state);

/* Whether a box seems empty that is to be signed before the convention comes back: the host's is
 * not one of them, as its school may well sign last. */
bool comparison_is_missing(const struct comparison_boxes *boxes, enum inspect_box box);
bool comparison_misses_any(const struct comparison_boxes *boxes);

/* Compares; NULL, and a word in the log, where that cannot be done: a deposit does not depend on
 * it. */
const struct inspect_comparison *comparison_make(struct context *ctx, struct bytes original,
                                                 struct bytes returned,
                                                 const struct inspect_report *report);

/* Keeps it with the deposit, in the caller's transaction; NULL where there is none. */
enum err comparison_store(struct context *ctx, uint64_t deposit,
                          const struct inspect_comparison *comparison,
                          const struct inspect_report *report);

/* The boxes as the database has them; NULL for none. */
struct comparison_boxes comparison_boxes_parse(const char *text);

#endif
