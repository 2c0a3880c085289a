/* vCards: RFC 6350 (4.0), RFC 2426 (3.0), and 2.1 as the versit consortium described it. */
#ifndef PARAPHE_CARD_CARD_H
#define PARAPHE_CARD_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define CARD_FILE_MOST ((size_t)5 * 1024 * 1024) /* bytes of a file: photographs count */
#define CARDS_MOST 500                           /* in a file */
#define CARD_TEXT_MOST ((size_t)4096)            /* bytes of a text; a longer one is passed over */

/* Texts are UTF-8 on one line, "" where the card does not say. */
struct card {
    unsigned number; /* in its file, from 1 */
    bool is_cut;     /* the file ends in its midst */
    bool is_group;   /* a list of other cards */
    bool is_organization;
    const char *uid;
    const char *uai; /* X-PARAPHE-UAI, our own */
    const char *organization;
    const char *name; /* of the person, or of the organization */
    const char *title;
    const char *email;
    const char *phone; /* not a fax */
    const char *street;
    const char *postal_code;
    const char *city;
};

struct cards {
    struct card *items;
    size_t count;
};

/* Reads every card of a file. What is not understood is passed over; what is not UTF-8 and names
 * no encoding is taken for Windows-1252. Errors: ERR_TOO_LARGE "cards-file-too-large",
 * ERR_INVALID "cards-none" where there is none, "cards-too-many". */
enum err cards_read(struct arena *arena, struct bytes file, struct cards *cards);

enum card_version { CARD_4_0, CARD_3_0 };

/* Writes cards (numbers and is_cut do not matter), lines folded at 75 bytes, no character
 * broken. */
struct bytes cards_write(struct arena *arena, enum card_version version, const struct card *cards,
                         size_t count);

#endif
