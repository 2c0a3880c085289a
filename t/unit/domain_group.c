/* Groups and imports on a real database: all or nothing where a mail cannot be written. */
#include "domain/group.h"
#include "domain/trainee_import.h"

#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

static const char *const table = "Nom;Prénom;Né le;Classe\nUN;Zoé;30/01/2012;4e B\n"
                                 "NEUF;Léo;31/01/2012;4e B\n";

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

static uint64_t add(struct world *world, const char *last_name)
{
    struct context ctx = world_context(world, world->origin);
    struct trainee trainee = world_trainee(last_name);
    uint64_t id = 0;

    OK(trainee_add(&ctx, &trainee, &id) == ERR_OK, "a trainee is added");
    return id;
}

static void test_group(struct world *world)
{
    struct context ctx = world_context(world, world->origin);
    uint64_t placement = world_placement(world, 2), ids[] = {add(world, "UN"), add(world, "DEUX")};
    uint64_t three[] = {ids[1], ids[0], add(world, "TROIS")}, before = rows(world);
    struct group_refusal *refusals;
    size_t count;

    ctx.views = world->no_mails;
    OK(group_register(&ctx, placement, ids, 2, &refusals, &count) != ERR_OK &&
           rows(world) == before,
       "a group whose mails cannot be written leaves nothing behind");
    ctx.views = world->views;
    OK(refused(group_register(&ctx, placement, three, 3, &refusals, &count), ERR_CONFLICT,
               "group-no-places") &&
           rows(world) == before,
       "three for two places are none");
    OK(group_register(&ctx, placement, ids, 2, &refusals, &count) == ERR_OK,
       "two have the places that were left");
    IS_INT(rows(world) - before, 2 * 6,
           "each with registration, convention, original, document, "
           "history and message");
    OK(refused(group_register(&ctx, world_placement(world, 2), three, 0, &refusals, &count),
               ERR_INVALID, "group-nobody"),
       "a group of nobody is none");
    placement = world_placement(world, 9);
    ids[0] = ids[1];
    OK(group_register(&ctx, placement, ids, 2, &refusals, &count) == ERR_OK &&
           world_number(world, "SELECT COUNT(*) FROM registration WHERE placement_id = (SELECT "
                               "MAX(id) FROM placement)") == 1,
       "who is chosen twice is registered once");
    OK(refused(group_register(&ctx, placement, three, 3, &refusals, &count), ERR_CONFLICT,
               "group-refused") &&
           count == 1 && refusals[0].trainee == ids[1] &&
           strcmp(refusals[0].sentence, "trainee-already-registered") == 0,
       "who is there already is named");
    ctx.actor.establishment = world->host;
    OK(refused(group_register(&ctx, placement, three, 3, &refusals, &count), ERR_CONFLICT,
               "group-refused") &&
           count == 3 && strcmp(refusals[0].sentence, "group-trainee-gone") == 0,
       "another school's trainees are nobody");
    ctx.actor.establishment = 0;
    OK(refused(group_register(&ctx, placement, three, 3, &refusals, &count), ERR_FORBIDDEN,
               "registration-not-yours"),
       "an operator registers nobody");
}

static void test_import(struct world *world)
{
    struct context ctx = world_context(world, world->origin);
    struct trainee_table read;
    struct import_plan plan;
    uint64_t id, before;

    OK(trainee_import_keep(&ctx, bytes_of(table), "classe.csv", "", &read, &id) == ERR_OK &&
           trainee_import_plan(&ctx, id, &plan) == ERR_OK,
       "a table is kept and planned");
    OK(plan.totals[IMPORT_CREATE] == 1 && plan.totals[IMPORT_CHANGE] == 1 && plan.conventions == 1,
       "one is new, one is changed and has an open convention");
    before = rows(world);
    ctx.views = world->no_mails;
    OK(trainee_import_confirm(&ctx, id, plan.digest, true) != ERR_OK && rows(world) == before,
       "an import whose mails cannot be written leaves nothing behind");
    ctx.views = world->views;
    OK(refused(trainee_import_confirm(&ctx, id, "other", true), ERR_CONFLICT, "import-changed") &&
           rows(world) == before,
       "nor one that was seen otherwise");
    ctx.actor.account = 1;
    OK(refused(trainee_import_confirm(&ctx, id, plan.digest, true), ERR_NOT_FOUND, "import-gone"),
       "it is for who sent it to confirm");
    ctx.actor.account = 2;
    OK(trainee_import_confirm(&ctx, id, plan.digest, true) == ERR_OK, "then it is written");
    IS_INT(rows(world) - before, 1 + 4 - 1,
           "a trainee more, an original, document, history and "
           "message more, the table's document less");
    OK(refused(trainee_import_confirm(&ctx, id, plan.digest, true), ERR_NOT_FOUND, "import-gone"),
       "and not twice");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_group(&world);
    test_import(&world);
    world_close(&world);
    return tap_end();
}
