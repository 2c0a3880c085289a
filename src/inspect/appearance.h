/* A page as it looks: its grey picture, and where letters and images are on it. */
#ifndef PARAPHE_INSPECT_APPEARANCE_H
#define PARAPHE_INSPECT_APPEARANCE_H

#include "inspect/pdf_file.h"

enum inspect_layers {
    INSPECT_CONTENT_ONLY, /* without annotations and fields */
    INSPECT_WITH_ANNOTATIONS
};

/* A letter and the pixels it takes. */
struct inspect_letter {
    fz_irect box;
    fz_point origin; /* in pixels */
    int character;
    int word; /* letters of one word have the same number */
};

struct inspect_appearance {
    pdf_page *page;
    fz_matrix scaled; /* from the page's coordinates as MuPDF sees them to pixels */
    fz_matrix placed; /* from the file's coordinates (Rect) to pixels */
    fz_irect bounds;
    struct inspect_letter *letters; /* of the pool */
    size_t letter_count;
    fz_irect *images; /* where pictures are drawn; of the pool */
    size_t image_count;
    fz_pixmap *picture; /* NULL until it is drawn */
};

/* Loads page `number` (from 0) at 100 dots an inch, less for very large pages, and reads its
 * letters. Throws where the page that MuPDF counts is not the one in pdf's list. */
void inspect_appearance_open(const struct inspect_pdf *pdf, int number, enum inspect_layers layers,
                             struct inspect_appearance *appearance);

/* Draws it, on white. */
void inspect_appearance_draw(const struct inspect_pdf *pdf, enum inspect_layers layers,
                             struct inspect_appearance *appearance);

void inspect_appearance_close(const struct inspect_pdf *pdf, struct inspect_appearance *appearance);

/* How many letters there are, spaces among them. */
size_t inspect_letters_count(const fz_stext_page *text);

/* The pixels of a rectangle of the file, as far as they are on the page. */
fz_irect inspect_appearance_place(const struct inspect_appearance *appearance, fz_rect box);

/* 0 black to 255 white. */
static inline int inspect_appearance_grey(const fz_pixmap *picture, int x, int y)
{
    return picture->samples[(ptrdiff_t)(y - picture->y) * picture->stride + (x - picture->x)];
}

#endif
