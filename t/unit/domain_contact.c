/* Contacts on a real database: whose they are, what stands in another's way, and what is refused.
 */
#include <string.h>

#include "domain/contact.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

static bool refused(enum err code, enum err wanted, const char *key)
{
    return code == wanted && strcmp(err_last()->key, key) == 0;
}

static struct contact named(const char *name, const char *city)
{
    return (struct contact){.uai = "",
                            .name = name,
                            .address = "",
                            .postal_code = "",
                            .city = city,
                            .phone = "",
                            .email = ""};
}

static struct contact of_uai(const char *uai)
{
    struct contact contact = named("", "");

    contact.uai = uai;
    return contact;
}

static void test_meeting(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    const char *const all = "SELECT COUNT(*) FROM contact";

    OK(contact_meet(&ctx, world->host, world->host) == ERR_OK && world_number(world, all) == 0,
       "nobody is a contact of itself");
    OK(contact_meet(&ctx, world->host, world->origin) == ERR_OK && world_number(world, all) == 2,
       "two that have a convention are each other's contacts");
    OK(contact_meet(&ctx, world->origin, world->host) == ERR_OK && world_number(world, all) == 2,
       "once");
}

static void test_refusals(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    struct contact contact = named("", "Lyon");
    uint64_t id;

    OK(refused(contact_create(&ctx, &contact, &id), ERR_INVALID, "contact-nameless"),
       "a contact has a name");
    contact.name = "– ’ –";
    OK(refused(contact_create(&ctx, &contact, &id), ERR_INVALID, "contact-nameless"),
       "of letters or digits");
    contact = of_uai("0691234T");
    OK(refused(contact_create(&ctx, &contact, &id), ERR_INVALID, "uai-invalid"),
       "a UAI with another letter is none");
    contact = of_uai("0691234S");
    OK(refused(contact_create(&ctx, &contact, &id), ERR_CONFLICT, "contact-itself"),
       "one's own UAI is refused");
    contact = of_uai("0381122N");
    OK(refused(contact_create(&ctx, &contact, &id), ERR_CONFLICT, "contact-exists"),
       "whom one has met is there already");
    contact = named("Maison des métiers", "Lyon");
    contact.email = "nulle part";
    OK(refused(contact_create(&ctx, &contact, &id), ERR_INVALID, "email-invalid"),
       "an address that is none is refused");
    contact.email = "";
    contact.city = arena_printf(world->arena, "%0101d", 0);
    OK(refused(contact_create(&ctx, &contact, &id), ERR_INVALID, "text-too-long"),
       "and what the column does not take");
}

static void test_own(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    struct context other = world_context(world, world->origin);
    struct contact contact = named("Maison des métiers", "Lyon");
    uint64_t id, second;

    OK(contact_create(&ctx, &contact, &id) == ERR_OK, "a contact of one's own is kept");
    contact.name = "MAISON DES METIERS";
    OK(refused(contact_create(&ctx, &contact, &second), ERR_CONFLICT, "contact-exists"),
       "the same name in the same town is the same, however it is written");
    contact.city = "Brest";
    OK(contact_create(&ctx, &contact, &second) == ERR_OK, "in another town it is another");
    contact.city = "Lyon";
    OK(refused(contact_change(&ctx, second, 1, &contact), ERR_CONFLICT, "contact-exists"),
       "which is not made the first one");
    OK(contact_create(&other, &contact, &second) == ERR_OK, "every establishment has its own");
    OK(contact_change(&other, id, 1, &contact) == ERR_NOT_FOUND &&
           contact_remove(&other, id, 1) == ERR_NOT_FOUND,
       "and reaches no other's");
    contact.phone = "04 72 00 90 10";
    OK(contact_change(&ctx, id, 1, &contact) == ERR_OK &&
           refused(contact_change(&ctx, id, 1, &contact), ERR_CONFLICT, "contact-out-of-date") &&
           refused(contact_remove(&ctx, id, 1), ERR_CONFLICT, "contact-out-of-date"),
       "a version that is not the last changes nothing");
    OK(contact_remove(&ctx, id, 2) == ERR_OK && contact_remove(&ctx, id, 2) == ERR_NOT_FOUND,
       "it is removed once");
}

static void test_platform(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    uint64_t id =
        world_number(world, "SELECT id FROM contact WHERE owner_id = 1 AND partner_id = 2");
    struct contact contact = named("Autrement", "Ailleurs");

    OK(refused(contact_change(&ctx, id, 1, &contact), ERR_CONFLICT, "contact-of-platform"),
       "what the platform knows of an establishment is not the contact's to change");
    world_convention(world, "ESSAI");
    OK(refused(contact_remove(&ctx, id, 1), ERR_CONFLICT, "contact-shares"),
       "and with whom one has conventions, one keeps");
}

static void test_people(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    struct context other = world_context(world, world->origin);
    uint64_t contact = world_number(world, "SELECT id FROM contact WHERE owner_id = 1 LIMIT 1");
    struct contact_person person = {
        .name = "Lucie Armand", .job = "", .email = "lucie@e.example", .phone = ""};
    uint64_t id, second;

    OK(contact_person_add(&ctx, contact, &person, &id) == ERR_OK, "somebody there is kept");
    person.name = "LUCIE ARMAND";
    OK(refused(contact_person_add(&ctx, contact, &person, &second), ERR_CONFLICT, "person-exists"),
       "once a name");
    OK(contact_person_add(&other, contact, &person, &second) == ERR_NOT_FOUND &&
           contact_person_change(&other, contact, id, 1, &person) == ERR_NOT_FOUND &&
           contact_person_remove(&other, contact, id, 1) == ERR_NOT_FOUND,
       "no other establishment reaches her");
    person.email = "nulle part";
    OK(contact_person_change(&ctx, contact, id, 1, &person) == ERR_INVALID,
       "an address that is none is refused");
    person.email = "";
    OK(contact_person_change(&ctx, contact, id, 1, &person) == ERR_OK &&
           refused(contact_person_change(&ctx, contact, id, 1, &person), ERR_CONFLICT,
                   "person-out-of-date"),
       "a version that is not the last changes nothing");
    OK(contact_person_remove(&ctx, contact, id, 2) == ERR_OK, "she is removed");
}

static void test_notes(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    struct context other = world_context(world, world->origin);
    uint64_t contact = world_number(world, "SELECT id FROM contact WHERE owner_id = 1 LIMIT 1");
    const char *const all = "SELECT COUNT(*) FROM contact_note";

    OK(contact_note_add(&ctx, contact, "Reçoit **le mardi**.") == ERR_OK &&
           contact_note_add(&ctx, contact, "Reçoit **le mardi**.") == ERR_OK &&
           world_number(world, all) == 1,
       "a note is kept, the same one once");
    OK(contact_note_add(&ctx, contact, "") == ERR_INVALID &&
           contact_note_add(&ctx, contact,
                            arena_printf(world->arena, "%0*d", CONTACT_NOTE_MOST + 1, 0)) ==
               ERR_INVALID,
       "an empty or an endless one is not");
    OK(contact_note_add(&other, contact, "Curieux.") == ERR_NOT_FOUND &&
           contact_note_remove(&other, contact,
                               world_number(world, "SELECT MAX(id) FROM "
                                                   "contact_note")) == ERR_NOT_FOUND &&
           world_number(world, all) == 1,
       "no other establishment adds or removes one");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_meeting(&world);
    test_refusals(&world);
    test_own(&world);
    test_platform(&world);
    test_people(&world);
    test_notes(&world);
    world_close(&world);
    return tap_end();
}
