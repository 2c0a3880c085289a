/* Small PDFs for tests, written byte by byte: a document, revisions appended to it, signatures. */
#ifndef PARAPHE_T_SIGNED_PDF_H
#define PARAPHE_T_SIGNED_PDF_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "t/unit/pki.h"

/* The objects of the document. */
enum {
    OBJECT_CATALOG = 1,
    OBJECT_PAGES,
    OBJECT_PAGE_1,
    OBJECT_PAGE_2,
    OBJECT_CONTENT_1,
    OBJECT_CONTENT_2,
    OBJECT_FONT,
    OBJECT_FORM,
    OBJECT_SIGNATURE_A,
    OBJECT_SIGNATURE_B,
    OBJECT_FIELD_EMPTY,
    OBJECT_FIELD_FILLED,
    OBJECT_INFO,
    OBJECT_METADATA,
    OBJECT_IMAGE,
    OBJECT_FILLED_LOOK,
    OBJECT_NEW /* the first free number */
};

#define DOCUMENT_TOKEN "PARAPHE1:abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
#define PAGE_TEXT "Le stage commence le 15 mars 2027"

struct object {
    int number;
    const char *body; /* between "obj" and "endobj"; NULL frees the number */
};

struct document_options {
    const char *text;    /* of page 1; NULL: PAGE_TEXT */
    const char *token;   /* NULL: DOCUMENT_TOKEN */
    const char *drawing; /* operators more on page 1, or NULL */
    int shift;           /* added to all numbers, and everything written in another way */
};

struct bytes document_make(struct arena *arena, struct document_options options);

/* Appends a revision with these objects. extra goes into its trailer. */
struct bytes revision_append(struct arena *arena, struct bytes file, const struct object *objects,
                             size_t count, const char *extra);

/* The same for a document whose numbers are shifted. */
struct bytes revision_append_to(struct arena *arena, struct bytes file,
                                const struct object *objects, size_t count, const char *extra,
                                int shift);

/* The same with the objects (no streams) in an object stream, and a cross-reference stream that
 * says so; each index there is off by `off`. */
struct bytes revision_append_packed(struct arena *arena, struct bytes file,
                                    const struct object *objects, size_t count, int off);

struct signing {
    const struct signer *signer;
    int object;            /* of the field, OBJECT_SIGNATURE_A … */
    const char *subfilter; /* NULL: ETSI.CAdES.detached */
    const char *reference; /* value of Reference, or NULL */
    const char *rectangle; /* of the field; NULL: the document's */
    const char *name;      /* of the field; NULL: the document's */
    const EVP_MD *digest;  /* NULL: SHA-256 */
    X509 *exchanged;       /* what signing-certificate-v2 names instead of the signer's */
    X509 *shown;           /* the certificate in the CMS instead of the signer's */
    bool old_name;         /* it is named by signing-certificate, with SHA-1 */
    bool without_attributes;
    const EVP_MD *protects; /* CMSAlgorithmProtection says this digest and ecdsa-with-SHA256 */
    bool pss;               /* RSA as PSS */
    int64_t time;           /* of signing, as the signer claims; 0: now */
    const struct signer *stamper; /* of a time stamp over the signature, or of the document's */
    int64_t stamp_time;           /* 0: 1801555200 */
    X509 *const *chain;           /* certificates more in the CMS, to a NULL; or NULL */
    struct bytes archival;        /* value of adbe-revocationInfoArchival */
    const struct object *more;    /* objects changed in the same revision */
    size_t more_count;
    int dictionary; /* number of the signature dictionary; 0: a free one by the field's */
};

struct bytes document_sign(struct arena *arena, struct bytes file, struct signing signing);

/* Where a text occurs last; aborts where it does not. */
size_t place_of_last(struct bytes file, const char *text);

/* A copy with the last occurrence of one text exchanged for another of the same length. */
struct bytes exchange(struct arena *arena, struct bytes file, const char *from, const char *to);

/* One after the other. */
struct bytes concatenate(struct arena *arena, struct bytes file, const char *text);

#endif
