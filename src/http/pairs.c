#include "http/pairs.h"

#include "base/text.h"

const char *http_pairs_get(const struct http_pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (strcmp(pairs->items[i].name, name) == 0)
            return pairs->items[i].value;
    return NULL;
}

static int digit_value(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool http_percent_decode(struct arena *arena, struct bytes text, bool plus, const char **decoded)
{
    char *out = arena_alloc(arena, text.length + 1);
    size_t length = 0;

    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = text.data[i];
        if (c == '%' && i + 2 < text.length) {
            int high = digit_value(text.data[i + 1]), low = digit_value(text.data[i + 2]);
            if (high >= 0 && low >= 0) {
                c = (unsigned char)(high * 16 + low);
                i += 2;
            }
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c == '\0')
            return false;
        out[length++] = (char)c;
    }
    *decoded = out;
    return text_is_utf8((struct bytes){(unsigned char *)out, length});
}

/* How many pieces text has between separators, and thus the most pairs it can hold. */
static size_t count_pieces(struct bytes text, char separator)
{
    size_t count = 1;

    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == (unsigned char)separator;
    return count;
}

/* Takes what stands before the next separator off the front of text; false at the end. */
static bool next_piece(struct bytes *text, char separator, struct bytes *piece)
{
    const unsigned char *end;

    if (!text->data)
        return false;
    end = text->length > 0 ? memchr(text->data, separator, text->length) : NULL;
    *piece = *text;
    if (!end) {
        text->data = NULL;
        return true;
    }
    piece->length = (size_t)(end - text->data);
    text->data = end + 1;
    text->length -= piece->length + 1;
    return true;
}

static void split_at_equals(struct bytes piece, struct bytes *name, struct bytes *value)
{
    const unsigned char *equals = piece.length > 0 ? memchr(piece.data, '=', piece.length) : NULL;

    *name = piece;
    *value = (struct bytes){piece.data, 0};
    if (equals) {
        name->length = (size_t)(equals - piece.data);
        *value = (struct bytes){equals + 1, piece.length - name->length - 1};
    }
}

enum err http_urlencoded(struct arena *arena, struct bytes text, struct http_pairs *pairs)
{
    size_t most = count_pieces(text, '&');
    struct bytes piece, name, value;

    if (most > HTTP_PAIRS_MOST)
        return err_raise(ERR_TOO_LARGE, "http-too-many-fields", "%zu fields", most);
    *pairs = (struct http_pairs){ARENA_NEW_ARRAY(arena, most, struct http_pair), 0};
    while (next_piece(&text, '&', &piece)) {
        struct http_pair *pair = &pairs->items[pairs->count];
        if (piece.length == 0)
            continue;
        split_at_equals(piece, &name, &value);
        if (!http_percent_decode(arena, name, true, &pair->name) ||
            !http_percent_decode(arena, value, true, &pair->value))
            return err_raise(ERR_INVALID, "http-not-text", "field %zu is not UTF-8",
                             pairs->count + 1);
        pairs->count++;
    }
    return ERR_OK;
}

static struct bytes trim_spaces(struct bytes text)
{
    while (text.length > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text.data++;
        text.length--;
    }
    while (text.length > 0 &&
           (text.data[text.length - 1] == ' ' || text.data[text.length - 1] == '\t'))
        text.length--;
    return text;
}

static bool is_visible_ascii(struct bytes text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < 0x20 || text.data[i] > 0x7e)
            return false;
    return true;
}

void http_cookies(struct arena *arena, const char *header, struct http_pairs *pairs)
{
    struct bytes text = bytes_of(header), piece, name, value;
    size_t most = count_pieces(text, ';');

    if (most > HTTP_PAIRS_MOST)
        most = HTTP_PAIRS_MOST;
    *pairs = (struct http_pairs){ARENA_NEW_ARRAY(arena, most, struct http_pair), 0};
    while (pairs->count < most && next_piece(&text, ';', &piece)) {
        piece = trim_spaces(piece);
        if (piece.length == 0 || !is_visible_ascii(piece))
            continue;
        split_at_equals(piece, &name, &value);
        pairs->items[pairs->count++] =
            (struct http_pair){arena_strndup(arena, (const char *)name.data, name.length),
                               arena_strndup(arena, (const char *)value.data, value.length)};
    }
}
