/* Walks the whole table of a convention's life: every event from every state, for each side and
 * role, against the table as domain.md gives it, written down here a second time. */
#include "domain/moves.h"

#include "t/unit/tap.h"

#define STATE(name) (1u << CONVENTION_##name)

struct expected {
    enum convention_event event;
    const char *name;
    unsigned from;
    enum convention_state to;
    bool host, host_admin, origin, reason;
};

static const struct expected table[] = {
    {EVENT_DEPOSIT, "deposit", STATE(NOT_RETURNED) | STATE(PENDING), CONVENTION_PENDING, false,
     true, true, false},
    {EVENT_VALIDATE, "validate", STATE(PENDING), CONVENTION_VALIDATED, true, true, false, false},
    {EVENT_MARK_INCOMPLETE, "mark_incomplete", STATE(PENDING), CONVENTION_PENDING, true, true,
     false, true},
    {EVENT_INVALIDATE, "invalidate", STATE(VALIDATED), CONVENTION_NOT_RETURNED, true, true, false,
     true},
    {EVENT_REGENERATE, "regenerate", STATE(PENDING) | STATE(VALIDATED), CONVENTION_NOT_RETURNED,
     true, true, false, false},
    {EVENT_REISSUE, "reissue", STATE(NOT_RETURNED), CONVENTION_NOT_RETURNED, true, true, true,
     false},
    {EVENT_CANCEL, "cancel", STATE(NOT_RETURNED) | STATE(PENDING) | STATE(VALIDATED),
     CONVENTION_CANCELLED, true, true, true, false},
};

static void walk(const struct expected *row)
{
    const struct move *move = move_of(row->event);
    const struct sides host = {.host = true}, origin = {.origin = true}, neither = {0};

    for (unsigned state = 0; state < CONVENTION_STATES; state++) {
        bool wanted = (row->from & 1u << state) != 0;
        char title[128];

        snprintf(title, sizeof title, "%s from %s is %s", row->name,
                 state_name((enum convention_state)state), wanted ? "made" : "refused");
        OK(move_allowed_from(move, (enum convention_state)state) == wanted, title);
    }
    IS_INT(move->to, row->to, "the event leads where the table says");
    OK(move->refused && move->refused[0], "a refusal has its sentence");
    OK(move->needs_reason == row->reason, "a reason is asked for where the table says");
    OK(move_allowed_to(move, host, ROLE_ADMIN) == row->host_admin, "the host's admin");
    OK(move_allowed_to(move, host, ROLE_MEMBER) == row->host, "the host's member");
    OK(move_allowed_to(move, origin, ROLE_ADMIN) == row->origin, "the origin's admin");
    OK(move_allowed_to(move, origin, ROLE_MEMBER) == row->origin, "the origin's member");
    OK(!move_allowed_to(move, neither, ROLE_ADMIN), "an admin of another establishment may not");
    OK(!move_allowed_to(move, host, ROLE_OPERATOR), "an operator moves no convention");
    OK(!move_allowed_to(move, host, ROLE_NONE), "nobody without a role moves a convention");
}

int main(void)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        IS_STR(event_name(table[i].event), table[i].name, "the event has the database's name");
        walk(&table[i]);
    }
    OK(!move_of(EVENT_GENERATE),
       "a convention is generated with its registration, never by a move");
    OK(!move_of(EVENT_REMIND) && !move_of(EVENT_KEEP),
       "a reminder moves nothing, nor does a convention that is kept");
    IS_INT(state_parse("lost"), CONVENTION_STATES, "what is no state is told");
    return tap_end();
}
