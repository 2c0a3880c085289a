/* How an establishment writes and is written to: the address for replies, further recipients, the
 * closing words of mails in its name; and when it reminds, as a host, of conventions that do not
 * come back. */
#ifndef PARAPHE_DOMAIN_CORRESPONDENCE_H
#define PARAPHE_DOMAIN_CORRESPONDENCE_H

#include "domain/context.h"

#define CORRESPONDENCE_RECIPIENTS 5
#define CORRESPONDENCE_STEPS 5
#define CORRESPONDENCE_DAYS 90        /* before the placement, at most */
#define CORRESPONDENCE_CLOSING 1000   /* characters */
#define CORRESPONDENCE_TRIAL_PAUSE 60 /* seconds between two trial mails */

struct correspondence {
    uint32_t version;     /* 0 where nothing was changed yet */
    const char *reply_to; /* "" for none */
    const char *closing;  /* plain text, "" for none */
    const char *recipients[CORRESPONDENCE_RECIPIENTS];
    size_t recipient_count;

    bool remind;
    bool remind_origin;                   /* by a mail for each convention */
    bool remind_host;                     /* by a summary */
    uint32_t steps[CORRESPONDENCE_STEPS]; /* days before the placement, the longest first */
    size_t step_count;
};

/* What is in force; the defaults where nothing was changed. */
enum err correspondence_read(struct context *ctx, uint64_t establishment,
                             struct correspondence *correspondence);

/* Writes all of it. version: the one that was seen. Errors: ERR_CONFLICT
 * "correspondence-out-of-date"; ERR_INVALID for what a form would have refused. */
enum err correspondence_change(struct context *ctx, uint64_t establishment,
                               const struct correspondence *correspondence);

/* Reads "14, 7, 2" (commas, semicolons, spaces or « et » between) into the steps, sorted, each
 * once; false where a number is not from 1 to CORRESPONDENCE_DAYS, or there are too many. */
bool correspondence_parse_steps(const char *text, struct correspondence *correspondence);

/* Reads addresses, one a line or with commas between, each once; text must outlive the struct. On
 * false *fault is the word that is no address, or NULL where there are too many. */
bool correspondence_parse_recipients(struct arena *arena, const char *text,
                                     struct correspondence *correspondence, const char **fault);

/* Sends a mail as those that the establishment gets, to its address and its further recipients.
 * ERR_THROTTLED "trial-too-soon" where one was sent a moment ago. */
enum err correspondence_try(struct context *ctx, uint64_t establishment, const char *url);

#endif
