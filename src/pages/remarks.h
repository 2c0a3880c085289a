/* What the inspector found, in sentences. */
#ifndef PARAPHE_PAGES_REMARKS_H
#define PARAPHE_PAGES_REMARKS_H

#include "domain/deposit.h"
#include "http/http.h"
#include "view/page.h"

/* The remarks as texts: the sentence of views/errors.txt, then where in brackets. */
void page_remarks_text(struct exchange *x, const struct deposit_remark *remarks, size_t count,
                       const struct view_text **texts, size_t *text_count);

/* Texts as a view lists them. */
void page_texts(struct arena *arena, const char *const *texts, size_t count,
                const struct view_text **shown, size_t *shown_count);

/* The names of who signed a deposit. */
enum err page_signers(struct exchange *x, uint64_t deposit, const struct view_text **signers,
                      size_t *count);

#endif
