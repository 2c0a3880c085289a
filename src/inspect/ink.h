/* Pictures of pages as ink on paper: what a scanner's light and a printer's black were no longer
 * matters. For the confined process alone. */
#ifndef PARAPHE_INSPECT_INK_H
#define PARAPHE_INSPECT_INK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Rows from the top; 0 is paper, 255 the darkest ink of the page. */
struct ink {
    int width, height;
    unsigned char *dark; /* in the arena */
};

/* A rectangle of pixels; x1 and y1 are outside. */
struct ink_box {
    int x0, y0, x1, y1;
};

/* The ink of a grey picture, each pixel beside the paper around it. */
struct ink ink_of_grey(struct arena *arena, const unsigned char *grey, int width, int height,
                       ptrdiff_t stride);

/* Half as large. */
struct ink ink_halved(struct arena *arena, const struct ink *ink);

/* Each pixel the mean, or the darkest, of the square of that radius around it. */
struct ink ink_smoothed(struct arena *arena, const struct ink *ink, int radius);
struct ink ink_spread(struct arena *arena, const struct ink *ink, int radius);

/* Between pixels; paper outside. x and y count from the middle of the first pixel. */
float ink_at(const struct ink *ink, float x, float y);

/* The part of the box that is on the picture. */
struct ink_box ink_within(const struct ink *ink, struct ink_box box);
bool ink_box_empty(struct ink_box box);
bool ink_boxes_meet(struct ink_box a, struct ink_box b);
struct ink_box ink_box_around(struct ink_box a, struct ink_box b);
struct ink_box ink_box_grown(struct ink_box box, int by);

#endif
