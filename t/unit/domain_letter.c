/* Letters on a real database: to whom they go, once, and within what one may send in a day. */
#include <string.h>

#include "domain/contact.h"
#include "domain/letter.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

static bool refused(enum err code, enum err wanted, const char *key)
{
    return code == wanted && strcmp(err_last()->key, key) == 0;
}

/* A contact of the host's, and one person there. */
static uint64_t contact_of(struct world *world, const char *name, const char *email,
                           const char *person_email)
{
    struct context ctx = world_context(world, world->host);
    const struct contact contact = {.uai = "",
                                    .name = name,
                                    .address = "",
                                    .postal_code = "",
                                    .city = "",
                                    .phone = "",
                                    .email = email};
    const struct contact_person person = {
        .name = "Lucie Armand", .job = "", .email = person_email, .phone = ""};
    uint64_t id, person_id;

    contact_create(&ctx, &contact, &id);
    contact_person_add(&ctx, id, &person, &person_id);
    return id;
}

/* A letter to those, of that number. */
static struct letter letter_to(struct world *world, unsigned char number,
                               const struct letter_address *to, size_t count)
{
    unsigned char *token = arena_alloc(world->arena, LETTER_TOKEN_SIZE);

    memset(token, number, LETTER_TOKEN_SIZE);
    return (struct letter){.token = {token, LETTER_TOKEN_SIZE},
                           .subject = "Portes ouvertes",
                           .text = "Venez **nombreux**.",
                           .recipients = to,
                           .recipient_count = count};
}

static uint64_t messages(struct world *world)
{
    return world_number(world, "SELECT COUNT(*) FROM message WHERE name = 'contact-letter'");
}

static void test_addresses(struct world *world, uint64_t contact)
{
    struct context ctx = world_context(world, world->host);
    struct context other = world_context(world, world->origin);
    struct letter_address *addresses;
    size_t count;

    OK(letter_addresses(&ctx, contact, &addresses, &count) == ERR_OK && count == 2 &&
           addresses[0].person == 0 && addresses[1].person != 0,
       "one may write to a contact and to its people, itself first");
    OK(letter_addresses(&other, contact, &addresses, &count) == ERR_NOT_FOUND,
       "no other establishment learns them");
}

static void test_refusals(struct world *world, uint64_t contact)
{
    struct context ctx = world_context(world, world->host);
    const struct letter_address to = {.contact = contact}, gone = {.contact = 999};
    struct letter letter = letter_to(world, 1, &to, 0);
    uint64_t id;

    OK(refused(letter_send(&ctx, &letter, &id), ERR_INVALID, "letter-nobody"),
       "a letter is to somebody");
    letter.recipient_count = LETTER_RECIPIENTS_MOST + 1;
    OK(refused(letter_send(&ctx, &letter, &id), ERR_INVALID, "letter-too-many"),
       "and not to everybody at once");
    letter = letter_to(world, 1, &to, 1);
    letter.subject = "";
    OK(refused(letter_send(&ctx, &letter, &id), ERR_INVALID, "text-missing"), "it has a subject");
    letter = letter_to(world, 1, &to, 1);
    letter.text = arena_printf(world->arena, "%0*d", LETTER_TEXT_MOST + 1, 0);
    OK(refused(letter_send(&ctx, &letter, &id), ERR_INVALID, "text-too-long"), "and an end");
    letter = letter_to(world, 1, &gone, 1);
    OK(refused(letter_send(&ctx, &letter, &id), ERR_CONFLICT, "letter-recipient-gone"),
       "who is no contact any more is told of");
    ctx = world_context(world, world->origin);
    letter = letter_to(world, 1, &to, 1);
    OK(refused(letter_send(&ctx, &letter, &id), ERR_CONFLICT, "letter-recipient-gone") &&
           messages(world) == 0,
       "and another's contact is as one that is gone");
}

static void test_sending(struct world *world, uint64_t contact)
{
    struct context ctx = world_context(world, world->host);
    uint64_t same = contact_of(world, "Annexe", "ACCUEIL@metiers.example", "");
    struct letter_address *people, to[3];
    struct letter letter;
    uint64_t id, again;
    size_t count;

    letter_addresses(&ctx, contact, &people, &count);
    to[0] = people[0];
    to[1] = people[1];
    to[2] = (struct letter_address){.contact = same};
    letter = letter_to(world, 2, to, 3);
    OK(letter_send(&ctx, &letter, &id) == ERR_OK && messages(world) == 2,
       "an address gets one message, whichever recipients have it");
    OK(letter_send(&ctx, &letter, &again) == ERR_OK && again == id && messages(world) == 2,
       "the same form sent twice is one letter");
    letter = letter_to(world, 2, to, 1);
    ctx = world_context(world, world->origin);
    OK(letter_send(&ctx, &letter, &again) == ERR_CONFLICT && messages(world) == 2,
       "unless it is another establishment's");
}

static void test_day(struct world *world, uint64_t contact)
{
    struct context ctx = world_context(world, world->host);
    const struct letter_address to = {.contact = contact};
    struct letter letter = letter_to(world, 3, &to, 1);
    unsigned left = 0;
    uint64_t id;

    OK(letter_left(&ctx, &left) == ERR_OK && left == LETTER_DAY_MOST - 2,
       "what was sent is counted");
    world_tamper(world,
                 "INSERT INTO letter_recipient (letter_id, number, contact_id, name, address, "
                 "message_id) SELECT l.letter_id, s.seq, l.contact_id, l.name, l.address, "
                 "l.message_id FROM letter_recipient l JOIN seq_3_to_500 s "
                 "WHERE l.number = 1");
    OK(letter_left(&ctx, &left) == ERR_OK && left == 0 &&
           refused(letter_send(&ctx, &letter, &id), ERR_THROTTLED, "letter-day-full"),
       "at most so many go out in a day");
    ctx.now += (int64_t)24 * 60 * 60 + 1;
    OK(letter_left(&ctx, &left) == ERR_OK && left == LETTER_DAY_MOST &&
           letter_send(&ctx, &letter, &id) == ERR_OK,
       "the next day is another");
}

static void test_preview(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    struct letter_preview preview;

    OK(letter_preview(&ctx, "Portes ouvertes", "Venez **nombreux**.", &preview) == ERR_OK &&
           strcmp(preview.sender, "Lycée d’accueil") == 0 &&
           strcmp(preview.reply_address, "secretariat@ecole.example") == 0 &&
           strstr(preview.as_text, "nombreux") && !strstr(preview.as_text, "**"),
       "a preview says from whom it is, where answers go, and has the text without its marks");
    OK(messages(world) == 0, "and sends nothing");
}

int main(void)
{
    struct world world;
    uint64_t contact;

    world_open(&world);
    contact = contact_of(&world, "Maison des métiers", "accueil@metiers.example",
                         "lucie@metiers.example");
    test_preview(&world);
    test_addresses(&world, contact);
    test_refusals(&world, contact);
    test_sending(&world, contact);
    test_day(&world, contact);
    world_close(&world);
    return tap_end();
}
