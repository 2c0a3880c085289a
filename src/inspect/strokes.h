/* Ink that one page has and another has not, in pieces that hang together. */
#ifndef PARAPHE_INSPECT_STROKES_H
#define PARAPHE_INSPECT_STROKES_H

#include "inspect/ink.h"

#define STROKES_CELL 6 /* pixels: one millimetre at 150 dots an inch */
#define STROKES_MOST 256

struct stroke {
    struct ink_box box;
    int ink;   /* pixels */
    int cells; /* that have any */
};

struct strokes {
    int columns, rows;
    unsigned short *number; /* of each cell: of its stroke (from 1), 0 for none */
    unsigned short *ink;    /* of each cell: pixels */
    struct stroke list[STROKES_MOST];
    int count;
};

/* The ink of `there` that is not on `here`, nor within reach pixels of something on it. faintest:
 * what counts as ink. Margins of the page are left out, as scanners draw their own there. */
void strokes_find(struct arena *arena, const struct ink *here, const struct ink *there, int reach,
                  int faintest, struct strokes *strokes);

/* What counts as ink on a page that has this noise where the other is empty. */
int strokes_faintest(const struct ink *here_spread, const struct ink *there);

#endif
