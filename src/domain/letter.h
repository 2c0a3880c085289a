/* Letters to contacts: one message to each recipient, through the outbox. */
#ifndef PARAPHE_DOMAIN_LETTER_H
#define PARAPHE_DOMAIN_LETTER_H

#include <stddef.h>

#include "base/bytes.h"
#include "domain/context.h"

#define LETTER_RECIPIENTS_MOST 200 /* of one letter */
#define LETTER_DAY_MOST 500        /* messages of an establishment in 24 hours */
#define LETTER_TOKEN_SIZE 16
#define LETTER_SUBJECT_MOST 150 /* characters */
#define LETTER_TEXT_MOST 10000

/* A place one may write to: a contact's own address (person 0), or one of its people. */
struct letter_address {
    uint64_t contact;
    uint64_t person;
    const char *contact_name;
    const char *name;
    const char *job;
    const char *email; /* "" where none is known */
};

/* All of them at that contact of the acting establishment, its own first. ERR_NOT_FOUND where it
 * is none of its contacts. */
enum err letter_addresses(struct context *ctx, uint64_t contact, struct letter_address **addresses,
                          size_t *count);

struct letter {
    struct bytes token; /* LETTER_TOKEN_SIZE bytes of the form it was written in */
    const char *subject;
    const char *text;                        /* Markdown */
    const struct letter_address *recipients; /* contact and person count, the rest is read anew */
    size_t recipient_count;
};

/* What its recipients would see around it, and its text part. */
struct letter_preview {
    const char *sender;
    const char *reply_address;
    const char *as_text;
};
enum err letter_preview(struct context *ctx, const char *subject, const char *text,
                        struct letter_preview *preview);

/* Sends it in one transaction: one message to each address, whichever of the recipients have it. A
 * letter with the token of an earlier one is that one: *id, and nothing is sent. Errors:
 * ERR_INVALID "letter-nobody", "letter-too-many", as texts_check; ERR_CONFLICT
 * "letter-recipient-gone" where one is no contact (any more) or has no address; ERR_THROTTLED
 * "letter-day-full". */
enum err letter_send(struct context *ctx, const struct letter *letter, uint64_t *id);

/* How many messages may still be sent within the day. */
enum err letter_left(struct context *ctx, unsigned *left);

#endif
