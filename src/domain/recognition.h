/* Whose a file is, and what became of it since the platform drew it. */
#ifndef PARAPHE_DOMAIN_RECOGNITION_H
#define PARAPHE_DOMAIN_RECOGNITION_H

#include "base/bytes.h"
#include "domain/comparison.h"
#include "domain/deposit.h"
#include "inspect/report.h"

struct recognition {
    enum finding finding;
    uint64_t convention; /* the one its identification names, 0 for none */
    const struct inspect_report *report;
    const struct inspect_comparison *comparison; /* NULL where there is none */
};

/* Inspects the file and weighs the evidence (domain.md, « Recognising a deposit »). chosen: the
 * convention the depositor says it is for, 0 for none. Errors as deposit_receive's; ERR_CONFLICT
 * "deposit-several" where none is chosen and it is a scan of several. */
enum err recognise(struct context *ctx, struct bytes file, uint64_t chosen,
                   struct recognition *recognition);

/* What a complete report amounts to for a file whose metadata name the convention that the report
 * compared it with. Pure: the table of domain.md. */
enum finding recognition_weigh(const struct inspect_report *report);

#endif
