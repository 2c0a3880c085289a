#include "base/text.h"

#include <stdio.h>

#include "base/buf.h"

bool text_next(const char **at, const char *end, uint32_t *character)
{
    const unsigned char *p = (const unsigned char *)*at;
    size_t left = (size_t)(end - *at), length;
    uint32_t value, least;

    if (left == 0)
        return false;
    if (p[0] < 0x80) {
        *character = p[0];
        *at += 1;
        return true;
    }
    if (p[0] >= 0xc2 && p[0] <= 0xdf) {
        length = 2;
        value = p[0] & 0x1fu;
        least = 0x80;
    } else if (p[0] >= 0xe0 && p[0] <= 0xef) {
        length = 3;
        value = p[0] & 0x0fu;
        least = 0x800;
    } else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
        length = 4;
        value = p[0] & 0x07u;
        least = 0x10000;
    } else {
        return false;
    }
    if (left < length)
        return false;
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return false;
        value = value << 6 | (p[i] & 0x3fu);
    }
    if (value < least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return false;
    *character = value;
    *at += length;
    return true;
}

bool text_is_utf8(struct bytes text)
{
    const char *at = (const char *)text.data, *end = at + text.length;
    uint32_t character;

    while (at < end)
        if (!text_next(&at, end, &character))
            return false;
    return true;
}

size_t text_length(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static void put_utf8(struct buf *buf, uint32_t c)
{
    if (c < 0x80) {
        buf_putc(buf, (char)c);
    } else if (c < 0x800) {
        buf_putc(buf, (char)(0xc0 | c >> 6));
        buf_putc(buf, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        buf_putc(buf, (char)(0xe0 | c >> 12));
        buf_putc(buf, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_putc(buf, (char)(0x80 | (c & 0x3f)));
    } else {
        buf_putc(buf, (char)(0xf0 | c >> 18));
        buf_putc(buf, (char)(0x80 | (c >> 12 & 0x3f)));
        buf_putc(buf, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_putc(buf, (char)(0x80 | (c & 0x3f)));
    }
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xa0 || c == 0x202f ||
           (c >= 0x2000 && c <= 0x200a);
}

static bool is_control(uint32_t c)
{
    /* Also invisible marks that turn or join text, and the byte order mark. */
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

const char *text_squeeze(struct arena *arena, const char *text)
{
    const char *end = text + strlen(text);
    struct buf out = buf_new(arena, strlen(text));
    bool space = false;
    uint32_t c;

    while (text < end) {
        if (!text_next(&text, end, &c)) {
            text++;
            continue;
        }
        if (is_space(c)) {
            space = true;
        } else if (!is_control(c)) {
            if (space && out.length > 0)
                buf_putc(&out, ' ');
            space = false;
            put_utf8(&out, c);
        }
    }
    return out.data;
}

/* Capital of the Latin-1, Latin Extended-A and -B, Greek and Cyrillic letters that have one; done
 * here, since the C library's depends on which locales are installed. */
static uint32_t upper(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xe0 && c <= 0xfe && c != 0xf7))
        return c - 0x20;
    if (c == 0xff)
        return 0x178;
    if (c == 0x131)
        return 'I';
    if (c == 0x17f)
        return 'S';
    if ((c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14a && c <= 0x177) ||
        (c >= 0x1de && c <= 0x1ef) || (c >= 0x1f8 && c <= 0x21f) || (c >= 0x222 && c <= 0x233) ||
        (c >= 0x1e00 && c <= 0x1e95) || (c >= 0x1ea0 && c <= 0x1eff))
        return c & ~1u;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e) || (c >= 0x1cd && c <= 0x1dc))
        return c % 2 == 0 ? c - 1 : c;
    if (c >= 0x3b1 && c <= 0x3c9 && c != 0x3c2)
        return c - 0x20;
    if (c >= 0x430 && c <= 0x44f)
        return c - 0x20;
    if (c >= 0x450 && c <= 0x45f)
        return c - 0x50;
    return c;
}

const char *text_upper(struct arena *arena, const char *text)
{
    const char *end = text + strlen(text);
    struct buf out = buf_new(arena, strlen(text) * 2);
    uint32_t c;

    while (text < end && text_next(&text, end, &c)) {
        if (c == 0xdf)
            buf_puts(&out, "SS");
        else
            put_utf8(&out, upper(c));
    }
    return out.data;
}

/* The plain letters of U+00C0 … U+017F, two bytes each ("AE"); a space stands for none. */
static const char plain[][3] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  /* C0 */
    "d", "n", "o",  "o",  "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "ss", /* D0 */
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  /* E0 */
    "d", "n", "o",  "o",  "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "y",  /* F0 */
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",  /* 100 */
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",  /* 110 */
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",  /* 120 */
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",  /* 130 */
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",  /* 140 */
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",  /* 150 */
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",  /* 160 */
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s",  /* 170 */
};

static const char *fold_letter(uint32_t c, char one[2])
{
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        one[0] = (char)c;
        return one;
    }
    if (c >= 'A' && c <= 'Z') {
        one[0] = (char)(c + 0x20);
        return one;
    }
    if (c >= 0xc0 && c <= 0x17f)
        return plain[c - 0xc0];
    if (c >= 0x218 && c <= 0x21b)
        return c < 0x21a ? "s" : "t";
    return NULL;
}

const char *text_fold(struct arena *arena, const char *text)
{
    const char *end = text + strlen(text);
    struct buf out = buf_new(arena, strlen(text) * 3);
    bool space = false;
    uint32_t c;
    char one[2] = "";

    while (text < end && text_next(&text, end, &c)) {
        const char *letters = fold_letter(c, one);
        if (c >= 0x300 && c <= 0x36f)
            continue; /* a combining accent */
        if (letters ? letters[0] == ' '
                    : c < 0x180 || is_space(c) || (c >= 0x2010 && c <= 0x206f)) {
            space = true;
            continue;
        }
        if (space && out.length > 0)
            buf_putc(&out, ' ');
        space = false;
        if (letters)
            buf_puts(&out, letters);
        else
            put_utf8(&out, c);
    }
    return out.data;
}

bool text_is_email(const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "!#$%&'*+/=?^_`{|}~.-";
    size_t local = strspn(text, allowed);
    const char *domain = text + local + 1;
    const char *dot;

    if (local == 0 || local > 64 || text[local] != '@' || strlen(text) > 254)
        return false;
    if (text[0] == '.' || text[local - 1] == '.' || strstr(text, ".."))
        return false;
    dot = strrchr(domain, '.');
    return dot && dot != domain && dot[1] != '\0' && domain[0] != '-' &&
           strspn(domain, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
               strlen(domain);
}
