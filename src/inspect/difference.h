/* What two pages in the same place differ in: ink that was added, print that was changed, and ink
 * in the boxes to sign in. */
#ifndef PARAPHE_INSPECT_DIFFERENCE_H
#define PARAPHE_INSPECT_DIFFERENCE_H

#include "inspect/comparison.h"
#include "inspect/ink.h"
#include "inspect/letters.h"

struct difference_region {
    enum inspect_difference_kind kind;
    uint32_t place;
    struct ink_box box;
    size_t first, end; /* the letters of the original that are told of it */
};

/* A box to sign in: the room for the signature, and the zone with the line for the date, in which
 * ink is taken for its signatory's. Both are empty where the box is on another page. */
struct difference_box {
    struct ink_box room, zone;
    int printed;           /* out: ink of the original in the room, in pixels */
    int ink;               /* out: ink that was added, in pixels */
    struct ink_box extent; /* out: its extent */
    bool touches_room;     /* out: some of it is in the room */
};

struct difference {
    struct difference_box boxes[INSPECT_BOX_COUNT];
    struct letter *letters;
    size_t letter_count;
    struct difference_region regions[INSPECT_REGIONS_MAX]; /* out */
    uint32_t region_count;
    bool more_regions;
};

/* copy: the returned page, brought in the original's place. exact: as letters_compare. */
void difference_find(struct arena *arena, const struct ink *original, const struct ink *copy,
                     bool exact, struct difference *difference);

#endif
