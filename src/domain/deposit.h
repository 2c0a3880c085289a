/* A returned convention comes in: recognised, proposed or refused (domain.md, « Recognising a
 * deposit »). */
#ifndef PARAPHE_DOMAIN_DEPOSIT_H
#define PARAPHE_DOMAIN_DEPOSIT_H

#include "base/bytes.h"
#include "domain/comparison.h"
#include "domain/context.h"

/* What the evidence in the file amounts to. */
enum finding {
    FINDING_SIGNED,    /* recognised: signed digitally, unaltered */
    FINDING_ON_SCREEN, /* recognised: ink, image or text was added, no certificate */
    FINDING_SCAN,      /* a QR code or short code on a picture of a page: proposed */
    FINDING_UNSIGNED,  /* the original, nothing added: refused */
    FINDING_ALTERED,   /* identification genuine, but changed: says what */
    FINDING_UNKNOWN,   /* nothing that tells whose it is */
    FINDING_COUNT
};

enum deposit_outcome {
    DEPOSIT_DONE,    /* the convention is now pending */
    DEPOSIT_SAME,    /* this very file is already the one in force: nothing changed */
    DEPOSIT_LACKING, /* kept as an upload; boxes seem empty: the depositor says whether it shall go
                        all the same */
    DEPOSIT_CONFIRM, /* kept as an upload; the trainee is proposed, the depositor confirms */
    DEPOSIT_CHOOSE   /* kept as an upload; the depositor chooses whose it is */
};

struct recognition;

/* What the inspector remarked: a key of views/errors.txt, and where ("page 2"), or "". */
struct deposit_remark {
    bool warning; /* it makes the file altered or a signature fail */
    const char *sentence;
    const char *detail;
};

struct deposit_answer {
    enum deposit_outcome outcome;
    enum finding finding;
    uint64_t convention; /* done, same or proposed; else 0 */
    uint64_t upload;     /* for confirm and choose */
    const char *file_name;
    const struct deposit_remark *remarks;
    size_t remark_count;
    const char *const *signers; /* who signed, as the certificates name them */
    size_t signer_count;
    struct comparison_boxes boxes;
};

/* file: what was uploaded, as it came; name: as the depositor's machine calls it. chosen: the
 * convention the depositor chose, 0 for « Reconnaissance automatique ». anyway: the depositor wants
 * it deposited whatever boxes seem empty.
 * Errors, after which nothing has changed: ERR_INVALID with the inspector's keys
 * (inspect-not-pdf, -empty, -encrypted, -damaged …) or "deposit-unsigned"; ERR_TOO_LARGE;
 * ERR_CONFLICT "deposit-replaced", "deposit-other-trainee", "convention-deposit-closed", or
 * "deposit-several" for a scan of several conventions (domain/batch.h);
 * ERR_FORBIDDEN "deposit-foreign" (it is neither said nor to be guessed whose the file is) or
 * "convention-not-yours-to-move"; ERR_UNAVAILABLE where the inspector failed. */
enum err deposit_receive(struct context *ctx, struct bytes file, const char *name, uint64_t chosen,
                         bool anyway, struct deposit_answer *answer);

/* The depositor's word on a kept upload: it is for that convention. The same errors, and
 * ERR_NOT_FOUND where the upload is not (or no longer) there. */
enum err deposit_confirm(struct context *ctx, uint64_t upload, uint64_t convention, bool anyway,
                         struct deposit_answer *answer);

/* What is known of a kept upload, to show it again. chosen: the convention the depositor chose, 0
 * for none. */
enum err deposit_pending(struct context *ctx, uint64_t upload, uint64_t chosen,
                         struct deposit_answer *answer);

/* A file on its way into a convention. */
struct deposit_entry {
    struct bytes file;
    const char *name;  /* at most 255 characters, see deposit_name */
    uint64_t document; /* where the file is stored already, 0 to store it */
    uint64_t convention;
    bool by_hand; /* the depositor said whose it is */
    const struct recognition *recognition;
};

/* Inside the caller's transaction: the file becomes the convention's. *same: it was the file in
 * force already, and nothing has changed. Errors as deposit_receive's. */
enum err deposit_enter(struct context *ctx, const struct deposit_entry *entry, bool *same);

/* The name, or the beginning of one that is longer than any is. */
const char *deposit_name(struct arena *arena, const char *name);

/* Whether the finding needs no word of the depositor's. */
bool finding_is_recognised(enum finding finding);

/* Forgets uploads nobody came back to for a day; *count of them. Run by `paraphe purge`. */
enum err deposit_purge(struct context *ctx, unsigned *count);

/* The database's and the views' words for findings ("signed", "on_screen" …). */
const char *finding_name(enum finding finding);

#endif
