/* Whose a page is, by the codes read on it. */
#ifndef PARAPHE_DOMAIN_BATCH_OWNER_H
#define PARAPHE_DOMAIN_BATCH_OWNER_H

#include "domain/batch.h"
#include "inspect/protocol.h"

struct batch_owner {
    enum batch_code code;
    uint64_t original;   /* the document that was drawn: one a page can be of; 0 for none */
    uint64_t convention; /* 0 unless code is BATCH_CODE_OURS */
    uint32_t pages;      /* that the original has */
};

/* What carries our MAC counts, then a short code among the page's text. */
enum err batch_owner_of(struct context *ctx, const struct inspect_sheet *sheet,
                        struct batch_owner *owner);

#endif
