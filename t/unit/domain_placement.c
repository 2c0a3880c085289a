/* Placements on a real database: what their host does with them, and the waiting list. */
#include "db/statements.h"
#include "domain/convention.h"
#include "domain/placement_change.h"
#include "domain/placement_moves.h"
#include "domain/waiting.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

static bool refused(enum err code, enum err wanted, const char *key)
{
    return code == wanted && strcmp(err_last()->key, key) == 0;
}

/* What the statement, with that id in it, answers. */
#define NUMBER(world, format, id) \
    world_number((world), arena_printf((world)->arena, format, (unsigned long)(id)))

/* The placement of world_placement, to be changed. */
static struct placement offer(const struct world *world, uint32_t capacity)
{
    return (struct placement){.host = world->host,
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
                              .capacity = capacity,
                              .closes_on = "2027-02-02"};
}

static uint64_t enter(struct world *world, uint64_t placement, const char *name)
{
    struct context ctx = world_context(world, world->origin);
    struct trainee trainee = world_trainee(name);
    uint64_t convention = 0;

    registration_make(&ctx, placement, &trainee, &convention);
    return convention;
}

static enum err wait_for(struct world *world, uint64_t placement, const char *name,
                         uint64_t *convention)
{
    struct context ctx = world_context(world, world->origin);
    struct trainee trainee = world_trainee(name);

    return waiting_join(&ctx, placement, &trainee, convention);
}

static void test_offers(struct world *world)
{
    struct context host = world_context(world, world->host);
    struct placement draft = offer(world, 3);
    uint64_t id, again;

    draft.title = "Offre";
    draft.draft = true;
    OK(placement_offer(&host, &draft, &id) == ERR_OK &&
           NUMBER(world, "SELECT state = 'draft' FROM placement WHERE id = %lu", id) == 1,
       "a host makes a draft");
    OK(refused(placement_offer(&host, &draft, &again), ERR_CONFLICT, "placement-same"),
       "the same offer twice is refused");
    draft.starts_at = "09:00";
    OK(placement_offer(&host, &draft, &again) == ERR_OK, "at another hour it is another offer");
    draft.capacity = 0;
    OK(refused(placement_offer(&host, &draft, &again), ERR_INVALID, "placement-capacity"),
       "what is wrong of itself is refused");
}

/* Each move from each state. */
static void test_moves(void)
{
    static const struct {
        const char *state, *title;
        bool publish, close, cancel, discard;
    } states[] = {
        {"draft", "a draft is published or discarded", true, false, false, true},
        {"published", "what is published is closed or cancelled", false, true, true, false},
        {"closed", "what is closed is opened again or cancelled", true, false, true, false},
        {"cancelled", "what is cancelled stays so", false, false, false, false}};

    for (size_t i = 0; i < 4; i++)
        OK(placement_may(PLACEMENT_PUBLISH, states[i].state) == states[i].publish &&
               placement_may(PLACEMENT_CLOSE, states[i].state) == states[i].close &&
               placement_may(PLACEMENT_CANCEL, states[i].state) == states[i].cancel &&
               placement_may(PLACEMENT_DISCARD, states[i].state) == states[i].discard,
           states[i].title);
}

static void test_life(struct world *world)
{
    struct context host = world_context(world, world->host);
    struct context origin = world_context(world, world->origin);
    uint64_t id = world_placement(world, 2);

    OK(refused(placement_move(&origin, id, PLACEMENT_CLOSE, 0, NULL), ERR_FORBIDDEN,
               "placement-not-yours"),
       "another school moves nothing");
    OK(refused(placement_move(&host, id, PLACEMENT_CLOSE, 7, NULL), ERR_CONFLICT,
               "placement-out-of-date"),
       "nor does a page that is out of date");
    OK(placement_move(&host, id, PLACEMENT_CLOSE, 1, NULL) == ERR_OK && !enter(world, id, "CLOS"),
       "closed, it takes nobody");
    OK(placement_move(&host, id, PLACEMENT_PUBLISH, 2, NULL) == ERR_OK &&
           enter(world, id, "OUVERT") != 0,
       "open again, it does");
    OK(refused(placement_move(&host, id, PLACEMENT_DISCARD, 0, NULL), ERR_CONFLICT,
               "placement-cannot-discard"),
       "what was published cannot be made away with");
    placement_move(&host, id, PLACEMENT_CLOSE, 0, NULL);
    host.now += (int64_t)2 * 24 * 60 * 60;
    OK(refused(placement_move(&host, id, PLACEMENT_PUBLISH, 0, NULL), ERR_CONFLICT,
               "placement-publish-late"),
       "past the last day of registration it is not opened");
    OK(refused(placement_move(&host, 999999, PLACEMENT_CLOSE, 0, NULL), ERR_NOT_FOUND, ""),
       "there is no such placement");
}

static void test_cancellation(struct world *world)
{
    struct context host = world_context(world, world->host);
    uint64_t id = world_placement(world, 2), convention, one = enter(world, id, "ANNULE UN");
    uint64_t before;

    enter(world, id, "ANNULE DEUX");
    wait_for(world, id, "ANNULE TROIS", &convention);
    before = world_number(world, "SELECT COUNT(*) FROM message");
    OK(refused(placement_move(&host, id, PLACEMENT_CANCEL, 0, ""), ERR_INVALID,
               "placement-reason-missing"),
       "a placement is not cancelled without a reason");
    host.views = world->no_mails;
    OK(placement_move(&host, id, PLACEMENT_CANCEL, 0, "Travaux") != ERR_OK &&
           NUMBER(world,
                  "SELECT COUNT(*) FROM registration WHERE placement_id = %lu AND active = 1",
                  id) == 2,
       "where a mail cannot be written nothing is cancelled");
    host.views = world->views;
    OK(placement_move(&host, id, PLACEMENT_CANCEL, 0, "Travaux") == ERR_OK, "it is cancelled");
    OK(NUMBER(world, "SELECT COUNT(*) FROM registration WHERE placement_id = %lu AND active = 1",
              id) == 0 &&
           NUMBER(world, "SELECT state = 'cancelled' FROM convention WHERE id = %lu", one) == 1,
       "all registrations and conventions with it");
    OK(NUMBER(world,
              "SELECT outcome = 'cancelled' AND active IS NULL FROM waiting WHERE "
              "placement_id = %lu",
              id) == 1,
       "and the waiting list");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM message") - before, 3,
           "the school gets a mail for each");
    OK(NUMBER(world,
              "SELECT body_text LIKE '%%tout entier%%' AND body_text LIKE '%%Travaux%%' FROM "
              "message WHERE convention_id = %lu ORDER BY id DESC LIMIT 1",
              one) == 1,
       "that says the placement is cancelled, and why");
}

static void test_changes(struct world *world)
{
    struct context host = world_context(world, world->host);
    struct context origin = world_context(world, world->origin);
    struct placement changed = offer(world, 3);
    struct placement_changed done;
    uint64_t id = world_placement(world, 3), one = enter(world, id, "CHANGE UN"),
             two = enter(world, id, "CHANGE DEUX"), mails;

    changed.title = "Atelier métal";
    changed.capacity = 1;
    OK(refused(placement_change(&host, id, 1, true, &changed, &done), ERR_INVALID,
               "placement-capacity-taken"),
       "the capacity is never below what is registered");
    changed.capacity = 2;
    OK(refused(placement_change(&origin, id, 1, true, &changed, &done), ERR_FORBIDDEN,
               "placement-not-yours"),
       "another school changes nothing");
    OK(refused(placement_change(&host, id, 9, true, &changed, &done), ERR_CONFLICT,
               "placement-out-of-date"),
       "nor does a form that is out of date");
    mails = world_number(world, "SELECT COUNT(*) FROM message");
    changed.title = "Atelier bois";
    OK(placement_change(&host, id, 1, true, &changed, &done) == ERR_OK && done.reissued == 0 &&
           done.told == 0 && world_number(world, "SELECT COUNT(*) FROM message") == mails,
       "a capacity concerns no convention: nobody is told");
    changed.title = "Atelier métal";
    OK(placement_change(&host, id, 2, true, &changed, &done) == ERR_OK && done.reissued == 2 &&
           done.told == 1,
       "a title does: the conventions are made anew, the school is told");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM message") - mails, 3,
           "by a mail for each new convention, and one that says what has changed");
    OK(NUMBER(world, "SELECT folded_search LIKE '%%atelier metal%%' FROM convention WHERE id = %lu",
              one) == 1,
       "a search finds the convention by it");
    changed.first_day = changed.last_day = "2027-02-10";
    OK(placement_change(&host, id, 3, false, &changed, &done) == ERR_OK && done.reissued == 0 &&
           done.told == 1,
       "where they are not to be made anew they are not");
    OK(NUMBER(world,
              "SELECT first_day = '2027-02-10' AND folded_search LIKE '%%10 02 2027%%' FROM "
              "convention WHERE id = %lu",
              two) == 1,
       "and yet are found at the new day");
    placement_move(&host, id, PLACEMENT_CANCEL, 0, "Travaux");
    OK(refused(placement_change(&host, id, 0, false, &changed, &done), ERR_CONFLICT,
               "placement-is-cancelled"),
       "what is cancelled cannot be changed");
}

static void test_repetition(struct world *world)
{
    static const char *const days[] = {"2027-03-01", "2027-03-08", "2027-03-15"};
    static const char *const wrong[] = {"2027-02-30"};
    struct context host = world_context(world, world->host);
    struct context origin = world_context(world, world->origin);
    struct placement source = offer(world, 4);
    uint64_t id;
    size_t made;

    source.title = "Chaque semaine";
    source.last_day = "2027-02-04";
    placement_offer(&host, &source, &id);
    OK(placement_repeat(&host, id, days, 3, true, &made) == ERR_OK && made == 3,
       "a placement is repeated on three days");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM placement WHERE title = 'Chaque semaine' AND "
                               "state = 'draft' AND last_day = first_day + INTERVAL 1 DAY AND "
                               "closes_on = first_day - INTERVAL 1 DAY"),
           3, "last day and closing day move along");
    OK(placement_repeat(&host, id, days, 3, true, &made) == ERR_OK && made == 0,
       "a second time nothing is made twice");
    OK(refused(placement_repeat(&host, id, days, 0, true, &made), ERR_INVALID,
               "placement-repeat-days") &&
           refused(placement_repeat(&host, id, wrong, 1, true, &made), ERR_INVALID,
                   "placement-repeat-days"),
       "no day, and a day that does not exist, are refused");
    OK(refused(placement_repeat(&origin, id, days, 3, true, &made), ERR_FORBIDDEN,
               "placement-not-yours"),
       "another school repeats nothing");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_moves();
    test_offers(&world);
    test_life(&world);
    test_cancellation(&world);
    test_changes(&world);
    test_repetition(&world);
    world_close(&world);
    return tap_end();
}
