/* The published attacks on signed PDFs, named where what was found is what they do: universal
 * signature forgery, incremental saving and signature wrapping (Mladenov and others, 2019), shadow
 * attacks (Mainka and others, 2021), evil annotation and sneaky signature (Rohlmann and others,
 * 2021). A name is for people: the verdict never depends on it. */
#ifndef PARAPHE_INSPECT_ATTACKS_H
#define PARAPHE_INSPECT_ATTACKS_H

#include "inspect/report.h"

/* What a comparison of two revisions has seen that tells one attack from another. */
enum inspect_trace {
    INSPECT_TRACE_UNCOVERED = 1,  /* what was drawn over the page is gone: hide */
    INSPECT_TRACE_OVERLAID = 2,   /* what a field or a font shows is another: replace */
    INSPECT_TRACE_PREPARED = 4,   /* an object that lay hidden was called up: hide and replace */
    INSPECT_TRACE_ANNOTATED = 8,  /* a certified document was annotated though it may not be */
    INSPECT_TRACE_REDEFINED = 16, /* an object was defined anew */
};

/* Puts the names before the other reasons of an altered file that has signatures. traces: of all
 * comparisons. */
void inspect_attacks_name(unsigned traces, struct inspect_report *report);

#endif
