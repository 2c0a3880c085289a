/* Reminders of conventions that are still to be returned, or to be completed.
 *
 * One is a mail to the origin and an event of the convention's history; it moves no state, and
 * leaves the version, so that an open page stays good. At most one a day goes out for a convention,
 * whoever sends it. */
#ifndef PARAPHE_DOMAIN_REMINDER_H
#define PARAPHE_DOMAIN_REMINDER_H

#include "domain/moves.h"

/* Whether there is something to remind of: not returned, or returned incomplete. */
bool reminder_makes_sense(enum convention_state state, bool incomplete);

/* Whether an account of that role, on those sides, may send one: the host's. */
bool reminder_allowed_to(struct sides sides, enum role role);

/* « Relancer »: sends one now. Errors: ERR_NOT_FOUND; ERR_FORBIDDEN
 * "convention-not-yours-to-move"; ERR_CONFLICT "reminder-pointless" or "reminder-too-soon" (there
 * was one today). */
enum err reminder_by_hand(struct context *ctx, uint64_t convention);

/* A step of the daily task: sends some of those that the hosts' options make due at ctx->now, once
 * for each convention and step, and then a summary to each host that wants one. *done of them. */
enum err reminders_send(struct context *ctx, uint64_t *done);

#endif
