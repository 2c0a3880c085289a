/* What an inspection of one PDF says: plain data of a fixed size, without pointers, so that it
 * crosses from the confined process to its client as the bytes it is.
 *
 * The rules stand in design/domain.md (« Recognising a deposit »); PDF means ISO 32000-1 and -2.
 * Whoever receives a report from another process asks inspect_report_sound first. */
#ifndef PARAPHE_INSPECT_REPORT_H
#define PARAPHE_INSPECT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

#define INSPECT_PAGES_MAX 200
#define INSPECT_SIGNATURES_MAX 64
#define INSPECT_REASONS_MAX 48
#define INSPECT_ADDITIONS_MAX 64
#define INSPECT_TOKENS_MAX 4

#define INSPECT_TOKEN_SIZE 128
#define INSPECT_NAME_SIZE 128
#define INSPECT_DISTINGUISHED_SIZE 256
#define INSPECT_SERIAL_SIZE 64
#define INSPECT_KEY_SIZE 48
#define INSPECT_DETAIL_SIZE 192

/* Names for JSON and logs: inspect_verdict_name and its like below. */
enum inspect_verdict {
    INSPECT_INTACT,    /* signed; each signature holds and what follows it is allowed */
    INSPECT_ALTERED,   /* an attack pattern, a forbidden change, or pages not the original's */
    INSPECT_BROKEN,    /* a signature that does not hold or cannot be read, or a damaged PDF */
    INSPECT_UNSIGNED,  /* no signature dictionary */
    INSPECT_NOT_PDF,   /* empty, or another kind of file */
    INSPECT_ENCRYPTED, /* cannot be read without a password, or at all with one */
    INSPECT_LIMIT,     /* more pages, objects or signatures than are looked at */
    INSPECT_VERDICT_COUNT
};

/* The strongest thing that tells which convention it is, if any. */
enum inspect_evidence {
    INSPECT_EVIDENCE_NONE,
    INSPECT_EVIDENCE_PREFIX,     /* begins with the original's bytes */
    INSPECT_EVIDENCE_METADATA,   /* a token in Info or XMP */
    INSPECT_EVIDENCE_PAGE_CODE,  /* a QR code on a rendered page */
    INSPECT_EVIDENCE_SHORT_CODE, /* the short code, as text of a page */
    INSPECT_EVIDENCE_COUNT
};

/* The kind of change with most effect, made after a signature (ISO 32000-1 §12.8.2.2). */
enum inspect_changes {
    INSPECT_CHANGES_NONE,
    INSPECT_CHANGES_SIGNATURES, /* signatures, time stamps, DSS/VRI */
    INSPECT_CHANGES_FORM_FILLING,
    INSPECT_CHANGES_ANNOTATIONS,
    INSPECT_CHANGES_OTHER, /* never allowed */
    INSPECT_CHANGES_COUNT
};

/* Which bytes a signature speaks of. */
enum inspect_covers {
    INSPECT_COVERS_FILE,     /* all but its own Contents */
    INSPECT_COVERS_REVISION, /* all up to the end of the revision that made it */
    INSPECT_COVERS_UNCLEAR,  /* anything else: never intact */
    INSPECT_COVERS_COUNT
};

/* The certificate's chain: information, without influence on the verdict. */
enum inspect_chain {
    INSPECT_CHAIN_UNKNOWN,   /* no trust anchors were given, or no certificate was found */
    INSPECT_CHAIN_TRUSTED,   /* leads to an anchor, valid at input.now */
    INSPECT_CHAIN_EXPIRED,   /* leads to an anchor; a certificate of it is no longer valid */
    INSPECT_CHAIN_UNTRUSTED, /* leads to no anchor */
    INSPECT_CHAIN_COUNT
};

/* What ETSI EN 319 102-1 §5.1.3 concludes for one signature, revision and changes after it
 * included: a change that is not allowed fails it. */
enum inspect_status {
    INSPECT_STATUS_INDETERMINATE,
    INSPECT_STATUS_PASSED,
    INSPECT_STATUS_FAILED,
    INSPECT_STATUS_COUNT
};

/* Its sub-indications, those that are in use here. */
enum inspect_indication {
    INSPECT_INDICATION_NONE,
    INSPECT_FORMAT_FAILURE,
    INSPECT_HASH_FAILURE,
    INSPECT_SIG_CRYPTO_FAILURE,
    INSPECT_REVOKED,       /* and signed afterwards, as the signer says */
    INSPECT_EXPIRED,       /* likewise */
    INSPECT_NOT_YET_VALID, /* likewise, or by a time stamp */
    INSPECT_SIGNED_DATA_NOT_FOUND,
    INSPECT_NO_SIGNING_CERTIFICATE_FOUND,
    INSPECT_NO_CERTIFICATE_CHAIN_FOUND,
    INSPECT_CERTIFICATE_CHAIN_GENERAL_FAILURE,
    INSPECT_CHAIN_CONSTRAINTS_FAILURE,
    INSPECT_CRYPTO_CONSTRAINTS_FAILURE,
    INSPECT_CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    INSPECT_REVOKED_NO_POE,
    INSPECT_REVOKED_CA_NO_POE,
    INSPECT_OUT_OF_BOUNDS_NO_POE,
    INSPECT_TRY_LATER, /* nothing in the file says whether a certificate was revoked */
    INSPECT_INDICATION_COUNT
};

/* How the file stands to the original. */
enum inspect_original {
    INSPECT_ORIGINAL_NONE,       /* no original was given */
    INSPECT_ORIGINAL_IDENTICAL,  /* the same bytes, nothing appended */
    INSPECT_ORIGINAL_PREFIX,     /* the original's bytes and something appended */
    INSPECT_ORIGINAL_SAME_PAGES, /* rewritten; pages without annotations and fields are the same */
    INSPECT_ORIGINAL_CHANGED,    /* other pages */
    INSPECT_ORIGINAL_COUNT
};

enum inspect_addition_kind {
    INSPECT_ADDED_INK,
    INSPECT_ADDED_STAMP, /* an image or a stamp */
    INSPECT_ADDED_TEXT,
    INSPECT_ADDED_MARKUP, /* highlight, underline, line, shape … */
    INSPECT_ADDED_NOTE,   /* a remark that stands beside the page */
    INSPECT_ADDED_FIELD,  /* a field that was filled in */
    INSPECT_ADDED_SIGNATURE,
    INSPECT_ADDED_OTHER,
    INSPECT_ADDED_COUNT
};

enum inspect_weight {
    INSPECT_NOTE,       /* worth knowing; the verdict does not depend on it */
    INSPECT_ALTERATION, /* makes the file altered */
    INSPECT_FAILURE,    /* makes it broken */
    INSPECT_WEIGHT_COUNT
};

struct inspect_signature {
    char field[INSPECT_NAME_SIZE];     /* full name of the field */
    char subfilter[INSPECT_NAME_SIZE]; /* as in the file */
    char signer[INSPECT_NAME_SIZE];    /* common name of the certificate's subject */
    char subject[INSPECT_DISTINGUISHED_SIZE];
    char issuer[INSPECT_DISTINGUISHED_SIZE];
    char serial[INSPECT_SERIAL_SIZE]; /* lower-case hexadecimal */
    char digest[32];                  /* "sha256" */
    bool has_signing_time;            /* claimed by the signer, or a time stamp's own */
    bool is_timestamp;                /* a document time stamp */
    bool integrity;                   /* digest, CMS and byte range hold */
    int64_t signing_time;             /* seconds since 1970, UTC */
    int64_t not_before, not_after;    /* of the certificate; 0 where there is none */
    enum inspect_covers covers;
    enum inspect_changes changes_after;
    enum inspect_chain chain;
    enum inspect_status status;
    enum inspect_indication indication;
    int64_t proven_time; /* by when a valid time stamp proves that it was there; 0 for none */
    uint64_t covered;    /* bytes from the file's start to the end of what it covers */
};

/* key names a sentence of views/errors.txt ("inspect-trailing-bytes"); detail says where, in French
 * ("page 2, champ « Signature1 »"), or is empty. */
struct inspect_reason {
    enum inspect_weight weight;
    char key[INSPECT_KEY_SIZE];
    char detail[INSPECT_DETAIL_SIZE];
};

/* What was added to the original, or, without one, after the first signature; in a file without
 * either: every annotation that is neither link nor field, and every filled field. */
struct inspect_addition {
    enum inspect_addition_kind kind;
    uint32_t page; /* 1 for the first; 0 if on none */
    float box[4];  /* left, bottom, right, top in points, as in the file */
    char field[INSPECT_NAME_SIZE];
};

struct inspect_report {
    enum inspect_verdict verdict;
    enum inspect_evidence evidence;
    enum inspect_original original;
    uint32_t pages;
    uint32_t token_count; /* different ones; more than one is an alteration */
    uint32_t signature_count;
    uint32_t reason_count;
    uint32_t addition_count;
    bool more_additions;                                 /* than the list holds */
    double ms;                                           /* what the inspection took */
    char tokens[INSPECT_TOKENS_MAX][INSPECT_TOKEN_SIZE]; /* /ParapheID, in Info and XMP, verbatim */
    char short_code[INSPECT_KEY_SIZE];                   /* as found on a page */
    struct inspect_signature signatures[INSPECT_SIGNATURES_MAX]; /* in the order they were made */
    struct inspect_reason reasons[INSPECT_REASONS_MAX];
    struct inspect_addition additions[INSPECT_ADDITIONS_MAX];
};

/* Certificates that chains may end in. Loaded once, before the process is confined. */
struct inspect_trust;

/* Reads every PEM file of the directory; NULL or "" gives no anchors at all. Lives until the
 * process ends. ERR_INVALID where the directory cannot be read or a file holds no certificate. */
enum err inspect_trust_load(const char *directory, struct inspect_trust **trust);
void inspect_trust_free(struct inspect_trust *trust);

struct inspect_input {
    struct bytes file;
    struct bytes original;             /* length 0: none */
    const struct inspect_trust *trust; /* NULL: none */
    int64_t now;                       /* for certificate chains only */
};

/* Judges a file. What is wrong with the file is a verdict; ERR_UNAVAILABLE (memory) and
 * ERR_INTERNAL are about the inspection. Sets evidence to none, prefix or metadata: codes on the
 * page are looked for by whoever draws pages. Runs no JavaScript. report is filled wholly. */
enum err inspect_judge(struct arena *arena, const struct inspect_input *input,
                       struct inspect_report *report);

/* Only tells which convention the file claims to be: evidence, tokens and pages; the verdict is
 * INSPECT_UNSIGNED or one of not_pdf, encrypted, broken, limit. input.original is not looked at. */
enum err inspect_identify(struct arena *arena, const struct inspect_input *input,
                          struct inspect_report *report);

/* Adds a reason; one too many is dropped, as is one that stands there already. */
void inspect_reason_add(struct inspect_report *report, enum inspect_weight weight, const char *key,
                        const char *detail_format, ...) __attribute__((format(printf, 4, 5)));

/* Copies text as valid UTF-8 on one line, cut to size; what is neither becomes "?". */
void inspect_text_copy(char *place, size_t size, struct bytes text);

/* Whether a report from elsewhere can be read: enumerations and counts in range, every text ended
 * by a NUL and UTF-8. */
bool inspect_report_sound(const struct inspect_report *report);

/* Whether an array of that size holds UTF-8 ended by a NUL. */
bool inspect_text_sound(const char *text, size_t size);

/* "intact", "form_filling" …: the words of the JSON. */
const char *inspect_verdict_name(enum inspect_verdict verdict);
const char *inspect_evidence_name(enum inspect_evidence evidence);
const char *inspect_changes_name(enum inspect_changes changes);
const char *inspect_covers_name(enum inspect_covers covers);
const char *inspect_chain_name(enum inspect_chain chain);
const char *inspect_status_name(enum inspect_status status);             /* "TOTAL-PASSED" … */
const char *inspect_indication_name(enum inspect_indication indication); /* "" for none */
const char *inspect_addition_name(enum inspect_addition_kind kind);

#endif
