/* The life of a convention (domain.md, « A convention's life ») as one table. */
#ifndef PARAPHE_DOMAIN_MOVES_H
#define PARAPHE_DOMAIN_MOVES_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/context.h"

enum convention_state {
    CONVENTION_NOT_RETURNED,
    CONVENTION_PENDING,
    CONVENTION_VALIDATED,
    CONVENTION_CANCELLED,
    CONVENTION_STATES
};

enum convention_event {
    EVENT_GENERATE,
    EVENT_DEPOSIT,
    EVENT_VALIDATE,
    EVENT_MARK_INCOMPLETE,
    EVENT_INVALIDATE,
    EVENT_REGENERATE,
    EVENT_REISSUE,
    EVENT_CANCEL,
    EVENT_REMIND, /* no move: see domain/reminder.h */
    EVENT_KEEP,   /* no move: the data were corrected, and the paper stays as it is */
    EVENT_COUNT
};

/* On which side of the convention the actor stands; both, where a school hosts its own pupils. */
struct sides {
    bool host;
    bool origin;
};

/* What happens to the file that is in force. */
enum move_file { FILE_KEEP, FILE_DEPOSITED, FILE_ORIGINAL };

struct move {
    enum convention_event event;
    unsigned from; /* bits 1 << enum convention_state */
    enum convention_state to;
    bool by_host;       /* any account of the host */
    bool by_host_admin; /* only its admins */
    bool by_origin;
    bool needs_reason;
    enum move_file file;
    const char *refused;   /* key of the sentence where the state forbids it */
    const char *mail_host; /* views/mail/… to that side, or NULL */
    const char *mail_origin;
    const char *mail_other; /* to the side that did not act */
};

/* The row of that event; every event but EVENT_GENERATE, EVENT_REMIND and EVENT_KEEP
 * has one. */
const struct move *move_of(enum convention_event event);

bool move_allowed_from(const struct move *move, enum convention_state state);
bool move_allowed_to(const struct move *move, struct sides sides, enum role role);

/* The database's words; state_parse, the way back, answers the count where it is none. */
const char *state_name(enum convention_state state);
enum convention_state state_parse(const char *name);
const char *event_name(enum convention_event event);

#endif
