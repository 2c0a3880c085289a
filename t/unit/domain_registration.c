/* Registrations on a real database: all or nothing, and several at once. */
#include "db/statements.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

static uint64_t rows(struct world *world)
{
    return world_number(world, "SELECT (SELECT COUNT(*) FROM trainee) + (SELECT COUNT(*) FROM "
                               "registration) + (SELECT COUNT(*) FROM convention) + (SELECT "
                               "COUNT(*) FROM convention_original) + (SELECT COUNT(*) FROM "
                               "document) + (SELECT COUNT(*) FROM history) + (SELECT COUNT(*) "
                               "FROM message)");
}

static bool refused(enum err code, enum err wanted, const char *key)
{
    return code == wanted && strcmp(err_last()->key, key) == 0;
}

static void test_what_is_made(struct world *world)
{
    uint64_t convention = world_convention(world, "PREMIER");

    OK(convention != 0 && rows(world) == 7,
       "a registration makes one row of each: trainee, registration, convention, original, "
       "document, history and message");
    IS_INT(world_number(world, "SELECT attachment_document_id = (SELECT document_id FROM "
                               "convention_original) FROM message"),
           1, "the message has the original attached");
    IS_INT(world_number(world, "SELECT MIN(number) FROM establishment_revision"), 2,
           "the pages of both schools are known to have changed");
}

static void test_all_or_nothing(struct world *world)
{
    struct context ctx = world_context(world, world->origin);
    struct trainee trainee = world_trainee("SANS COURRIEL");
    uint64_t placement = world_placement(world, 1), before = rows(world), convention;

    ctx.views = world->no_mails;
    OK(registration_make(&ctx, placement, &trainee, &convention) != ERR_OK,
       "a registration whose mail cannot be written fails");
    IS_INT(rows(world), before, "and leaves nothing behind");
    ctx.views = world->views;
    OK(registration_make(&ctx, placement, &trainee, &convention) == ERR_OK,
       "the place is still to be had");
}

static void test_refusals(struct world *world)
{
    struct context ctx = world_context(world, world->origin);
    struct trainee one = world_trainee("UN"), two = world_trainee("DEUX");
    uint64_t placement = world_placement(world, 1), pair = world_placement(world, 2), before;
    uint64_t convention;

    OK(registration_make(&ctx, placement, &one, &convention) == ERR_OK &&
           registration_make(&ctx, pair, &one, &convention) == ERR_OK,
       "a trainee may go to two placements");
    before = rows(world);
    OK(refused(registration_make(&ctx, placement, &two, &convention), ERR_CONFLICT,
               "placement-full"),
       "nobody is registered over the capacity");
    OK(refused(registration_make(&ctx, pair, &one, &convention), ERR_CONFLICT,
               "trainee-already-registered"),
       "nobody is registered twice");
    OK(refused(registration_make(&ctx, 999999, &two, &convention), ERR_NOT_FOUND, ""),
       "there is no such placement");
    ctx.now += (int64_t)2 * 24 * 60 * 60;
    OK(refused(registration_make(&ctx, pair, &two, &convention), ERR_CONFLICT,
               "placement-past-closing"),
       "nobody is registered past the closing date");
    ctx.actor.establishment = 0;
    OK(refused(registration_make(&ctx, pair, &two, &convention), ERR_FORBIDDEN,
               "registration-not-yours"),
       "an operator registers nobody");
    IS_INT(rows(world), before, "what was refused leaves nothing behind");
}

/* The closing date is a day of Paris: its last second, and the one after. */
static void test_midnight(struct world *world)
{
    static const int64_t last_second = 1801609199; /* 2 February 2027, 23:59:59 in Paris */
    struct context ctx = world_context(world, world->origin);
    struct trainee late = world_trainee("MINUIT"), too_late = world_trainee("UNE SECONDE");
    uint64_t placement = world_placement(world, 2), convention;

    ctx.now = last_second + 1;
    OK(refused(registration_make(&ctx, placement, &too_late, &convention), ERR_CONFLICT,
               "placement-past-closing"),
       "at midnight in Paris the registration is closed, though it is still 23:00 UTC");
    ctx.now = last_second;
    OK(registration_make(&ctx, placement, &late, &convention) == ERR_OK,
       "a second earlier it was open");
}

struct other {
    struct world *world;
    struct db *db;
};

/* A transaction that refers to the same school has begun and waits; another registration runs. */
static enum err meanwhile(void *what)
{
    const struct other *other = what;
    struct world *world = other->world;
    struct context ctx = world_context(world, world->origin);
    struct trainee trainee = world_trainee("EN MEME TEMPS");
    uint64_t placement = world_placement(world, 1), convention;

    ERR_TRY(db_trainee_insert(
        other->db, world->arena,
        &(struct trainee_insert_in){.origin_id = world->origin,
                                    .last_name = "LENT",
                                    .first_name = "Zoé",
                                    .folded_name = "lent/zoe",
                                    .birth_day = "2012-01-30",
                                    .class_name = "3e A",
                                    .guardian_name = "Guillaume Essai",
                                    .guardian_email = "guillaume@courriel.example",
                                    .guardian_phone = "06 01 02 03 04",
                                    .guardian_address = "",
                                    .now = WORLD_NOW},
        NULL));
    return registration_make(&ctx, placement, &trainee, &convention);
}

static void test_two_at_once(struct world *world)
{
    struct other other = {.world = world};

    OK(db_open(world->arena, &world->settings, &other.db) == ERR_OK, "a second connection");
    OK(db_transaction(other.db, meanwhile, &other) == ERR_OK,
       "registrations of one school do not wait for each other");
    db_close(other.db);
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_what_is_made(&world);
    test_all_or_nothing(&world);
    test_refusals(&world);
    test_midnight(&world);
    test_two_at_once(&world);
    world_close(&world);
    return tap_end();
}
