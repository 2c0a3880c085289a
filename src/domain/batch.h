/* Several conventions that come at once: one PDF of a copier, several files, a ZIP.
 *
 * What comes is taken apart into parts, each the pages of one convention in a PDF of its own, which
 * wait for their depositor's word; nothing of it is dropped. A file with a signature, or of one
 * convention alone, is a part whose bytes stay as they came. */
#ifndef PARAPHE_DOMAIN_BATCH_H
#define PARAPHE_DOMAIN_BATCH_H

#include "base/bytes.h"
#include "db/statements.h"
#include "domain/context.h"

#define BATCH_FILES_MOST 100
#define BATCH_PAGES_MOST 400
#define BATCH_BYTES_MOST ((size_t)64 * 1024 * 1024)
#define BATCH_ANSWERS_MOST 400 /* parts: a page each, at most */

/* What the codes of a part's pages say; the database's words are batch_code_name's. */
enum batch_code {
    BATCH_CODE_NONE,     /* no code was read */
    BATCH_CODE_UNKNOWN,  /* a code of another kind, or a forged one */
    BATCH_CODE_OURS,     /* of a convention of this establishment's */
    BATCH_CODE_FOREIGN,  /* of another's: it is never said whose */
    BATCH_CODE_REPLACED, /* of ours, but of an original that has been replaced */
    BATCH_CODE_COUNT
};

const char *batch_code_name(enum batch_code code);

/* A file as it came: a PDF, a JPEG or PNG of a page, or a ZIP of these. */
struct batch_source {
    const char *name;
    struct bytes content;
};

/* Whether it is more than one file, or a picture. */
bool batch_is_one(const struct batch_source *sources, size_t count);

/* Takes the files apart; *batch waits for batch_deposit. A file that cannot be read becomes a part
 * without pages, with the reason; where it is the only one, that is the error. chosen: the
 * convention that is proposed for parts that say nothing, 0 for none. Errors: ERR_TOO_LARGE
 * "zip-too-many", "zip-too-large", "batch-too-many"; ERR_INVALID "zip-damaged", "batch-empty";
 * ERR_UNAVAILABLE of the inspector. */
enum err batch_receive(struct context *ctx, const struct batch_source *sources, size_t count,
                       uint64_t chosen, uint64_t *batch);

/* What shall become of a part. */
enum batch_action {
    BATCH_DEPOSIT, /* for whom is typed; nothing typed leaves it waiting */
    BATCH_JOIN,    /* with the part before it */
    BATCH_ASIDE    /* kept, but nobody's; it can be taken back */
};

struct batch_answer {
    uint64_t part;
    enum batch_action action;
    const char *typed; /* a label (batch_label), or a convention's short code */
};

/* Deposits every part that has a trainee, parts of one convention together, each convention in a
 * transaction of its own; the others keep their answer and the reason. A part that is deposited
 * already is passed over. Each of the parts then says what became of it. *late: there was no time
 * for all of them; the same answers once more go on. ERR_NOT_FOUND "batch-gone" where it does not
 * wait any more. */
enum err batch_deposit(struct context *ctx, uint64_t batch, const struct batch_answer *answers,
                       size_t count, bool *late);

/* The conventions that can be chosen, at most so many: those whose placement is nearest. */
enum err batch_choices(struct context *ctx, uint64_t most, struct convention_open_row **rows,
                       size_t *count);

/* Whether the actor may deposit for whom the part's code names. */
bool batch_is_open(const struct context *ctx, const struct batch_parts_row *part);

/* How a convention is called in choices: « DUPONT Camille – 03-02-2027 – Atelier ». */
const char *batch_label(struct arena *arena, const char *last_name, const char *first_name,
                        const char *first_day, const char *title);

/* Forgets batches nobody came back to for a day; *count of them. */
enum err batch_purge(struct context *ctx, unsigned *count);

#endif
