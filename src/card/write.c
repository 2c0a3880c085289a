#include "card/card.h"

#include "base/buf.h"

#define LINE_BYTES 75 /* RFC 6350 §3.2 */
#define CARD_MOST ((size_t)64 * 1024)

/* Writes the line with folds: CRLF and a space, before no byte that continues a character. */
static void put_line(struct buf *out, const char *line)
{
    size_t column = 0;

    while (*line) {
        size_t length = 1;

        while (((unsigned char)line[length] & 0xc0) == 0x80)
            length++;
        if (column + length > LINE_BYTES) {
            buf_puts(out, "\r\n ");
            column = 1;
        }
        buf_put(out, line, length);
        column += length;
        line += length;
    }
    buf_puts(out, "\r\n");
}

/* RFC 6350 §3.4, RFC 2426 §2.4.2 */
static const char *escaped(struct arena *arena, const char *text)
{
    struct buf out = buf_new(arena, 2 * strlen(text) + 1);

    for (; *text; text++) {
        if (strchr("\\,;", *text))
            buf_putc(&out, '\\');
        buf_putc(&out, *text);
    }
    return out.data;
}

static void put(struct buf *out, const char *name, const char *value)
{
    if (value[0])
        put_line(out, arena_printf(out->arena, "%s:%s", name, escaped(out->arena, value)));
}

static void put_names(struct buf *out, enum card_version version, const struct card *card)
{
    put(out, "FN", card->name[0] ? card->name : card->organization);
    if (version == CARD_3_0 && card->is_organization)
        put_line(out, "X-ABShowAs:COMPANY");
    if (version == CARD_4_0)
        put_line(out, card->is_group          ? "KIND:group"
                      : card->is_organization ? "KIND:org"
                                              : "KIND:individual");
    /* The parts of a name are not known: all of it is the family's, by which lists are sorted. */
    put_line(out, arena_printf(out->arena, "N:%s;;;;",
                               card->is_organization ? "" : escaped(out->arena, card->name)));
    put(out, "ORG", card->organization);
    put(out, "TITLE", card->title);
}

static void put_address(struct buf *out, const struct card *card)
{
    struct arena *arena = out->arena;

    if (card->street[0] || card->city[0] || card->postal_code[0])
        put_line(out,
                 arena_printf(arena, "ADR;TYPE=WORK:;;%s;%s;;%s;", escaped(arena, card->street),
                              escaped(arena, card->city), escaped(arena, card->postal_code)));
}

static void put_card(struct buf *out, enum card_version version, const struct card *card)
{
    put_line(out, "BEGIN:VCARD");
    put_line(out, version == CARD_4_0 ? "VERSION:4.0" : "VERSION:3.0");
    put_line(out, "PRODID:-//Paraphe//Contacts//FR");
    put(out, "UID", card->uid);
    put_names(out, version, card);
    put(out, version == CARD_4_0 ? "EMAIL;TYPE=WORK" : "EMAIL;TYPE=INTERNET,WORK", card->email);
    put(out, version == CARD_4_0 ? "TEL;TYPE=WORK" : "TEL;TYPE=WORK,VOICE", card->phone);
    put_address(out, card);
    put(out, "X-PARAPHE-UAI", card->uai);
    put_line(out, "END:VCARD");
}

struct bytes cards_write(struct arena *arena, enum card_version version, const struct card *cards,
                         size_t count)
{
    struct buf out = buf_new(arena, (count + 1) * CARD_MOST);

    for (size_t i = 0; i < count; i++)
        put_card(&out, version, &cards[i]);
    return buf_bytes(&out);
}
