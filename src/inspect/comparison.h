/* What a returned file has that its original has not, page by page, and which signature boxes are
 * written on: plain data of a fixed size, like a report.
 *
 * A help for the eye, never a verdict: a picture does not prove who wrote. Places are parts of a
 * page from its top left corner, 0 to 1. Whoever receives one from another process asks
 * inspect_comparison_sound first. */
#ifndef PARAPHE_INSPECT_COMPARISON_H
#define PARAPHE_INSPECT_COMPARISON_H

#include <stdbool.h>
#include <stdint.h>

#define INSPECT_COMPARED_PAGES 20
#define INSPECT_REGIONS_MAX 64
#define INSPECT_REGION_TEXT 96
#define INSPECT_FIELD_SIZE 64

/* In the order of the boxes on the page (enum signatory of pdf/paper.h). */
enum inspect_box {
    INSPECT_BOX_HOST,
    INSPECT_BOX_ORIGIN,
    INSPECT_BOX_GUARDIAN,
    INSPECT_BOX_TRAINEE
};
#define INSPECT_BOX_COUNT 4

enum inspect_box_state {
    INSPECT_BOX_UNKNOWN, /* the page it is on was not found */
    INSPECT_BOX_EMPTY,
    INSPECT_BOX_UNCLEAR, /* a dot, or ink beside the room to sign in */
    INSPECT_BOX_WRITTEN, /* ink, a stamp, a picture or text was added */
    INSPECT_BOX_PRINTED, /* the original carries a picture of the signature */
    INSPECT_BOX_SIGNED, /* its field holds a digital signature; whether it holds, the report says */
    INSPECT_BOX_STATE_COUNT
};

/* How a page of the original was found in the returned file. */
enum inspect_pairing {
    INSPECT_PAIRING_NONE,
    INSPECT_PAIRING_DRAWN,      /* as it was drawn: the file was never printed */
    INSPECT_PAIRING_REGISTERED, /* turned, shifted or stretched: a scan, or a print to PDF */
    INSPECT_PAIRING_COUNT
};

enum inspect_difference_kind {
    INSPECT_DIFFERENCE_ADDED,   /* ink where there was none */
    INSPECT_DIFFERENCE_CHANGED, /* what was printed there is not what it was */
    INSPECT_DIFFERENCE_KIND_COUNT
};

/* The first four are enum inspect_box. */
enum inspect_place {
    INSPECT_PLACE_FREE = INSPECT_BOX_COUNT,
    INSPECT_PLACE_TEXT, /* over the text */
    INSPECT_PLACE_COUNT
};

struct inspect_compared_page {
    uint32_t returned; /* its page in the returned file, from 1; 0 for none */
    enum inspect_pairing pairing;
    float likeness; /* 0 to 1 */
};

struct inspect_compared_box {
    enum inspect_box_state state;
    uint32_t page;                  /* of the original, from 1; 0 for no such box */
    float area[4];                  /* left, top, right, bottom */
    float ink;                      /* square millimetres that were added */
    char field[INSPECT_FIELD_SIZE]; /* of the digital signature */
};

struct inspect_region {
    enum inspect_difference_kind kind;
    uint32_t place;
    uint32_t page;                  /* of the original, from 1 */
    float area[4];                  /* left, top, right, bottom, on the original */
    float returned[8];              /* the same corners on the returned page, from the top left one
                                       clockwise: x, y, x, y … */
    char text[INSPECT_REGION_TEXT]; /* what the original says there, cut; "" for none */
};

struct inspect_comparison {
    uint32_t page_count; /* of the original */
    uint32_t returned_pages;
    uint32_t region_count;
    bool more_regions; /* than the list holds */
    double ms;
    struct inspect_compared_page pages[INSPECT_COMPARED_PAGES];
    struct inspect_compared_box boxes[INSPECT_BOX_COUNT];
    struct inspect_region regions[INSPECT_REGIONS_MAX];
};

bool inspect_comparison_sound(const struct inspect_comparison *comparison);

/* The name of the box's field in the original: "signature_host" … */
const char *inspect_box_field(enum inspect_box box);

/* The database's and the views' words: "empty", "written" …; "drawn" …; "added" …; "host", "free",
 * "text" …. */
const char *inspect_box_state_name(enum inspect_box_state state);
const char *inspect_pairing_name(enum inspect_pairing pairing);
const char *inspect_difference_name(enum inspect_difference_kind kind);
const char *inspect_place_name(uint32_t place);

#endif
