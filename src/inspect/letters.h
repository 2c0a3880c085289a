/* Letters of a page looked for on a copy of it: which are no longer what they were. */
#ifndef PARAPHE_INSPECT_LETTERS_H
#define PARAPHE_INSPECT_LETTERS_H

#include "inspect/ink.h"

struct letter {
    struct ink_box box; /* on the original */
    int character;
    int word;         /* letters of one word have the same number; they stand together */
    float likeness;   /* out: of its ink here and there, 0 to 1 */
    float lost;       /* out: the part of its ink that is no longer there */
    bool is_measured; /* out: it has enough ink to be compared at all */
    bool is_changed;  /* out: it differs far more than its like on this page do */
};

/* Compares each letter with the copy, which was brought in the original's place. exact: both were
 * drawn by the same hand, so that the least difference counts. */
void letters_compare(struct arena *arena, const struct ink *original, const struct ink *copy,
                     bool exact, struct letter *letters, size_t count);

#endif
