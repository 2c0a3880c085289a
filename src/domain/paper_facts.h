/* What papers (conventions, attendance sheets) show of a school, from the database. */
#ifndef PARAPHE_DOMAIN_PAPER_FACTS_H
#define PARAPHE_DOMAIN_PAPER_FACTS_H

#include "db/statements.h"
#include "domain/context.h"
#include "pdf/paper.h"

/* What a paper says of a school, and the school's row. ERR_INTERNAL where there is none. */
enum err paper_load_school(struct context *ctx, uint64_t id, struct paper_school *school,
                           struct establishment_by_id_row **row);

/* The pixels of an image; none where has is false. */
enum err paper_load_image(struct context *ctx, bool has, uint64_t id, struct paper_image *image);

#endif
