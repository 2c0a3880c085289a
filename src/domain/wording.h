/* The text of a convention: the standard one, or the host's own, with its variables filled. */
#ifndef PARAPHE_DOMAIN_WORDING_H
#define PARAPHE_DOMAIN_WORDING_H

#include "domain/context.h"
#include "pdf/paper.h"

/* Fills views/convention.md, or own where it is not NULL, from the paper's data. *text is
 * Markdown. Errors: ERR_INVALID where own is no good template. */
enum err wording_fill(struct context *ctx, const struct convention_paper *paper, const char *own,
                      const char **text);

/* Whether text can be a convention's: a template that fits, in UTF-8. ERR_INVALID
 * "wording-invalid" tells the line in its detail. */
enum err wording_check(struct context *ctx, const char *text);

#endif
