/* The waiting list on a real database: whoever waits longest gets the place that becomes free. */
#include "db/statements.h"
#include "domain/convention.h"
#include "domain/placement_change.h"
#include "domain/placement_moves.h"
#include "domain/waiting.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

/* What the statement, with that id in it, answers. */
#define NUMBER(world, format, id) \
    world_number((world), arena_printf((world)->arena, format, (unsigned long)(id)))

static bool refused(enum err code, enum err wanted, const char *key)
{
    return code == wanted && strcmp(err_last()->key, key) == 0;
}

static uint64_t enter(struct world *world, uint64_t placement, const char *name)
{
    struct context ctx = world_context(world, world->origin);
    struct trainee trainee = world_trainee(name);
    uint64_t convention = 0;

    registration_make(&ctx, placement, &trainee, &convention);
    return convention;
}

static enum err join(struct world *world, uint64_t placement, const char *name)
{
    struct context ctx = world_context(world, world->origin);
    struct trainee trainee = world_trainee(name);
    uint64_t convention;

    return waiting_join(&ctx, placement, &trainee, &convention);
}

static enum err cancel(struct world *world, uint64_t convention)
{
    struct context ctx = world_context(world, world->origin);

    return convention_move(&ctx, convention, EVENT_CANCEL, 0, NULL);
}

/* Whether that trainee is registered there now. */
static bool is_in(struct world *world, uint64_t placement, const char *name)
{
    return world_number(world,
                        arena_printf(world->arena,
                                     "SELECT COUNT(*) FROM registration r JOIN trainee t ON t.id = "
                                     "r.trainee_id WHERE r.placement_id = %lu AND r.active = 1 AND "
                                     "t.last_name = '%s'",
                                     (unsigned long)placement, name)) == 1;
}

static void test_joining(struct world *world)
{
    struct context origin = world_context(world, world->origin);
    struct context nobody = origin;
    struct trainee free_one = world_trainee("PLACE LIBRE"), late = world_trainee("TARD");
    uint64_t id = world_placement(world, 1), convention, other = world_placement(world, 1);

    OK(waiting_join(&origin, id, &free_one, &convention) == ERR_OK && convention != 0,
       "where a place is free, who would wait is registered");
    OK(join(world, id, "ATTEND") == ERR_OK && !is_in(world, id, "ATTEND"),
       "where none is, one waits");
    OK(refused(join(world, id, "ATTEND"), ERR_CONFLICT, "trainee-already-waiting"),
       "nobody waits twice");
    OK(refused(join(world, id, "PLACE LIBRE"), ERR_CONFLICT, "trainee-already-registered"),
       "nor who has a place already");
    OK(refused(join(world, 999999, "ATTEND"), ERR_NOT_FOUND, ""), "there is no such placement");
    enter(world, other, "SEUL");
    origin.now += (int64_t)2 * 24 * 60 * 60;
    OK(refused(waiting_join(&origin, other, &late, &convention), ERR_CONFLICT,
               "placement-past-closing"),
       "nobody begins to wait past the last day of registration");
    nobody.actor.establishment = 0;
    OK(refused(waiting_join(&nobody, other, &late, &convention), ERR_FORBIDDEN,
               "registration-not-yours"),
       "an operator has nobody wait");
}

static void test_promotion(struct world *world)
{
    uint64_t id = world_placement(world, 1), convention = enter(world, id, "DEDANS"), mails, next;

    join(world, id, "SUIVANT");
    join(world, id, "DERNIER");
    mails = world_number(world, "SELECT COUNT(*) FROM message WHERE name = 'waiting-promoted'");
    OK(cancel(world, convention) == ERR_OK && is_in(world, id, "SUIVANT") &&
           !is_in(world, id, "DERNIER"),
       "a registration cancelled makes room for the first who waits");
    next = NUMBER(world,
                  "SELECT c.id FROM convention c JOIN registration r ON r.id = c.registration_id "
                  "WHERE r.placement_id = %lu AND r.active = 1",
                  id);
    OK(NUMBER(world,
              "SELECT COUNT(*) FROM history WHERE convention_id = %lu AND event = 'generate' AND "
              "account_id IS NULL AND actor_name = 'Liste d’attente'",
              next) == 1,
       "the history says that the platform did it");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM message WHERE name = 'waiting-promoted' AND "
                               "attachment_document_id IS NOT NULL") -
               mails,
           1, "the school gets one mail, with the convention");
    OK(NUMBER(world,
              "SELECT outcome = 'registered' AND active IS NULL FROM waiting WHERE placement_id = "
              "%lu ORDER BY id LIMIT 1",
              id) == 1,
       "who has the place waits no more");
    OK(cancel(world, next) == ERR_OK && is_in(world, id, "DERNIER"), "and so on");
}

static void test_nothing_half(struct world *world)
{
    struct context ctx = world_context(world, world->origin);
    uint64_t id = world_placement(world, 1), convention = enter(world, id, "RESTE");

    join(world, id, "ATTEND ENCORE");
    ctx.views = world->no_mails;
    OK(convention_move(&ctx, convention, EVENT_CANCEL, 0, NULL) != ERR_OK &&
           is_in(world, id, "RESTE") && !is_in(world, id, "ATTEND ENCORE"),
       "where a mail cannot be written, neither goes nor comes anybody");
}

static void test_capacity(struct world *world)
{
    struct context host = world_context(world, world->host);
    struct placement wider = {.host = world->host,
                              .title = "Atelier bois",
                              .course = "",
                              .description = "",
                              .first_day = "2027-02-03",
                              .last_day = "2027-02-03",
                              .starts_at = "08:30",
                              .ends_at = "16:30",
                              .place = "",
                              .person_name = "",
                              .person_phone = "",
                              .meals = "canteen",
                              .transport = "family",
                              .capacity = 3,
                              .closes_on = "2027-02-02"};
    struct placement_changed done;
    uint64_t id = world_placement(world, 1);

    enter(world, id, "A");
    join(world, id, "B");
    join(world, id, "C");
    join(world, id, "D");
    OK(placement_change(&host, id, 1, true, &wider, &done) == ERR_OK && done.promoted == 2 &&
           is_in(world, id, "B") && is_in(world, id, "C") && !is_in(world, id, "D"),
       "two places more are for the two first");
    OK(done.told == 0 && done.reissued == 0, "and concern no other convention");
}

static void test_closed(struct world *world)
{
    struct context host = world_context(world, world->host);
    uint64_t id = world_placement(world, 1), convention = enter(world, id, "PARTANT");

    join(world, id, "PATIENT");
    placement_move(&host, id, PLACEMENT_CLOSE, 0, NULL);
    OK(cancel(world, convention) == ERR_OK && !is_in(world, id, "PATIENT"),
       "while registration is closed nobody is promoted");
    OK(placement_move(&host, id, PLACEMENT_PUBLISH, 0, NULL) == ERR_OK &&
           is_in(world, id, "PATIENT"),
       "opened again, the place goes to who waited");
}

static void test_leaving(struct world *world)
{
    struct context origin = world_context(world, world->origin);
    struct context host = world_context(world, world->host);
    uint64_t id = world_placement(world, 1), convention = enter(world, id, "TITULAIRE"), entry;

    join(world, id, "RENONCE");
    join(world, id, "PERSISTE");
    entry = NUMBER(world, "SELECT MIN(id) FROM waiting WHERE placement_id = %lu", id);
    OK(refused(waiting_leave(&host, id, entry), ERR_NOT_FOUND, ""),
       "another school takes nobody off the list");
    OK(refused(waiting_leave(&origin, id + 1, entry), ERR_NOT_FOUND, ""),
       "nor is an entry of one placement another's");
    OK(waiting_leave(&origin, id, entry) == ERR_OK, "an origin takes its trainee off");
    OK(refused(waiting_leave(&origin, id, entry), ERR_CONFLICT, "waiting-ended"), "once");
    OK(cancel(world, convention) == ERR_OK && is_in(world, id, "PERSISTE") &&
           !is_in(world, id, "RENONCE"),
       "and the place goes to the next");
    OK(join(world, id, "RENONCE") == ERR_OK, "who left may come back, at the end");
}

static void test_ranks(struct world *world)
{
    struct waiting_list_row *rows;
    size_t count;
    uint64_t id = world_placement(world, 1);

    enter(world, id, "OCCUPE");
    join(world, id, "RANG UN");
    join(world, id, "RANG DEUX");
    OK(db_waiting_list(world->db, world->arena,
                       &(struct waiting_list_in){.placement_id = id, .viewer = world->origin},
                       &rows, &count) == ERR_OK &&
           count == 2 && rows[0].rank == 1 && rows[1].rank == 2 &&
           strcmp(rows[1].last_name, "RANG DEUX") == 0,
       "ranks count from one");
    OK(db_waiting_list(world->db, world->arena,
                       &(struct waiting_list_in){.placement_id = id, .viewer = 999999}, &rows,
                       &count) == ERR_OK &&
           count == 0,
       "others see nobody");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_joining(&world);
    test_promotion(&world);
    test_nothing_half(&world);
    test_capacity(&world);
    test_closed(&world);
    test_leaving(&world);
    test_ranks(&world);
    world_close(&world);
    return tap_end();
}
