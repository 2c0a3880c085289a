/* vCards into contacts and out of them, on a real database: previewed, carried out as previewed,
 * and the same again without effect. */
#include <string.h>

#include "domain/card_import.h"
#include "domain/contact.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

#define CARD(lines) "BEGIN:VCARD\r\nVERSION:4.0\r\n" lines "END:VCARD\r\n"
#define SCHOOL                                                   \
    CARD("KIND:org\r\nFN:Maison des métiers\r\nORG:Maison des " \
         "métiers\r\nEMAIL:accueil@m.example\r\n")
#define PERSON                                                  \
    CARD("UID:urn:uuid:1\r\nFN:Lucie Armand\r\nORG:Maison des " \
         "métiers\r\nEMAIL:lucie@m.example\r\n")
#define LOST CARD("FN:Sans école\r\n")

/* What becomes of the file's cards; a preview where plan is NULL. */
static struct card_outcome outcomes[8];
static unsigned char plan[CARD_PLAN_SIZE];

static enum err import(struct world *world, uint64_t school, const char *file,
                       const unsigned char *as_planned)
{
    struct context ctx = world_context(world, school);
    unsigned char given[CARD_PLAN_SIZE];
    struct cards cards;

    if (cards_read(world->arena, bytes_of(file), &cards) != ERR_OK || cards.count > 8)
        return ERR_INTERNAL;
    if (as_planned)
        memcpy(given, as_planned, sizeof given);
    return cards_import(&ctx, &cards, as_planned ? given : NULL, outcomes, plan);
}

static uint64_t contacts(struct world *world)
{
    return world_number(world, "SELECT COUNT(*) FROM contact");
}

static void test_preview(struct world *world)
{
    OK(import(world, world->host, PERSON SCHOOL LOST, NULL) == ERR_OK && contacts(world) == 0,
       "a preview keeps nothing");
    OK(outcomes[0].fate == CARD_CREATED && !outcomes[0].establishment_is_created &&
           outcomes[1].fate == CARD_CREATED,
       "a person is of the establishment in the same file, whatever their order");
    OK(outcomes[2].fate == CARD_LEFT_OUT && outcomes[2].note_count == 1 &&
           strcmp(outcomes[2].notes[0], "card-without-establishment") == 0,
       "somebody without an establishment is left out, with the reason");
}

static void test_import(struct world *world)
{
    unsigned char seen[CARD_PLAN_SIZE];

    memcpy(seen, plan, sizeof seen);
    OK(import(world, world->host, PERSON, seen) == ERR_CONFLICT &&
           strcmp(err_last()->key, "cards-out-of-date") == 0 && contacts(world) == 0,
       "what is not what was previewed is not carried out");
    OK(import(world, world->host, PERSON SCHOOL LOST, seen) == ERR_OK && contacts(world) == 1 &&
           world_number(world, "SELECT COUNT(*) FROM contact_person") == 1,
       "what was previewed is");
    OK(import(world, world->host, PERSON SCHOOL LOST, seen) == ERR_CONFLICT,
       "twice in a row is told: there is nothing of it left to do");
    OK(import(world, world->host, PERSON SCHOOL, NULL) == ERR_OK && outcomes[0].fate == CARD_SAME &&
           outcomes[1].fate == CARD_SAME,
       "the same cards again change nothing");
    OK(import(world, world->origin, SCHOOL, NULL) == ERR_OK && outcomes[0].fate == CARD_CREATED,
       "another establishment has contacts of its own");
}

static void test_merge(struct world *world)
{
    const char *const other_case =
        CARD("KIND:org\r\nFN:MAISON DES METIERS\r\nORG:MAISON DES METIERS\r\n");
    const char *const by_uid =
        CARD("UID:urn:uuid:1\r\nFN:Lucie Durand\r\nORG:Maison des métiers\r\n");
    const char *const faulty = CARD("KIND:org\r\nFN:Faute\r\nORG:Faute\r\nEMAIL:nulle part\r\n"
                                    "X-PARAPHE-UAI:0691234T\r\n");
    const char *const own = CARD("KIND:org\r\nFN:Nous\r\nORG:Nous\r\nX-PARAPHE-UAI:0691234S\r\n");

    OK(import(world, world->host, other_case, NULL) == ERR_OK && outcomes[0].fate == CARD_CHANGED,
       "a name is found however it is written, and taken as the card has it");
    OK(import(world, world->host, by_uid, NULL) == ERR_OK && outcomes[0].fate == CARD_CHANGED,
       "somebody who has another name is found by the card's identification");
    import(world, world->host, by_uid, plan);
    OK(world_number(world, "SELECT COUNT(*) FROM contact_person WHERE name = 'Lucie Durand' AND "
                           "email = 'lucie@m.example'") == 1,
       "and what the card does not say stays as it is");
    OK(import(world, world->host, faulty, NULL) == ERR_OK && outcomes[0].fate == CARD_CREATED &&
           outcomes[0].note_count == 2,
       "what is no address and no UAI is passed over, and said");
    OK(import(world, world->host, own, NULL) == ERR_OK && outcomes[0].fate == CARD_LEFT_OUT &&
           strcmp(outcomes[0].notes[0], "contact-itself") == 0,
       "one's own card is left out");
}

static void test_export(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    struct context other = world_context(world, world->origin);
    uint64_t id = world_number(world, "SELECT id FROM contact");
    struct cards cards;
    struct bytes file;

    OK(cards_export(&ctx, &id, 1, &cards) == ERR_OK && cards.count == 2 &&
           cards.items[0].is_organization && strcmp(cards.items[1].name, "Lucie Durand") == 0,
       "a contact comes out with its people");
    OK(cards_export(&other, &id, 1, &cards) == ERR_NOT_FOUND, "but not for another establishment");
    cards_export(&ctx, &id, 1, &cards);
    file = cards_write(world->arena, CARD_3_0, cards.items, cards.count);
    OK(import(world, world->host, arena_strndup(world->arena, (const char *)file.data, file.length),
              NULL) == ERR_OK &&
           outcomes[0].fate == CARD_SAME && outcomes[1].fate == CARD_SAME,
       "and what came out changes nothing when it is taken in again");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_preview(&world);
    test_import(&world);
    test_merge(&world);
    test_export(&world);
    world_close(&world);
    return tap_end();
}
