/* Whether two objects, with all they refer to, say the same (ISO 32000-1 §7.3).
 *
 * The objects are of two revisions of one file, or of two files. Order in dictionaries, numbers of
 * objects, compression and the way a number is written do not matter. Objects that have rules of
 * their own (pages, annotations, fields …) are met as counterparts, and are not looked into. */
#ifndef PARAPHE_INSPECT_SAME_H
#define PARAPHE_INSPECT_SAME_H

#include "inspect/pdf_file.h"

#define INSPECT_SAME_DEPTH 200 /* of direct objects in each other */

/* Two indirect objects that are to be compared. */
struct inspect_same_item {
    pdf_obj *before, *after;
    const char *key; /* under which they were met */
    int from;        /* the item that refers to them, or -1 */
};

struct inspect_same {
    fz_context *context;
    fz_pool *pool;
    const struct inspect_pdf *before, *after;
    bool one_file;    /* after's bytes begin with before's: same place is same bytes */
    int *counterpart; /* by object number in before: its number in after, or 0 */
    int numbers;      /* how many object numbers counterpart has */
    uint64_t *met;    /* pairs that are being or were compared; a hash table */
    size_t met_size, met_count;
    struct inspect_same_item *items; /* what is still to be compared begins at next */
    int item_count, item_room, next;
    int current; /* item that is being compared, or -1 */
    int depth;
    const char *key; /* met last */
};

void inspect_same_open(struct inspect_same *same, const struct inspect_pdf *before,
                       const struct inspect_pdf *after, bool one_file);

/* From now on, a reference to the one object is the same as a reference to the other, and to no
 * third. Nothing happens where one of them is not indirect. */
void inspect_same_pair(struct inspect_same *same, pdf_obj *before, pdf_obj *after);

/* NULL stands for a missing object, which is the same as null. */
bool inspect_same_object(struct inspect_same *same, pdf_obj *before, pdf_obj *after);

/* The values of one key in two dictionaries. */
bool inspect_same_entry(struct inspect_same *same, pdf_obj *before, pdf_obj *after,
                        const char *key);

/* Writes the keys that lead to the difference found last, "Resources/Font/F1". */
void inspect_same_where(const struct inspect_same *same, char *place, size_t size);

#endif
