/* The mails that a convention's events send, queued in the transaction that causes them. */
#ifndef PARAPHE_DOMAIN_NOTICE_H
#define PARAPHE_DOMAIN_NOTICE_H

#include "domain/transition.h"

/* To the origin, with the PDF attached: a convention was generated. */
enum err notice_generated(struct context *ctx, uint64_t convention, uint64_t document);

/* The same, for a trainee who waited for the place. */
enum err notice_promoted(struct context *ctx, uint64_t convention, uint64_t document);

/* What the table of moves says to send to host, origin or the other side. document: attached
 * where the move made a new original, 0 otherwise. reason: "" for none. */
enum err notice_move(struct context *ctx, const struct transition *transition, uint64_t document,
                     const char *reason);

/* To the origin: a convention is to be returned, or to be completed for that reason ("" for the
 * former). document: attached, 0 for none. */
enum err notice_reminder(struct context *ctx, uint64_t convention, uint64_t document,
                         const char *reason);

#endif
