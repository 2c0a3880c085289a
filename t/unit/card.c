/* vCards: what telephones and mail programs write is read, and what is written is read the same. */
#include "card/card.h"

#include "base/buf.h"

#include "base/text.h"

#include "t/unit/tap.h"

static struct arena *arena;

static struct cards read_text(const char *text)
{
    struct cards cards = {.count = 0};

    if (cards_read(arena, bytes_of(text), &cards) != ERR_OK)
        cards.count = 0;
    return cards;
}

/* The first card of a text; empty texts where there is none. */
static struct card first(const char *text)
{
    struct cards cards = read_text(text);

    return cards.count > 0 ? cards.items[0]
                           : (struct card){.name = "",
                                           .email = "",
                                           .phone = "",
                                           .title = "",
                                           .organization = "",
                                           .city = "",
                                           .uid = ""};
}

static void test_versions(void)
{
    struct card four = first("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Zoé L’Hôte\r\n"
                             "N:L’Hôte;Zoé;;;\r\nORG:Collège Ampère;Vie scolaire\r\n"
                             "TITLE:CPE\\, adjointe\r\nEMAIL;PREF=1:zoe@ampere.example\r\n"
                             "TEL;VALUE=uri;TYPE=\"work,voice\":tel:+33-4-72-00-10-20;ext=1\r\n"
                             "ADR;LABEL=\"1; rue: x\":;;1 rue de l’Œuvre;Lyon;;69001;France\r\n"
                             "END:VCARD\r\n");
    struct card three =
        first("BEGIN:VCARD\nVERSION:3.0\nN:Durand;Paul;;;\nitem1.ORG:Lyc\xc3\n "
              "\xa9"
              "e Monge;\nitem1.EMAIL;type=INTERNET;type=HOME:perso@x.fr\n"
              "EMAIL;type=pref:paul@monge.example\nTEL;type=FAX:1\nROLE:gestion\nEND:VCARD\n");
    struct card two = first("BEGIN:VCARD\r\nVERSION:2.1\r\n"
                            "N;LANGUAGE=fr;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:"
                            "L=E9ger;=C9l=E9onore\r\nORG;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:"
                            "Coll=C3=A8ge=20=\r\n=C3=89t=C3=A9;Bureau\r\nTITLE:Secr\xe9taire\r\n"
                            "TEL;CELL;VOICE:06 01 02 03 04\r\nTEL;WORK;PREF:04 72 00 00 01\r\n"
                            "PHOTO;JPEG;ENCODING=BASE64:\r\n /9j/4AAQ\r\n\r\nEND:VCARD\r\n");

    IS_STR(four.name, "Zoé L’Hôte", "4.0: the name");
    IS_STR(four.organization, "Collège Ampère", "its organization without the department");
    IS_STR(four.title, "CPE, adjointe", "escapes are resolved");
    IS_STR(four.phone, "+33-4-72-00-10-20", "a telephone as an address");
    IS_STR(four.street, "1 rue de l’Œuvre", "a quoted parameter may hold what separates");
    IS_STR(four.postal_code, "69001", "the postal code");
    IS_STR(three.name, "Paul Durand", "3.0: a name made of its parts");
    IS_STR(three.organization, "Lycée Monge", "a fold in the midst of a character, and a group");
    IS_STR(three.email, "paul@monge.example", "the preferred address is taken");
    IS_STR(three.phone, "", "a fax is no telephone");
    IS_STR(three.title, "gestion", "a role where there is no title");
    IS_STR(two.name, "Éléonore Léger", "2.1: quoted-printable in Windows' encoding");
    IS_STR(two.organization, "Collège Été", "quoted-printable in UTF-8, with a soft line break");
    IS_STR(two.title, "Secrétaire", "bytes that name no encoding and are no UTF-8");
    IS_STR(two.phone, "04 72 00 00 01", "the preferred telephone");
}

static void test_folding(void)
{
    struct card two = first("BEGIN:VCARD\nVERSION:2.1\nORG:Collège\n Monge\nFN:A\nEND:VCARD\n");
    struct card three = first("BEGIN:VCARD\nVERSION:3.0\nORG:Collège Mon\n\tge\nFN:A\nEND:VCARD\n");

    IS_STR(two.organization, "Collège Monge", "2.1 folds where a space is");
    IS_STR(three.organization, "Collège Monge", "3.0 folds anywhere");
}

static void test_files(void)
{
    struct cards cards = read_text("BEGIN:VCARD\nFN:Un\nAGENT:\nBEGIN:VCARD\nFN:Autre\nEND:VCARD\n"
                                   "ORG:X\nEND:VCARD\nbruit\nBEGIN:VCARD\nKIND:group\nFN:Liste\n"
                                   "END:VCARD\nbegin:vcard\nfn:Deux\norg:deux\nend:vcard\n"
                                   "BEGIN:VCARD\nFN:Coupé");
    static const unsigned char wide[] = "\xff\xfe"
                                        "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n\0F\0N\0:\0\xc9\0"
                                        "\n\0E\0N\0D\0:\0V\0C\0A\0R\0D\0\n";
    struct cards from_wide;

    IS_INT(cards.count, 4, "several cards are in a file, one in another counts not");
    IS_STR(cards.items[0].organization, "X", "what follows the inner one belongs to the outer");
    IS_STR(cards.items[0].name, "Un", "whose name stays");
    OK(cards.items[1].is_group && !cards.items[0].is_group, "a list of cards is told");
    OK(cards.items[2].is_organization && !cards.items[0].is_organization,
       "whoever is called as the organization is the organization");
    OK(cards.items[3].is_cut && !cards.items[2].is_cut, "a file that ends too soon is told");
    IS_STR(cards.items[3].name, "Coupé", "with what it says");
    OK(cards_read(arena, (struct bytes){wide, sizeof wide}, &from_wide) == ERR_OK &&
           strcmp(from_wide.items[0].name, "É") == 0,
       "UTF-16 with its mark is read");
    OK(cards_read(arena, bytes_of("nom;prénom\n"), &cards) == ERR_INVALID &&
           strcmp(err_last()->key, "cards-none") == 0,
       "a file without a card is refused");
}

static void test_bounds(void)
{
    struct buf many = buf_new(arena, (size_t)1 << 20);
    struct buf large = buf_new(arena, CARD_FILE_MOST + 100);
    struct cards cards;

    for (int i = 0; i <= CARDS_MOST; i++)
        buf_puts(&many, "BEGIN:VCARD\nFN:X\nEND:VCARD\n");
    OK(cards_read(arena, buf_bytes(&many), &cards) == ERR_INVALID &&
           strcmp(err_last()->key, "cards-too-many") == 0,
       "too many cards are refused");
    buf_puts(&large, "BEGIN:VCARD\nFN:Avant\nPHOTO;ENCODING=b:");
    for (int i = 0; i < 100000; i++)
        buf_puts(&large, "/9j/4AAQSkZJRgABAQAAAQABAAD\n ");
    buf_puts(&large, "\nNOTE:");
    for (int i = 0; i < 100000; i++)
        buf_puts(&large, "note ");
    buf_puts(&large, "\nORG:Apr\xc3\xa8s\nEND:VCARD\n");
    OK(cards_read(arena, buf_bytes(&large), &cards) == ERR_OK &&
           strcmp(cards.items[0].organization, "Après") == 0,
       "a photograph and a long note are passed over");
    for (int i = 0; i < 100000; i++)
        buf_puts(&large, "note note note note note note note ");
    OK(cards_read(arena, buf_bytes(&large), &cards) == ERR_TOO_LARGE,
       "a file too large is refused");
}

static bool folds_well(struct bytes text)
{
    const char *line = (const char *)text.data;

    while (*line) {
        const char *end = strstr(line, "\r\n");

        if (!end || end - line > 75 ||
            !text_is_utf8((struct bytes){(const unsigned char *)line, (size_t)(end - line)}))
            return false;
        line = end + 2;
    }
    return true;
}

static void test_writing(void)
{
    struct card card = {.uid = "urn:uuid:9f",
                        .uai = "0691234S",
                        .organization = "Lycée; « A, B » \\ C",
                        .name =
                            "Zoé L’Hôte, née Œuvré-de-l’Étang-Éléonore-Aéàùç ààààààààààààààààààà",
                        .title = "CPE",
                        .email = "zoe@x.example",
                        .phone = "04 72 00 10 20",
                        .street = "1, rue; du \\ Port",
                        .postal_code = "69001",
                        .city = "Lyon"};
    enum card_version versions[] = {CARD_4_0, CARD_3_0};

    for (size_t i = 0; i < 2; i++) {
        struct bytes text = cards_write(arena, versions[i], &card, 1);
        struct card back = first((const char *)text.data);

        OK(folds_well(text), "no line is longer than 75 bytes, and no character is broken");
        OK(strcmp(back.name, card.name) == 0 && strcmp(back.organization, card.organization) == 0 &&
               strcmp(back.street, card.street) == 0 && strcmp(back.city, card.city) == 0 &&
               strcmp(back.postal_code, card.postal_code) == 0 && strcmp(back.uid, card.uid) == 0 &&
               strcmp(back.uai, card.uai) == 0 && strcmp(back.title, card.title) == 0 &&
               strcmp(back.email, card.email) == 0 && strcmp(back.phone, card.phone) == 0 &&
               !back.is_organization && !back.is_cut,
           "what is written is read the same");
    }
    card.is_organization = true;
    card.name = card.organization;
    OK(first((const char *)cards_write(arena, CARD_3_0, &card, 1).data).is_organization &&
           first((const char *)cards_write(arena, CARD_4_0, &card, 1).data).is_organization,
       "an organization stays one");
    IS_INT(cards_write(arena, CARD_4_0, &card, 0).length, 0, "no cards are no text");
}

int main(void)
{
    arena = arena_new((size_t)256 * 1024 * 1024);
    test_versions();
    test_folding();
    test_files();
    test_bounds();
    test_writing();
    arena_free(arena);
    return tap_end();
}
