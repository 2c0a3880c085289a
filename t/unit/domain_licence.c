/* Licences on a real database: what is added, and who is told before one ends, once each. */
#include "base/clock.h"
#include "domain/establishment.h"
#include "domain/licence_notice.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

#define DAY (24 * 3600)

/* Does the task's steps at that time; how many establishments were told, 99 if it failed. */
static unsigned tell_at(struct world *world, int64_t now)
{
    struct context ctx = world_context(world, world->host);
    unsigned told = 0;
    uint64_t done;

    ctx.now = now;
    ctx.actor = (struct actor){.name = "Paraphe", .establishment_name = ""};
    do {
        if (licence_notices_send(&ctx, &done) != ERR_OK || told > 50)
            return 99;
        told += (unsigned)done;
    } while (done > 0);
    return told;
}

static uint64_t count(struct world *world, const char *where)
{
    return world_number(world, arena_printf(world->arena,
                                            "SELECT COUNT(*) FROM message WHERE name = "
                                            "'licence-ending' AND %s",
                                            where));
}

static bool refused(enum err code, enum err wanted, const char *key)
{
    return code == wanted && strcmp(err_last()->key, key) == 0;
}

static void test_adding(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    uint64_t overlaps = 9;

    OK(licence_add(&ctx, world->host, "2026-09-01", "2027-03-10", &overlaps) == ERR_OK &&
           overlaps == 0,
       "a licence is added");
    OK(refused(licence_add(&ctx, world->host, "2026-09-01", "2027-03-10", NULL), ERR_CONFLICT,
               "licence-same"),
       "the same one is not added again");
    OK(refused(licence_add(&ctx, world->host, "2027-01-02", "2027-01-01", NULL), ERR_INVALID,
               "licence-days"),
       "it does not end before it begins");
    OK(refused(licence_add(&ctx, world->host, "2027-01-01", "2072-01-01", NULL), ERR_INVALID,
               "licence-long"),
       "nor last for longer than anybody means");
    OK(refused(licence_add(&ctx, 999, "2027-01-01", "2027-12-31", NULL), ERR_NOT_FOUND, ""),
       "an establishment that is not there gets none");
    OK(licence_add(&ctx, world->host, "2020-01-01", "2026-09-01", &overlaps) == ERR_OK &&
           overlaps == 1,
       "one day in common is an overlap, and no fault");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM establishment WHERE id = 1 AND "
                               "licence_ends_on = '2027-03-10'"),
           1, "the last day of all counts");
}

/* The licence ends on 10 March; WORLD_NOW is 1 February. */
static void test_telling(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    const int64_t end = WORLD_NOW + 37 * DAY;

    IS_INT(tell_at(world, end - 31 * DAY), 0, "31 days before nobody is told");
    IS_INT(tell_at(world, end - 30 * DAY), 1, "30 days before the admins are");
    OK(count(world, "to_address = '0691234S@e.example' AND establishment_id = 1 AND body_text LIKE "
                    "'%dans 30 jours%mercredi 10 mars 2027%'") == 1,
       "by a mail that says when it ends");
    IS_INT(tell_at(world, end - 30 * DAY) + tell_at(world, end - 8 * DAY), 0, "once");
    IS_INT(tell_at(world, end - 5 * DAY), 1, "and again in the last week, whenever the task comes");
    IS_INT(tell_at(world, end - 5 * DAY) + tell_at(world, end), 0, "once");
    IS_INT(tell_at(world, end + DAY), 0, "after the end nobody is told");
    licence_add(&ctx, world->host, "2027-03-11", "2027-06-10", NULL);
    IS_INT(tell_at(world, end - 5 * DAY), 0, "a renewed one is not told of");
    IS_INT(tell_at(world, end + 92 * DAY), 1, "its own end is");
    OK(count(world, "body_text LIKE '%se termine aujourd’hui%'") == 1,
       "on the last day the mail says so");
    IS_INT(tell_at(world, end + 75 * DAY), 0, "what was told late is not told as if it were early");
}

static void test_whom(struct world *world)
{
    struct context ctx = world_context(world, world->origin);

    world_tamper(world, "DELETE FROM message");
    world_tamper(world, "UPDATE account SET disabled_at = created_at WHERE establishment_id = 2");
    licence_add(&ctx, world->origin, "2026-09-01", "2027-02-20", NULL);
    IS_INT(tell_at(world, WORLD_NOW), 0, "without an admin nobody is told");
    world_tamper(world, "UPDATE account SET disabled_at = NULL, role = 'member' WHERE "
                        "establishment_id = 2");
    IS_INT(tell_at(world, WORLD_NOW), 0, "a member is not");
    world_tamper(world, "UPDATE account SET role = 'admin' WHERE establishment_id = 2");
    world_tamper(world, "INSERT INTO account (email, name, password_hash, role, establishment_id, "
                        "created_at) VALUES ('autre@e.example', 'Autre', 'none', 'admin', 2, "
                        "'2027-01-01')");
    IS_INT(tell_at(world, WORLD_NOW), 1, "once there are admins, they are");
    IS_INT(count(world, "establishment_id = 2"), 2, "each of them");
    ctx.views = world->no_mails;
    world_tamper(world, "DELETE FROM licence_notice");
    OK(licence_notices_send(&ctx, &(uint64_t){0}) != ERR_OK &&
           world_number(world, "SELECT COUNT(*) FROM licence_notice") == 0,
       "where the mail cannot be written it stays due");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_adding(&world);
    test_telling(&world);
    test_whom(&world);
    world_close(&world);
    return tap_end();
}
