#include "base/typed.h"

#include <stdbool.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

#define EMAIL_MOST 254 /* RFC 5321 §4.5.3.1.3, less the angle brackets */

/* Atext and dots (RFC 5322 §3.2.3), no dot at an end and no two together. */
static bool is_local_part(const char *text, size_t length)
{
    static const char others[] = "!#$%&'*+-/=?^_`{|}~";

    if (length == 0 || length > 64)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c == '.' ? i == 0 || i + 1 == length || text[i - 1] == '.'
                     : !letter && !(c && strchr(others, c)))
            return false;
    }
    return true;
}

/* At least two labels of letters, digits and hyphens, no hyphen at a label's end (RFC 1123 §2.1).
 */
static bool is_domain(const char *text)
{
    size_t labels = 0;

    for (;;) {
        size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
        if (length == 0 || length > 63 || text[0] == '-' || text[length - 1] == '-')
            return false;
        labels++;
        text += length;
        if (*text == '\0')
            return labels >= 2;
        if (*text++ != '.')
            return false;
    }
}

const char *typed_email(struct arena *arena, const char *typed)
{
    char *address = arena_strdup(arena, text_squeeze(arena, typed)), *at = strrchr(address, '@');

    if (!at || strlen(address) > EMAIL_MOST || !is_local_part(address, (size_t)(at - address)))
        return NULL;
    for (char *c = at; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 0x20);
    return is_domain(at + 1) ? address : NULL;
}

/* The digits of a number, with a plus before them if it has one; NULL where there is anything but
 * the usual punctuation. "+33 (0)1" loses its zero. */
static const char *phone_digits(struct arena *arena, const char *typed)
{
    char *out = arena_alloc(arena, strlen(typed) + 1), *to = out;

    for (; *typed; typed++) {
        if (strncmp(typed, "(0)", 3) == 0 && out[0] == '+')
            typed += 2;
        else if ((*typed >= '0' && *typed <= '9') || (*typed == '+' && to == out))
            *to++ = *typed;
        else if (!strchr(" .-/()", *typed))
            return NULL;
    }
    return out;
}

const char *typed_phone(struct arena *arena, const char *typed)
{
    const char *digits = phone_digits(arena, text_squeeze(arena, typed));
    size_t length;

    if (!digits)
        return NULL;
    if (strncmp(digits, "00", 2) == 0)
        digits = arena_printf(arena, "+%s", digits + 2);
    if (strncmp(digits, "+33", 3) == 0)
        digits = arena_printf(arena, "0%s", digits + 3);
    length = strlen(digits);
    /* Others: at most fifteen digits (E.164), and not shorter than any in use. */
    if (digits[0] == '+' ? length < 8 || length > 16 || digits[1] == '0'
                         : length != 10 || digits[0] != '0' || digits[1] == '0')
        return NULL;
    if (digits[0] == '+')
        return digits;
    return arena_printf(arena, "%.2s %.2s %.2s %.2s %.2s", digits, digits + 2, digits + 4,
                        digits + 6, digits + 8);
}

const char *typed_day(struct arena *arena, const char *typed)
{
    const char *day = text_squeeze(arena, typed);

    return clock_is_day(day) ? day : clock_parse_french(arena, day);
}
