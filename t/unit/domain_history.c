/* A convention's moves and its history on a real database: the chain shows whatever is changed
 * behind the platform's back, and two who act at once come one after the other. */
#include <inttypes.h>

#include "domain/convention.h"
#include "domain/history.h"
#include "domain/history_check.h"
#include "domain/transition.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

static size_t broken(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    uint64_t *found;
    size_t count;

    if (history_verify(&ctx, &found, &count) != ERR_OK)
        return SIZE_MAX;
    return count;
}

/* Something done to the history of convention 1, and how it is undone. */
static const struct {
    const char *what, *change, *undo;
} tamperings[] = {
    {"another event", "UPDATE history SET event = 'validate' WHERE id = 1",
     "UPDATE history SET event = 'generate' WHERE id = 1"},
    {"another actor", "UPDATE history SET actor_name = 'Personne' WHERE id = 1",
     "UPDATE history SET actor_name = 'Anne Martin' WHERE id = 1"},
    {"another school", "UPDATE history SET actor_establishment = '' WHERE id = 1",
     "UPDATE history SET actor_establishment = 'École' WHERE id = 1"},
    {"another account", "UPDATE history SET account_id = 1 WHERE id = 1",
     "UPDATE history SET account_id = 2 WHERE id = 1"},
    {"another time", "UPDATE history SET created_at = created_at + INTERVAL 1 SECOND WHERE id = 1",
     "UPDATE history SET created_at = created_at - INTERVAL 1 SECOND WHERE id = 1"},
    {"another address", "UPDATE history SET address = '192.0.2.8' WHERE id = 1",
     "UPDATE history SET address = '192.0.2.7' WHERE id = 1"},
    {"another document", "UPDATE history SET document_id = NULL WHERE id = 1",
     "UPDATE history SET document_id = 1 WHERE id = 1"},
    {"another reason", "UPDATE history SET detail = 'Erreur' WHERE id = 2",
     "UPDATE history SET detail = 'Malade' WHERE id = 2"},
    {"another place in the order", "UPDATE history SET sequence = 3 WHERE id = 2",
     "UPDATE history SET sequence = 2 WHERE id = 2"},
    {"another hash", "UPDATE history SET hash = REVERSE(hash) WHERE id = 2",
     "UPDATE history SET hash = REVERSE(hash) WHERE id = 2"},
    {"a shorter length", "UPDATE convention SET history_length = 1 WHERE id = 1",
     "UPDATE convention SET history_length = 2 WHERE id = 1"},
    {"another end", "UPDATE convention SET history_head = REVERSE(history_head) WHERE id = 1",
     "UPDATE convention SET history_head = REVERSE(history_head) WHERE id = 1"},
    {"no end at all", "UPDATE convention SET history_head = NULL WHERE id = 1",
     "UPDATE convention SET history_head = (SELECT hash FROM history WHERE id = 2) WHERE id = 1"},
};

static void test_tampering(struct world *world)
{
    struct context ctx = world_context(world, world->origin);
    uint64_t first = world_convention(world, "UN"), *found;
    size_t count;

    OK(convention_move(&ctx, first, EVENT_CANCEL, 0, "Malade") == ERR_OK && broken(world) == 0,
       "what the platform wrote holds");
    world_convention(world, "DEUX");
    for (size_t i = 0; i < sizeof tamperings / sizeof tamperings[0]; i++) {
        world_tamper(world, tamperings[i].change);
        OK(history_verify(&ctx, &found, &count) == ERR_OK && count == 1 && found[0] == first,
           arena_printf(world->arena, "%s breaks that convention's chain", tamperings[i].what));
        world_tamper(world, tamperings[i].undo);
        IS_INT(broken(world), 0, "put back, it holds again");
    }
    world_tamper(world, "UPDATE history SET convention_id = 2, sequence = 2 WHERE id = 2");
    IS_INT(broken(world), 2, "a row moved to another convention breaks both chains");
    world_tamper(world, "DELETE FROM history WHERE id = 2");
    IS_INT(broken(world), 1, "a last row that is gone breaks the chain");
}

/* What a check says of convention 1 in the table, and of which row. */
static bool told(struct world *world, uint64_t convention, const char *kind, uint32_t sequence)
{
    return world_number(world,
                        arena_printf(world->arena,
                                     "SELECT COUNT(*) FROM history_fault WHERE convention_id = "
                                     "%" PRIu64 " AND kind = '%s' AND sequence = %" PRIu32
                                     " AND check_id = (SELECT MAX(id) FROM history_check)",
                                     convention, kind, sequence)) == 1;
}

/* Something done to a convention's history of two rows, how it is undone, and what is told. */
static const struct {
    const char *change, *undo, *kind;
    uint32_t sequence;
    const char *title;
} faults[] = {
    {"UPDATE history SET detail = 'x' WHERE sequence = 2 AND event = 'cancel'",
     "UPDATE history SET detail = 'Malade' WHERE sequence = 2 AND event = 'cancel'", "changed", 2,
     "a row that says something else is named"},
    {"UPDATE history SET sequence = 3 WHERE event = 'cancel'",
     "UPDATE history SET sequence = 2 WHERE event = 'cancel'", "missing", 2,
     "a row that is missing between others is named"},
    {"UPDATE convention SET history_length = 3 WHERE state = 'cancelled'",
     "UPDATE convention SET history_length = 2 WHERE state = 'cancelled'", "missing", 3,
     "one that is missing at the end, too"},
    {"UPDATE convention SET history_length = 1 WHERE state = 'cancelled'",
     "UPDATE convention SET history_length = 2 WHERE state = 'cancelled'", "added", 2,
     "one too many, too"},
    {"UPDATE convention SET history_head = REVERSE(history_head) WHERE state = 'cancelled'",
     "UPDATE convention SET history_head = REVERSE(history_head) WHERE state = 'cancelled'", "end",
     2, "another end is told with the last row"},
};

#define A_SECOND 1000000

static void test_check_by_parts(struct world *world)
{
    struct context ctx = world_context(world, world->origin);
    uint64_t convention;

    world_tamper(world, "DELETE FROM history");
    world_tamper(world,
                 "UPDATE convention SET history_length = 0, history_head = REPEAT('\\0', 32)");
    for (size_t i = 0; i < 2; i++)
        convention = world_convention(world, i == 0 ? "CINQ" : "SIX");
    OK(convention_move(&ctx, convention, EVENT_CANCEL, 0, "Malade") == ERR_OK &&
           history_check_go_on(&ctx, true, 0) == ERR_OK,
       "a check is begun");
    IS_INT(world_number(world, "SELECT conventions FROM history_check"), 1,
           "with no time it looks at one convention");
    OK(history_check_go_on(&ctx, false, A_SECOND) == ERR_OK, "it goes on where it was");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM history_check WHERE finished_at IS NOT NULL "
                               "AND broken = 0 AND events = 3 AND conventions = "
                               "(SELECT COUNT(*) FROM convention)"),
           1, "to the end, and has counted each once");
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        world_tamper(world, faults[i].change);
        OK(history_check_go_on(&ctx, false, A_SECOND) == ERR_OK &&
               told(world, convention, faults[i].kind, faults[i].sequence),
           faults[i].title);
        world_tamper(world, faults[i].undo);
    }
}

static bool refused(enum err code, enum err wanted, const char *key)
{
    return code == wanted && strcmp(err_last()->key, key) == 0;
}

static void test_order_of_refusals(struct world *world)
{
    struct context host = world_context(world, world->host), stranger = host;
    struct context origin = world_context(world, world->origin);
    uint64_t convention = world_convention(world, "TROIS");

    stranger.actor.establishment = 999;
    OK(refused(convention_move(&stranger, convention, EVENT_VALIDATE, 77, NULL), ERR_NOT_FOUND, ""),
       "to a stranger the convention is not there, whatever else is wrong");
    OK(refused(convention_move(&origin, convention, EVENT_VALIDATE, 77, NULL), ERR_FORBIDDEN,
               "convention-not-yours-to-move"),
       "who may not is told so before anything else");
    OK(refused(convention_move(&host, convention, EVENT_VALIDATE, 77, NULL), ERR_CONFLICT,
               "convention-out-of-date"),
       "then that the page was out of date");
    IS_STR(host.meanwhile.event, "generate", "with what happened last");
    IS_STR(host.meanwhile.actor_name, "Anne Martin", "and who did it");
    OK(refused(convention_move(&host, convention, EVENT_VALIDATE, 0, NULL), ERR_CONFLICT,
               move_of(EVENT_VALIDATE)->refused),
       "then that the state forbids it");
    OK(refused(convention_move(&host, convention, EVENT_INVALIDATE, 0, ""), ERR_INVALID,
               "reason-missing"),
       "a reason that is needed is asked for");
}

static void test_all_or_nothing(struct world *world)
{
    struct context origin = world_context(world, world->origin);
    uint64_t convention = world_convention(world, "QUATRE"), before;

    before = world_number(world, "SELECT COUNT(*) FROM history");
    origin.views = world->no_mails;
    OK(convention_move(&origin, convention, EVENT_CANCEL, 0, "Malade") != ERR_OK,
       "a move whose mail cannot be written fails");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM history"), before,
           "nothing is in the history");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM convention WHERE state = 'cancelled' AND id = "
                               "(SELECT MAX(id) FROM convention)"),
           0, "the state is what it was");
    IS_INT(world_number(world, "SELECT active FROM registration ORDER BY id DESC LIMIT 1"), 1,
           "and the place is still taken");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_tampering(&world);
    test_order_of_refusals(&world);
    test_all_or_nothing(&world);
    test_check_by_parts(&world);
    world_close(&world);
    return tap_end();
}
