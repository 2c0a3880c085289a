/* The form fields of a document and the signatures among them (ISO 32000-1 §12.7). */
#ifndef PARAPHE_INSPECT_FIELDS_H
#define PARAPHE_INSPECT_FIELDS_H

#include "inspect/pdf_file.h"

enum inspect_field_kind {
    INSPECT_FIELD_GROUP, /* no type: holds others */
    INSPECT_FIELD_TEXT,
    INSPECT_FIELD_CHOICE,
    INSPECT_FIELD_CHECK, /* check boxes and radio buttons */
    INSPECT_FIELD_PUSH,  /* push buttons: pictures with an action */
    INSPECT_FIELD_SIGNATURE,
    INSPECT_FIELD_UNKNOWN
};

/* A node of the tree of fields; a field with one widget is one node, one with several has each of
 * them as a child. */
struct inspect_field {
    pdf_obj *object;
    int number; /* of the object, 0 if direct */
    int parent; /* index in the list, -1 at the top */
    enum inspect_field_kind kind;
    bool is_widget;
    const char *name; /* full name, "a.b" */
};

struct inspect_fields {
    struct inspect_field *list;
    int count, room;
    bool too_many;
};

void inspect_fields_read(const struct inspect_pdf *pdf, struct inspect_fields *fields);

/* The index of the node that is object number, or -1. */
int inspect_fields_find(const struct inspect_fields *fields, int number);

/* Whether the field is a box to sign in that is still empty: what a page says inside it is said to
 * the signer, and may be drawn over. A box as large as half a page is none. */
bool inspect_fields_is_box(const struct inspect_pdf *pdf, const struct inspect_field *field);

/* One signature dictionary in use. What is here lives as long as the pool. */
struct inspect_signed {
    const struct inspect_field *field; /* of the list */
    pdf_obj *dictionary;
    char subfilter[INSPECT_NAME_SIZE];
    size_t place;     /* of the object that holds the dictionary; SIZE_MAX if not in plain sight */
    int64_t number;   /* of that object */
    bool is_direct;   /* the dictionary is the value of V inside it */
    int64_t range[8]; /* ByteRange */
    size_t range_count;
    struct bytes certificate; /* Cert */
    int64_t stated_time;      /* M, or 0 */
    int permission;           /* 1 to 3: what DocMDP and the field's lock allow; 0: not stated */
    bool certifies;           /* it has DocMDP */
    bool is_timestamp;
};

/* Lists the signatures, each dictionary once. list has room for INSPECT_SIGNATURES_MAX; returns how
 * many there are, or -1 if more. */
int inspect_fields_signed(const struct inspect_pdf *pdf, const struct inspect_fields *fields,
                          struct inspect_signed *list);

/* The first signature field with a value that is not a dictionary, or NULL: a signature that was
 * there and cannot be read. */
const struct inspect_field *inspect_fields_unreadable(const struct inspect_pdf *pdf,
                                                      const struct inspect_fields *fields);

/* Whether some object of the document is a signature dictionary: for files whose form has none. */
bool inspect_fields_stray(const struct inspect_pdf *pdf);

#endif
