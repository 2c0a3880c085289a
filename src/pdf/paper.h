/* The convention's PDF: what it says, and how it is drawn. */
#ifndef PARAPHE_PDF_PAPER_H
#define PARAPHE_PDF_PAPER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/settings.h"
#include "pdf/token.h"

/* Rows of RGB from the top, 8 bits each; rgb is NULL where there is no picture. White counts as
 * paper. At most 4,000 × 4,000. */
struct paper_image {
    const unsigned char *rgb;
    unsigned width;
    unsigned height;
};

struct paper_school {
    const char *name;
    const char *uai;
    const char *address;
    const char *postal_code;
    const char *city;
    const char *phone;
    const char *email;
    const char *head_name;
    const char *head_title;
    struct paper_image signature;
};

/* Everything the convention is drawn from. Text is UTF-8. The host's name, the trainee's names, the
 * title, the first day, the text and the token must be there; what else is not known is NULL or ""
 * and leaves no hole. Days are YYYY-MM-DD, times HH:MM in Paris. */
struct convention_paper {
    struct paper_school host;
    struct paper_school origin;
    struct paper_image logo; /* the host's */

    const char *last_name;
    const char *first_name;
    const char *birth_day;
    const char *class_name;

    const char *guardian_name;
    const char *guardian_phone;
    const char *guardian_email;
    const char *guardian_address;

    const char *title;
    const char *course;
    const char *first_day;
    const char *last_day;
    const char *starts_at;
    const char *ends_at;
    const char *place;
    const char *person_name;
    const char *person_phone;
    const char *meals;     /* "canteen", "packed" or "home" */
    const char *transport; /* "family", "school" or "foot" */

    const char *board_day; /* when the origin's board approved the convention; for the text */

    const char *text; /* Markdown of the « Vu » lines and the articles, its variables filled */
    struct pdf_token token;
    int64_t created_at;
    bool is_example; /* marked « Aperçu », without signature fields: to be looked at */
};

/* A rectangle on a page, in points from its lower left corner; pages count from 1. */
struct pdf_box {
    unsigned page;
    double left, bottom, right, top;
};

enum signatory {
    SIGNATORY_HOST,
    SIGNATORY_ORIGIN,
    SIGNATORY_GUARDIAN,
    SIGNATORY_TRAINEE,
    SIGNATORY_COUNT
};

/* Where the inspector may find ink, and where the identification stands. */
struct pdf_layout {
    unsigned page_count;
    struct pdf_box boxes[SIGNATORY_COUNT];  /* with their printed labels */
    struct pdf_box fields[SIGNATORY_COUNT]; /* the signature fields inside */
    struct pdf_box code;                    /* the QR code, at this place of every page */
};

/* "signature_host", "signature_origin", "signature_guardian", "signature_trainee". */
const char *pdf_box_name(enum signatory signatory);

/* Draws the convention. The same paper and fonts give the same bytes. Two pages for the standard
 * text; a longer one takes as many as it needs. layout, which may be NULL, tells where things
 * stand. The bytes are in the arena, which needs about 1 MB for it, and as much again for each
 * picture not seen before. Errors: ERR_INTERNAL (fonts, libharu), ERR_TOO_LARGE
 * "convention-too-long" (over 20 pages) or "convention-image-too-large". */
enum err pdf_convention_draw(struct arena *arena, const struct settings *settings,
                             const struct convention_paper *paper, struct pdf_layout *layout,
                             struct bytes *pdf);

#endif
