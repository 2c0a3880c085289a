/* What was changed between two revisions of a file, or between an original and the file that begins
 * with its bytes, and whether that is allowed (ISO 32000-2 §12.8.2, domain.md).
 *
 * The later document is compared with the earlier one as a whole, from the trailer on: whatever is
 * not allowed by a rule must be the same. So an attack need not be known to be refused. */
#ifndef PARAPHE_INSPECT_CHANGES_H
#define PARAPHE_INSPECT_CHANGES_H

#include "inspect/fields.h"
#include "inspect/same.h"

/* From harmless to forbidden. */
enum inspect_level {
    INSPECT_LEVEL_NONE,
    INSPECT_LEVEL_VALIDATION, /* DSS, document time stamps, metadata */
    INSPECT_LEVEL_SIGNING,
    INSPECT_LEVEL_FORM,
    INSPECT_LEVEL_ANNOTATION,
    INSPECT_LEVEL_OTHER
};

struct inspect_difference {
    fz_context *context;
    const struct inspect_pdf *before, *after;
    const struct inspect_fields *before_fields, *after_fields;
    struct inspect_report *report;
    const struct inspect_signed
        *signature; /* that closed the earlier revision; NULL: an original */
    struct inspect_same same;
    enum inspect_level level;
    unsigned traces;                 /* of attacks (attacks.h) */
    bool lists_additions;            /* to the report */
    bool touched[INSPECT_PAGES_MAX]; /* something new is drawn on this page */
};

/* Compares; adds what is forbidden to the report as alterations. difference is filled but for what
 * is worked with inside; level says the worst. */
void inspect_difference_find(struct inspect_difference *difference);

/* For the files of rules. */
void inspect_difference_allow(struct inspect_difference *difference, enum inspect_level level);
void inspect_difference_forbid(struct inspect_difference *difference, const char *key,
                               const char *format, ...) __attribute__((format(printf, 3, 4)));
void inspect_difference_added(struct inspect_difference *difference,
                              enum inspect_addition_kind kind, uint32_t page, pdf_obj *annotation,
                              const char *field);

/* The fields (field_changes.c) and the annotations of each page (annotation_changes.c). Pairs come
 * first: what has rules of its own must be known before anything is compared. */
void inspect_field_pairs(struct inspect_difference *difference);
void inspect_field_changes(struct inspect_difference *difference);
void inspect_annotation_pairs(struct inspect_difference *difference);
void inspect_annotation_changes(struct inspect_difference *difference);

#endif
