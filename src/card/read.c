#include "card/card.h"

#include <iconv.h>
#include <strings.h>

#include "base/text.h"
#include "card/lines.h"

/* A card being read, with what decides among several telephones and the like. */
struct reading {
    struct arena *arena;
    struct card *card;
    unsigned depth;     /* of BEGIN: a card may hold another (2.1's AGENT) */
    const char *family; /* of N */
    const char *given;
    int email_rank, phone_rank, address_rank;
};

/* Text in the encoding of that name as UTF-8; NULL where it is not. */
static const char *convert(struct arena *arena, struct bytes text, const char *charset)
{
    size_t size = text.length * 4 + 1, in_left = text.length, out_left = size - 1;
    char *in = (char *)memcpy(arena_alloc(arena, text.length + 1), text.data, text.length);
    char *out = arena_alloc(arena, size), *to = out;
    iconv_t converter = iconv_open("UTF-8", charset);
    bool good;

    if (converter == (iconv_t)-1)
        return NULL;
    good = iconv(converter, &in, &in_left, &to, &out_left) != (size_t)-1;
    iconv_close(converter);
    return good ? out : NULL;
}

/* Without NULs, which end a text. */
static struct bytes without_nul(struct arena *arena, struct bytes text)
{
    unsigned char *copy = arena_alloc(arena, text.length + 1);

    for (size_t i = 0; i < text.length; i++)
        copy[i] = text.data[i] ? text.data[i] : ' ';
    return (struct bytes){copy, text.length};
}

/* The property's value in UTF-8, escapes and all. */
static const char *text_of(struct arena *arena, const struct card_property *property)
{
    struct bytes text = {(const unsigned char *)property->value, property->length};
    const char *converted = NULL;

    text = without_nul(arena, text);
    if (property->charset[0] && strcasecmp(property->charset, "UTF-8") != 0)
        converted = convert(arena, text, property->charset);
    if (!converted && text_is_utf8(text))
        converted = arena_strndup(arena, (const char *)text.data, text.length);
    if (!converted)
        converted = convert(arena, text, "WINDOWS-1252");
    if (!converted) /* five bytes of that encoding are no character */
        converted = convert(arena, text, "ISO-8859-1");
    return converted && text_is_utf8(bytes_of(converted)) ? converted : "";
}

/* The index-th part of a value of several, at ';', its escapes resolved (RFC 6350 §3.4). */
static const char *part(struct arena *arena, const char *value, unsigned index)
{
    char *out = arena_alloc(arena, strlen(value) + 1), *to = out;

    for (; *value && !(*value == ';' && index == 0); value++) {
        bool escaped = *value == '\\' && value[1];

        if (*value == ';')
            index--;
        value += escaped;
        if (index == 0 && to - out < (ptrdiff_t)CARD_TEXT_MOST && !(*value == ';' && !escaped))
            *to++ = escaped && (*value == 'n' || *value == 'N') ? ' ' : *value;
    }
    return text_squeeze(arena, out);
}

/* A value of one part: ';' belongs to it. */
static const char *whole(struct arena *arena, const char *value)
{
    char *out = arena_alloc(arena, strlen(value) + 1), *to = out;

    for (; *value; value++) {
        bool escaped = *value == '\\' && value[1];

        value += escaped;
        *to++ = escaped && (*value == 'n' || *value == 'N') ? ' ' : *value;
    }
    return text_squeeze(arena, out);
}

/* Without the scheme of an address ("tel:", "mailto:") and what follows it. */
static const char *without_scheme(struct arena *arena, const char *text, const char *scheme)
{
    size_t length = strlen(scheme);

    if (strncasecmp(text, scheme, length) != 0)
        return text;
    return arena_strndup(arena, text + length, strcspn(text + length, ";?"));
}

/* Whether this one is to be had rather than the one kept, which then is. */
static bool is_better(int *rank, const struct card_property *property)
{
    int mine = 1 + 2 * property->is_work + 4 * property->is_preferred;

    if (mine <= *rank)
        return false;
    *rank = mine;
    return true;
}

static void read_address(struct reading *reading, const char *value)
{
    reading->card->street = part(reading->arena, value, 2);
    reading->card->city = part(reading->arena, value, 3);
    reading->card->postal_code = part(reading->arena, value, 5);
}

static void read_property(struct reading *reading, const struct card_property *property)
{
    struct arena *arena = reading->arena;
    struct card *card = reading->card;
    const char *name = property->name, *value;

    if (property->is_binary || property->is_too_long || property->length > CARD_TEXT_MOST)
        return;
    value = text_of(arena, property);
    if (strcmp(name, "FN") == 0 && !card->name[0])
        card->name = whole(arena, value);
    else if (strcmp(name, "N") == 0) {
        reading->family = part(arena, value, 0);
        reading->given = part(arena, value, 1);
    } else if (strcmp(name, "ORG") == 0 && !card->organization[0])
        card->organization = part(arena, value, 0);
    else if (strcmp(name, "TITLE") == 0 || (strcmp(name, "ROLE") == 0 && !card->title[0]))
        card->title = whole(arena, value);
    else if (strcmp(name, "EMAIL") == 0 && is_better(&reading->email_rank, property))
        card->email = without_scheme(arena, whole(arena, value), "mailto:");
    else if (strcmp(name, "TEL") == 0 && !property->is_fax &&
             is_better(&reading->phone_rank, property))
        card->phone = without_scheme(arena, whole(arena, value), "tel:");
    else if (strcmp(name, "ADR") == 0 && is_better(&reading->address_rank, property))
        read_address(reading, value);
    else if (strcmp(name, "UID") == 0)
        card->uid = whole(arena, value);
    else if (strcmp(name, "X-PARAPHE-UAI") == 0)
        card->uai = whole(arena, value);
    else if (strcmp(name, "KIND") == 0 || strcmp(name, "X-ADDRESSBOOKSERVER-KIND") == 0) {
        card->is_organization = strcasecmp(value, "org") == 0;
        card->is_group = strcasecmp(value, "group") == 0;
    } else if (strcmp(name, "X-ABSHOWAS") == 0)
        card->is_organization = strcasecmp(value, "COMPANY") == 0;
}

/* What follows from all its properties. */
static void complete(struct reading *reading)
{
    struct arena *arena = reading->arena;
    struct card *card = reading->card;

    if (!card->name[0])
        card->name =
            text_squeeze(arena, arena_printf(arena, "%s %s", reading->given, reading->family));
    if (card->organization[0] &&
        (!card->name[0] ||
         strcmp(text_fold(arena, card->name), text_fold(arena, card->organization)) == 0))
        card->is_organization = true;
    if (card->is_organization && card->organization[0])
        card->name = card->organization;
}

/* The whole file in UTF-8 where a mark says that it is UTF-16; else as it is, without its mark. */
static struct bytes unmarked(struct arena *arena, struct bytes file)
{
    static const struct {
        const char *mark;
        const char *charset;
    } marks[] = {{"\xef\xbb\xbf", NULL}, {"\xff\xfe", "UTF-16LE"}, {"\xfe\xff", "UTF-16BE"}};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct bytes mark = bytes_of(marks[i].mark);
        struct bytes rest = {file.data + mark.length, file.length - mark.length};
        const char *text;

        if (!bytes_start_with(file, mark))
            continue;
        text = marks[i].charset ? convert(arena, rest, marks[i].charset) : NULL;
        return text ? bytes_of(text) : rest;
    }
    return file;
}

static void begin(struct reading *reading, struct cards *cards)
{
    struct card *card = &cards->items[cards->count++];

    *card = (struct card){.number = (unsigned)cards->count,
                          .is_cut = true,
                          .uid = "",
                          .uai = "",
                          .organization = "",
                          .name = "",
                          .title = "",
                          .email = "",
                          .phone = "",
                          .street = "",
                          .postal_code = "",
                          .city = ""};
    *reading = (struct reading){
        .arena = reading->arena, .card = card, .depth = 1, .family = "", .given = ""};
}

static bool is_of_card(const struct card_property *property)
{
    return property->length >= 5 && strncasecmp(property->value, "VCARD", 5) == 0;
}

/* Takes the property; false where it begins a card too many. */
static bool take(struct card_lines *lines, struct reading *reading, struct cards *cards,
                 const struct card_property *property)
{
    if (strcmp(property->name, "BEGIN") == 0 && is_of_card(property)) {
        if (reading->depth == 0 && cards->count == CARDS_MOST)
            return false;
        if (reading->depth == 0)
            begin(reading, cards);
        else
            reading->depth++;
        lines->keeps_spaces = false;
    } else if (strcmp(property->name, "END") == 0 && is_of_card(property) && reading->depth > 0) {
        if (--reading->depth == 0) {
            reading->card->is_cut = false;
            complete(reading);
        }
    } else if (strcmp(property->name, "VERSION") == 0) {
        lines->keeps_spaces = property->length >= 1 && property->value[0] == '2';
    } else if (reading->depth == 1) {
        read_property(reading, property);
    }
    return true;
}

enum err cards_read(struct arena *arena, struct bytes file, struct cards *cards)
{
    struct reading reading = {.arena = arena};
    struct card_property property;
    struct card_lines lines;

    if (file.length > CARD_FILE_MOST)
        return err_raise(ERR_TOO_LARGE, "cards-file-too-large", "%zu bytes", file.length);
    *cards = (struct cards){.items = ARENA_NEW_ARRAY(arena, CARDS_MOST, struct card)};
    lines = card_lines_of(arena, unmarked(arena, file));
    while (card_lines_next(&lines, &property))
        if (!take(&lines, &reading, cards, &property))
            return err_raise(ERR_INVALID, "cards-too-many", "more than %d cards", CARDS_MOST);
    if (cards->count == 0)
        return err_raise(ERR_INVALID, "cards-none", "%zu bytes", file.length);
    if (reading.depth > 0)
        complete(&reading);
    return ERR_OK;
}
