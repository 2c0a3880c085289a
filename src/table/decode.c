/* Which encoding a file is in, and its text. */
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/text.h"
#include "table/table.h"

/* What is no text, by its first bytes, and is often sent in its place. */
static const struct {
    const char *bytes;
    size_t length;
} others[] = {
    {"PK\x03\x04", 4},       /* .xlsx, .ods, .numbers */
    {"\xd0\xcf\x11\xe0", 4}, /* .xls */
    {"%PDF-", 5},
    {"{\\rtf", 5},
    {"<html", 5},
    {"<!DOCTYPE", 9},
    {"<?xml", 5},
};

static bool is_workbook(struct bytes file)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (file.length >= others[i].length &&
            memcmp(file.data, others[i].bytes, others[i].length) == 0)
            return true;
    return false;
}

/* The text in UTF-8, or NULL where the bytes are not of that encoding. */
static const char *convert(struct arena *arena, struct bytes file, const char *encoding)
{
    size_t size = file.length * 3 + 1;
    char *text = arena_alloc(arena, size), *out = text;
    char *in = memcpy(arena_alloc(arena, file.length), file.data, file.length);
    size_t in_left = file.length, out_left = size - 1;
    iconv_t converter = iconv_open("UTF-8", encoding);
    bool good;

    if (converter == (iconv_t)-1)
        return NULL;
    good = iconv(converter, &in, &in_left, &out, &out_left) != (size_t)-1;
    iconv_close(converter);
    return good ? text : NULL;
}

/* Letters and signs that stand in names and addresses of French schools, capitals at the end. */
static bool is_usual(const char *letter, size_t length, bool after_small)
{
    static const char usual[] = "àâäçéèêëîïôöùûüÿœæñáíóú«»’‘“”°–—€…\xc2\xa0";
    static const char capitals[] = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆÑÁÍÓÚ";
    char one[5] = "";

    memcpy(one, letter, length);
    return strstr(usual, one) || (!after_small && strstr(capitals, one));
}

/* How much the text looks like one that people wrote: usual characters beyond ASCII, less others.
 */
static long plausibility(const char *text)
{
    const char *end = text + strlen(text);
    bool after_small = false;
    long score = 0;

    while (text < end) {
        const char *letter = text;
        uint32_t c;

        if (!text_next(&text, end, &c))
            return -1;
        if (c >= 0x80)
            score += is_usual(letter, (size_t)(text - letter), after_small) ? 1 : -1;
        after_small = c >= 'a' && c <= 'z';
    }
    return score;
}

/* One byte a character, and nothing says whose: Windows' encoding unless another reads better. */
static const char *convert_bytes(struct arena *arena, struct bytes file, const char **encoding)
{
    static const char *const encodings[] = {"WINDOWS-1252", "MACINTOSH", "CP850"};
    const char *best = NULL;
    long best_score = 0;

    for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
        const char *text = convert(arena, file, encodings[i]);
        long score = text ? plausibility(text) : 0;

        if (!text || (best && score <= best_score))
            continue;
        best = text;
        best_score = score;
        *encoding = encodings[i];
    }
    return best;
}

/* UTF-16 without a mark: every other byte of its titles is 0. */
static const char *unmarked_utf16(struct bytes file)
{
    if (file.length < 4 || file.length % 2 != 0)
        return NULL;
    if (file.data[0] != 0 && file.data[1] == 0 && file.data[2] != 0 && file.data[3] == 0)
        return "UTF-16LE";
    if (file.data[0] == 0 && file.data[1] != 0 && file.data[2] == 0 && file.data[3] != 0)
        return "UTF-16BE";
    return NULL;
}

/* Names the encoding that the file's mark says, and takes the mark off; NULL for none. */
static const char *take_mark(struct bytes *file)
{
    static const struct {
        const char *encoding;
        const char *mark;
    } marks[] = {{"UTF-8", "\xef\xbb\xbf"}, {"UTF-16LE", "\xff\xfe"}, {"UTF-16BE", "\xfe\xff"}};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!bytes_start_with(*file, bytes_of(marks[i].mark)))
            continue;
        file->data += strlen(marks[i].mark);
        file->length -= strlen(marks[i].mark);
        return marks[i].encoding;
    }
    return unmarked_utf16(*file);
}

/* CRLF and CR become \n. */
static char *unify_line_ends(struct arena *arena, const char *text)
{
    char *out = arena_strdup(arena, text), *to = out;

    for (const char *from = text; *from; from++) {
        if (*from == '\r' && from[1] == '\n')
            continue;
        *to++ = *from == '\r' ? '\n' : *from;
    }
    *to = '\0';
    return out;
}

enum err table_decode(struct arena *arena, struct bytes file, const char **text,
                      const char **encoding)
{
    const char *decoded;

    *encoding = take_mark(&file);
    if (file.length == 0)
        return err_raise(ERR_INVALID, "table-empty", "no bytes");
    if (!*encoding && is_workbook(file))
        return err_raise(ERR_INVALID, "table-workbook", "begins with %02x %02x", file.data[0],
                         file.length > 1 ? file.data[1] : 0);
    if (!*encoding && text_is_utf8(file))
        *encoding = "UTF-8";
    if ((!*encoding || strcmp(*encoding, "UTF-8") == 0) && memchr(file.data, 0, file.length))
        return err_raise(ERR_INVALID, "table-not-text", "a NUL among the bytes");
    if (!*encoding)
        decoded = convert_bytes(arena, file, encoding);
    else if (strcmp(*encoding, "UTF-8") == 0)
        decoded =
            text_is_utf8(file) ? arena_strndup(arena, (const char *)file.data, file.length) : NULL;
    else
        decoded = convert(arena, file, *encoding);
    if (!decoded)
        return err_raise(ERR_INVALID, "table-encoding", "not %s",
                         *encoding ? *encoding : "any encoding");
    *text = unify_line_ends(arena, decoded);
    return ERR_OK;
}
