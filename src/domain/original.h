/* The original of a convention: drawn from what the database says, stored, put in force. */
#ifndef PARAPHE_DOMAIN_ORIGINAL_H
#define PARAPHE_DOMAIN_ORIGINAL_H

#include "db/statements.h"
#include "domain/context.h"
#include "pdf/paper.h"

struct original {
    uint64_t id; /* convention_original.id */
    uint64_t document;
};

/* What a paper says of a school, and the school's row. ERR_INTERNAL where there is none. */
enum err original_load_school(struct context *ctx, uint64_t id, struct paper_school *school,
                              struct establishment_by_id_row **row);

/* The pixels of an image; none where has is false. */
enum err original_load_image(struct context *ctx, bool has, uint64_t id, struct paper_image *image);

/* Draws the convention with a new identification and makes it the original in force; the one
 * before it is marked as replaced. Inside the caller's transaction, the convention being its own
 * (new, or locked). replaced: convention_original.id of the one before, 0 for none. */
enum err original_issue(struct context *ctx, uint64_t convention, uint64_t replaced,
                        struct original *original);

/* Brings what the lists find and sort the convention by up to date with the data, and leaves its
 * original as it is. */
enum err original_index(struct context *ctx, uint64_t convention);

#endif
