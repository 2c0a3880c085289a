/* The map that fits places found on a copy: registration.c's insides. */
#ifndef PARAPHE_INSPECT_REGISTRATION_FIT_H
#define PARAPHE_INSPECT_REGISTRATION_FIT_H

#include "inspect/registration.h"

#define FIT_PLACES_MOST 70

struct fit_place {
    double x, y; /* on the original, full size */
    double u, v; /* on the copy */
    float likeness;
    bool found; /* and held so far */
};

/* Least squares over the places that are held. unknowns: 6 for a map that keeps parallels, 8 for
 * one seen from aside. False where there is no one solution. */
bool fit_map(const struct fit_place *places, int place_count, int unknowns,
             struct registration *map);

/* Lets go of the places that lie far from where the map has them, by at least that many pixels;
 * false where too few are left. */
bool fit_drop(struct fit_place *places, int place_count, const struct registration *map,
              double least);

#endif
