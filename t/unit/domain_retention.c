/* What is erased when its time has passed, on a real database: everything that belongs to a
 * convention, and nothing else. */
#include "domain/retention.h"

#include "domain/convention.h"
#include "domain/history.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

static void test_limits(struct world *world)
{
    IS_STR(retention_kept_from(world->arena, "2027-02-01"), "2025-09-01",
           "in a school year, it and the one before are kept");
    IS_STR(retention_kept_from(world->arena, "2027-08-31"), "2025-09-01", "to its last day");
    IS_STR(retention_kept_from(world->arena, "2027-09-01"), "2026-09-01",
           "the next one begins in September");
}

/* A convention whose placement ended on that day. */
static uint64_t convention(struct world *world, const char *trainee, const char *last_day)
{
    uint64_t id = world_convention(world, trainee);

    world_tamper(world, arena_printf(world->arena,
                                     "UPDATE placement SET first_day = '%s', last_day = '%s' "
                                     "WHERE id = (SELECT MAX(id) FROM placement)",
                                     last_day, last_day));
    return id;
}

/* Everything a convention can have: a deposit with its signature and a remark, a reminder. */
static void return_it(struct world *world, uint64_t id)
{
    const unsigned long long number = id;

    world_tamper(world, "INSERT INTO document (sha256, size, media_type, created_at) "
                        "VALUES (REPEAT('x', 32), 0, 'application/pdf', '2025-06-01')");
    world_tamper(world, arena_printf(world->arena,
                                     "INSERT INTO deposit (convention_id, document_id, account_id, "
                                     "file_name, finding, by_hand, pages, created_at) SELECT %llu, "
                                     "MAX(id), 2, 'retour.pdf', 'signed', 0, 2, '2025-06-01' "
                                     "FROM document",
                                     number));
    world_tamper(world, "INSERT INTO deposit_signature (deposit_id, number, field, signer, issuer, "
                        "digest, integrity, chain, changes_after) SELECT MAX(id), 0, 'a', 'b', "
                        "'c', 'sha256', 1, 'unknown', 'none' FROM deposit");
    world_tamper(world, "INSERT INTO deposit_remark (deposit_id, number, warning, sentence, "
                        "detail) SELECT MAX(id), 0, 0, 'x', '' FROM deposit");
    world_tamper(world, "INSERT INTO deposit_comparison (deposit_id, boxes, more_differences) "
                        "SELECT MAX(id), 'eeee', 0 FROM deposit");
    world_tamper(world, "INSERT INTO deposit_page (deposit_id, page, returned, pairing) SELECT "
                        "MAX(id), 1, 1, 'drawn' FROM deposit");
    world_tamper(world, "INSERT INTO deposit_difference (deposit_id, number, kind, place, page, x, "
                        "y, width, height, outline, text) SELECT MAX(id), 1, 'added', 'free', 1, "
                        "1, 1, 1, 1, '', 'DUPONT' FROM deposit");
    world_tamper(world, arena_printf(world->arena,
                                     "INSERT INTO reminder (convention_id, first_day, days, "
                                     "sent_at, summarised) VALUES (%llu, '2025-06-08', "
                                     "7, '2025-06-01', 1)",
                                     number));
}

/* Does the task's steps to their end; how many it erased, 99 if one failed. */
static uint64_t erase(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    uint64_t done = 1, all = 0;

    while (done > 0 && all < 99) {
        if (retention_erase(&ctx, &done) != ERR_OK)
            return 99;
        all += done;
    }
    return all;
}

static void test_erasing(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    uint64_t old = convention(world, "ANCIENNE", "2025-08-31"), *broken;
    uint64_t kept = convention(world, "ANCIENNE", "2025-09-01");
    uint64_t alone = convention(world, "SEUL", "2025-03-14"), revision;
    size_t count;

    OK(kept > old && alone > kept, "there are three conventions of two trainees");
    return_it(world, old);
    return_it(world, kept);
    world_tamper(world, "INSERT INTO trainee (origin_id, last_name, first_name, folded_name, "
                        "birth_day, class_name, guardian_name, guardian_email, guardian_phone, "
                        "created_at) SELECT origin_id, name, '', name, birth_day, '', '', '', '', "
                        "entered FROM trainee, (SELECT 'OUBLIE' name, '2025-08-31 23:00' entered "
                        "UNION SELECT 'ATTENTE', '2025-03-01 08:00' "
                        "UNION SELECT 'RECENT', '2025-09-01 08:00') added "
                        "WHERE last_name = 'SEUL'");
    world_tamper(world, "INSERT INTO waiting (placement_id, trainee_id, account_id, created_at) "
                        "SELECT (SELECT MAX(id) FROM placement), id, 2, '2026-10-01' "
                        "FROM trainee WHERE last_name IN ('ATTENTE', 'SEUL')");
    world_tamper(world, "UPDATE waiting SET active = NULL, outcome = 'withdrawn' WHERE trainee_id "
                        "= (SELECT id FROM trainee WHERE last_name = 'SEUL')");
    revision = world_number(world, "SELECT SUM(number) FROM establishment_revision");
    IS_INT(erase(world), 3, "two conventions and a trainee who was never registered are erased");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM convention"), 1, "one convention is left");
    IS_INT(world_number(world, "SELECT id FROM convention"), kept,
           "the one whose placement was in the school year before this one");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM registration"), 1, "with its registration");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM trainee WHERE last_name = 'ANCIENNE'"), 1,
           "a trainee of whom something is kept is kept");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM trainee WHERE last_name IN ('SEUL', "
                               "'OUBLIE')"),
           0, "the others are gone");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM trainee WHERE last_name = 'RECENT'"), 1,
           "but not who was entered since");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM waiting"), 1,
           "who waits for a place is kept, who gave it up is not");
    for (size_t i = 0; i < 10; i++) {
        static const char *const tables[] = {"convention_original",
                                             "deposit",
                                             "deposit_signature",
                                             "deposit_remark",
                                             "deposit_comparison",
                                             "deposit_page",
                                             "deposit_difference",
                                             "history",
                                             "reminder",
                                             "message"};
        IS_INT(
            world_number(world, arena_printf(world->arena, "SELECT COUNT(*) FROM %s", tables[i])),
            1, arena_printf(world->arena, "of %s the kept one's row is left", tables[i]));
    }
    IS_INT(world_number(world, "SELECT COUNT(*) FROM document"), 2,
           "its two files are left, and no other");
    OK(world_number(world, "SELECT SUM(number) FROM establishment_revision") > revision,
       "pages that showed what is gone are made anew");
    OK(history_verify(&ctx, &broken, &count) == ERR_OK && count == 0, "its history holds");
    IS_INT(erase(world), 0, "a second time there is nothing to erase");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_limits(&world);
    test_erasing(&world);
    world_close(&world);
    return tap_end();
}
