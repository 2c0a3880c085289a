#include "domain/moves.h"

#include <string.h>

#define IN(state) (1u << CONVENTION_##state)
#define ANYWHERE (IN(NOT_RETURNED) | IN(PENDING) | IN(VALIDATED))

static const struct move moves[] = {
    {.event = EVENT_DEPOSIT,
     .from = IN(NOT_RETURNED) | IN(PENDING),
     .to = CONVENTION_PENDING,
     .by_host_admin = true,
     .by_origin = true,
     .file = FILE_DEPOSITED,
     .refused = "convention-deposit-closed",
     .mail_host = "convention-deposited"},
    {.event = EVENT_VALIDATE,
     .from = IN(PENDING),
     .to = CONVENTION_VALIDATED,
     .by_host = true,
     .file = FILE_KEEP,
     .refused = "convention-not-pending",
     .mail_origin = "convention-validated"},
    {.event = EVENT_MARK_INCOMPLETE,
     .from = IN(PENDING),
     .to = CONVENTION_PENDING,
     .by_host = true,
     .needs_reason = true,
     .file = FILE_KEEP,
     .refused = "convention-not-pending",
     .mail_origin = "convention-incomplete"},
    {.event = EVENT_INVALIDATE,
     .from = IN(VALIDATED),
     .to = CONVENTION_NOT_RETURNED,
     .by_host = true,
     .needs_reason = true,
     .file = FILE_ORIGINAL,
     .refused = "convention-not-validated",
     .mail_origin = "convention-invalidated"},
    {.event = EVENT_REGENERATE,
     .from = IN(PENDING) | IN(VALIDATED),
     .to = CONVENTION_NOT_RETURNED,
     .by_host = true,
     .file = FILE_ORIGINAL,
     .refused = "convention-not-returned",
     .mail_origin = "convention-regenerated"},
    {.event = EVENT_REISSUE,
     .from = IN(NOT_RETURNED),
     .to = CONVENTION_NOT_RETURNED,
     .by_host = true,
     .by_origin = true,
     .file = FILE_ORIGINAL,
     .refused = "convention-already-returned",
     .mail_origin = "convention-reissued"},
    {.event = EVENT_CANCEL,
     .from = ANYWHERE,
     .to = CONVENTION_CANCELLED,
     .by_host = true,
     .by_origin = true,
     .file = FILE_KEEP,
     .refused = "convention-cancelled",
     .mail_other = "registration-cancelled"},
};

static const char *const states[CONVENTION_STATES] = {
    [CONVENTION_NOT_RETURNED] = "not_returned",
    [CONVENTION_PENDING] = "pending",
    [CONVENTION_VALIDATED] = "validated",
    [CONVENTION_CANCELLED] = "cancelled",
};

static const char *const events[EVENT_COUNT] = {
    [EVENT_GENERATE] = "generate",     [EVENT_DEPOSIT] = "deposit",
    [EVENT_VALIDATE] = "validate",     [EVENT_MARK_INCOMPLETE] = "mark_incomplete",
    [EVENT_INVALIDATE] = "invalidate", [EVENT_REGENERATE] = "regenerate",
    [EVENT_REISSUE] = "reissue",       [EVENT_CANCEL] = "cancel",
    [EVENT_REMIND] = "remind",         [EVENT_KEEP] = "keep",
};

const struct move *move_of(enum convention_event event)
{
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if (moves[i].event == event)
            return &moves[i];
    return NULL;
}

bool move_allowed_from(const struct move *move, enum convention_state state)
{
    return state < CONVENTION_STATES && (move->from & 1u << state) != 0;
}

bool move_allowed_to(const struct move *move, struct sides sides, enum role role)
{
    if (role != ROLE_ADMIN && role != ROLE_MEMBER)
        return false;
    return (sides.origin && move->by_origin) || (sides.host && move->by_host) ||
           (sides.host && move->by_host_admin && role == ROLE_ADMIN);
}

/* The index of name among count names, or count. */
static unsigned find(const char *const *names, unsigned count, const char *name)
{
    unsigned i = 0;

    while (i < count && strcmp(names[i], name) != 0)
        i++;
    return i;
}

const char *state_name(enum convention_state state)
{
    return state < CONVENTION_STATES ? states[state] : "";
}

enum convention_state state_parse(const char *name)
{
    return (enum convention_state)find(states, CONVENTION_STATES, name);
}

const char *event_name(enum convention_event event)
{
    return event < EVENT_COUNT ? events[event] : "";
}
