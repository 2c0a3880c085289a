#include "mail/mime_header.h"

#include <ctype.h>
#include <time.h>

#include "base/text.h"

#define LINE 76
#define ENCODED_WORD 75
#define WORD_BEGIN "=?UTF-8?Q?"
#define WORD_END "?="
#define SHORTEST_ENCODED_WORD 40 /* not worth beginning one in less room than this */
#define LONGEST_PLAIN_WORD 60
#define LONGEST_PLAIN_FILE_NAME 60
#define REPLACEMENT 0xfffd

struct mime_header mime_header_begin(struct buf *out, const char *name)
{
    buf_printf(out, "%s:", name);
    return (struct mime_header){out, strlen(name) + 1};
}

static void put_word(struct mime_header *header, const char *word, size_t length)
{
    bool fold = header->column > 1 && header->column + 1 + length > LINE;

    buf_puts(header->out, fold ? "\r\n " : " ");
    buf_put(header->out, word, length);
    header->column = (fold ? 1 : header->column + 1) + length;
}

void mime_header_word(struct mime_header *header, const char *word)
{
    put_word(header, word, strlen(word));
}

void mime_header_end(struct mime_header *header)
{
    buf_puts(header->out, "\r\n");
}

void mime_header_constant(struct buf *out, const char *name, const char *value)
{
    struct mime_header header = mime_header_begin(out, name);

    mime_header_word(&header, value);
    mime_header_end(&header);
}

/* The next character of text, U+FFFD for a byte that is no UTF-8; false at the end. */
static bool next_character(const char **at, uint32_t *character)
{
    const char *end = *at + strlen(*at);

    if (*at == end)
        return false;
    if (!text_next(at, end, character)) {
        *character = REPLACEMENT;
        (*at)++;
    }
    return true;
}

static bool is_control(uint32_t character)
{
    return character < ' ' || (character >= 0x7f && character <= 0x9f);
}

static void put_utf8(struct buf *out, uint32_t c)
{
    if (c < 0x80) {
        buf_putc(out, (char)c);
        return;
    }
    if (c < 0x800) {
        buf_putc(out, (char)(0xc0 | c >> 6));
    } else {
        if (c < 0x10000) {
            buf_putc(out, (char)(0xe0 | c >> 12));
        } else {
            buf_putc(out, (char)(0xf0 | c >> 18));
            buf_putc(out, (char)(0x80 | (c >> 12 & 0x3f)));
        }
        buf_putc(out, (char)(0x80 | (c >> 6 & 0x3f)));
    }
    buf_putc(out, (char)(0x80 | (c & 0x3f)));
}

/* Valid UTF-8 without control characters, and without spaces at the ends or in a row. */
static const char *clean(struct arena *arena, const char *text)
{
    struct buf out = buf_new(arena, strlen(text) * 3);
    bool space = false;
    uint32_t character;

    while (next_character(&text, &character)) {
        if (character == ' ' || is_control(character)) {
            space = out.length > 0;
            continue;
        }
        if (space)
            buf_putc(&out, ' ');
        space = false;
        put_utf8(&out, character);
    }
    return out.data;
}

/* RFC 5322 §3.2.3 atext. */
static bool is_atext(char c)
{
    return isalnum((unsigned char)c) || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool is_plain(const char *text, enum mime_place place)
{
    size_t word = 0;

    if (strstr(text, "=?"))
        return false;
    for (; *text; text++) {
        word = *text == ' ' ? 0 : word + 1;
        if (*text < ' ' || *text > '~' || word > LONGEST_PLAIN_WORD)
            return false;
        if (place == MIME_PHRASE && *text != ' ' && !is_atext(*text))
            return false;
    }
    return true;
}

static void put_plain(struct mime_header *header, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, " ");

        put_word(header, text, length);
        text += length;
        text += *text == ' ';
    }
}

/* One character in the Q encoding, by the narrowest rule, that of a phrase (RFC 2047 §5 (3)). */
static size_t q_encode(const char *at, size_t length, char code[13])
{
    static const char digits[] = "0123456789ABCDEF";
    size_t width = 0;

    if (length == 1 && *at == ' ') {
        code[width++] = '_';
    } else if (length == 1 && (isalnum((unsigned char)*at) || strchr("!*+-/", *at))) {
        code[width++] = *at;
    } else {
        for (size_t i = 0; i < length; i++) {
            code[width++] = '=';
            code[width++] = digits[(unsigned char)at[i] >> 4];
            code[width++] = digits[at[i] & 0xf];
        }
    }
    code[width] = '\0';
    return width;
}

static void put_encoded(struct mime_header *header, struct arena *arena, const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        struct buf word = buf_new(arena, ENCODED_WORD);
        size_t room = LINE - 1 - (header->column < LINE ? header->column : LINE - 1);

        if (room < SHORTEST_ENCODED_WORD)
            room = ENCODED_WORD;
        buf_puts(&word, WORD_BEGIN);
        while (text < end) {
            const char *next = text;
            char code[13];
            uint32_t character;
            size_t width;

            if (!text_next(&next, end, &character))
                return;
            width = q_encode(text, (size_t)(next - text), code);
            if (word.length + width + strlen(WORD_END) > room)
                break;
            buf_puts(&word, code);
            text = next;
        }
        buf_puts(&word, WORD_END);
        mime_header_word(header, word.data);
    }
}

void mime_header_text(struct mime_header *header, const char *text, enum mime_place place)
{
    text = clean(header->out->arena, text);
    if (is_plain(text, place))
        put_plain(header, text);
    else
        put_encoded(header, header->out->arena, text);
}

void mime_header_mailbox(struct buf *out, const char *field, const char *name, const char *address)
{
    struct mime_header header = mime_header_begin(out, field);

    mime_header_text(&header, name, MIME_PHRASE);
    mime_header_word(&header, arena_printf(out->arena, "<%s>", address));
    mime_header_end(&header);
}

void mime_header_date(struct buf *out, int64_t date)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t when = (time_t)date;
    struct tm utc;

    gmtime_r(&when, &utc);
    buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[utc.tm_wday], utc.tm_mday,
               months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

/* Like clean, and without what some system forbids in a file name. */
static const char *clean_file_name(struct arena *arena, const char *name)
{
    char *text = arena_strdup(arena, clean(arena, name));

    for (char *c = text; *c; c++)
        if (strchr("/\\:*?\"<>|", *c))
            *c = '_';
    return *text ? text : "document";
}

/* A character that is not ASCII in the nearest ASCII letters: É → E, œ → oe, else '_'. */
static void put_ascii(struct buf *out, const char *character)
{
    const char *folded = text_fold(out->arena, character);
    bool capital = strcmp(text_upper(out->arena, character), character) == 0;

    for (const char *c = folded; *c; c++)
        if (!isalnum((unsigned char)*c))
            folded = "";
    if (*folded == '\0')
        folded = "_";
    for (; *folded; folded++)
        buf_putc(out, (char)(capital ? toupper((unsigned char)*folded) : *folded));
}

/* In ASCII and not too long for a line; the end, with the extension, is kept. */
static const char *ascii_file_name(struct arena *arena, const char *name)
{
    struct buf out = buf_new(arena, strlen(name) * 4);
    const char *end = name + strlen(name);

    while (name < end) {
        const char *next = name;
        uint32_t character;

        if (!text_next(&next, end, &character))
            break;
        if (character < 0x80)
            buf_putc(&out, *name);
        else
            put_ascii(&out, arena_strndup(arena, name, (size_t)(next - name)));
        name = next;
    }
    if (out.length <= LONGEST_PLAIN_FILE_NAME)
        return out.data;
    return arena_printf(arena, "%.*s%s", LONGEST_PLAIN_FILE_NAME / 2, out.data,
                        out.data + out.length - LONGEST_PLAIN_FILE_NAME / 2);
}

void mime_header_plain_file_name(struct mime_header *header, const char *parameter,
                                 const char *name)
{
    struct arena *arena = header->out->arena;
    const char *plain = ascii_file_name(arena, clean_file_name(arena, name));

    mime_header_word(header, arena_printf(arena, "%s=\"%s\"", parameter, plain));
}

/* Percent-encoded (RFC 2231 §7 attribute-char, narrowed). */
static const char *percent_encode(struct arena *arena, const char *text, size_t length)
{
    struct buf code = buf_new(arena, length * 3);

    for (size_t i = 0; i < length; i++)
        if (isalnum((unsigned char)text[i]) || strchr("-._", text[i]))
            buf_putc(&code, text[i]);
        else
            buf_printf(&code, "%%%02X", (unsigned char)text[i]);
    return code.data;
}

static void put_extended_file_name(struct mime_header *header, const char *name)
{
    struct arena *arena = header->out->arena;
    struct buf section = buf_new(arena, LINE);
    const char *end = name + strlen(name);
    const char *whole =
        arena_printf(arena, "filename*=UTF-8''%s;", percent_encode(arena, name, strlen(name)));
    int number = 0;

    if (strlen(whole) < LINE) {
        mime_header_word(header, whole);
        return;
    }
    while (name < end) {
        buf_clear(&section);
        buf_printf(&section, "filename*%d*=%s", number, number == 0 ? "UTF-8''" : "");
        while (name < end) {
            const char *next = name, *code;
            uint32_t character;

            if (!text_next(&next, end, &character))
                return;
            code = percent_encode(arena, name, (size_t)(next - name));
            if (section.length + strlen(code) + 1 > LINE - 2)
                break;
            buf_puts(&section, code);
            name = next;
        }
        buf_putc(&section, ';');
        mime_header_word(header, section.data);
        number++;
    }
}

void mime_header_file_name(struct mime_header *header, const char *name)
{
    struct arena *arena = header->out->arena;
    const char *full = clean_file_name(arena, name);

    if (strcmp(full, ascii_file_name(arena, full)) != 0)
        put_extended_file_name(header, full);
    mime_header_plain_file_name(header, "filename", name);
}
