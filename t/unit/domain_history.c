/* A convention's moves and its history on a real database: the chain shows whatever is changed
 * behind the platform's back, and two who act at once come one after the other. */
#include "domain/convention.h"
#include "domain/history.h"
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
    world_close(&world);
    return tap_end();
}
