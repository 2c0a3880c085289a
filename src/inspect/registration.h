/* Where each point of a page is on a scan of it: turned, shifted, stretched, seen from aside.
 *
 * No single mark is trusted: a coarse search finds how the whole page lies, then some seventy
 * places with text or corners are looked for one by one, coarse to fine, and the map that fits most
 * of them is kept. */
#ifndef PARAPHE_INSPECT_REGISTRATION_H
#define PARAPHE_INSPECT_REGISTRATION_H

#include "inspect/ink.h"

/* x, y → (m0 x + m1 y + m2) / d, (m3 x + m4 y + m5) / d with d = m6 x + m7 y + 1; pixels. */
struct registration {
    double m[8];
    float likeness; /* of the places that were found, 0 to 1 */
    int found;      /* how many of them */
};

/* Finds the original's pixels on the copy, both drawn at the same resolution. False where they are
 * not the same page, as far as can be told. */
bool registration_find(struct arena *arena, const struct ink *original, const struct ink *copy,
                       struct registration *found);

/* One pixel is one pixel. */
struct registration registration_identity(void);

void registration_map(const struct registration *registration, double x, double y, double *u,
                      double *v);

/* The copy as it would be in the original's place. */
struct ink registration_copy(struct arena *arena, const struct registration *registration,
                             const struct ink *original, const struct ink *copy);

#endif
