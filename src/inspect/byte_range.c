#include "inspect/byte_range.h"

bool inspect_dictionary_of(struct bytes file, size_t at, int64_t number, size_t *dictionary)
{
    struct inspect_lexer lexer = inspect_lexer_at(file, at);
    int64_t found, generation;

    if (at >= file.length || !inspect_object_header(&lexer, &found, &generation) ||
        found != number || inspect_lex(&lexer) != INSPECT_TOKEN_DICTIONARY)
        return false;
    *dictionary = lexer.span.start;
    return true;
}

static const char *find_contents(struct bytes file, size_t dictionary,
                                 struct inspect_span *contents)
{
    struct inspect_span ignored;
    unsigned found = 0, ranges = 0;

    if (!inspect_dictionary_find(file, dictionary, "Contents", contents, &found) ||
        !inspect_dictionary_find(file, dictionary, "ByteRange", &ignored, &ranges))
        return "inspect-signature-unreadable";
    if (found == 0)
        return "inspect-contents-missing";
    if (found > 1 || ranges > 1)
        return "inspect-signature-redefined";
    if (file.data[contents->start] != '<' || file.data[contents->start + 1] == '<')
        return "inspect-contents-missing";
    return NULL;
}

static enum inspect_covers coverage(struct bytes file, size_t end,
                                    const struct inspect_history *history)
{
    if (end == file.length || end >= inspect_trimmed(file, file.length))
        return INSPECT_COVERS_FILE;
    if (inspect_revision_ends(file, end, history))
        return INSPECT_COVERS_REVISION;
    return INSPECT_COVERS_UNCLEAR;
}

const char *inspect_range_read(struct bytes file, size_t dictionary, const int64_t *numbers,
                               size_t count, const struct inspect_history *history,
                               struct inspect_range *range)
{
    const char *fault = find_contents(file, dictionary, &range->contents);
    int64_t length = (int64_t)file.length;

    range->covers = INSPECT_COVERS_UNCLEAR;
    if (fault)
        return fault;
    if (count == 0)
        return "inspect-byte-range-missing";
    if (count != 4)
        return "inspect-byte-range-malformed";
    for (size_t i = 0; i < 4; i++)
        if (numbers[i] < 0 || numbers[i] > length)
            return "inspect-byte-range-malformed";
    if (numbers[0] != 0 || numbers[1] == 0 || numbers[2] <= numbers[1] || numbers[3] == 0 ||
        numbers[3] > length - numbers[2])
        return "inspect-byte-range-malformed";
    range->before = (struct bytes){file.data, (size_t)numbers[1]};
    range->after = (struct bytes){file.data + numbers[2], (size_t)numbers[3]};
    range->end = (size_t)(numbers[2] + numbers[3]);
    if (range->contents.start != (size_t)numbers[1] || range->contents.end != (size_t)numbers[2])
        return "inspect-byte-range-gap";
    range->covers = coverage(file, range->end, history);
    return range->covers == INSPECT_COVERS_UNCLEAR ? "inspect-coverage" : NULL;
}

bool inspect_contents_decode(struct arena *arena, struct bytes file, struct inspect_span contents,
                             struct bytes *decoded)
{
    size_t length = 0;
    unsigned char *place = arena_alloc(arena, (contents.end - contents.start) / 2 + 1);
    int high = -1;

    for (size_t at = contents.start + 1; at + 1 < contents.end; at++) {
        int digit = inspect_hex_value(file.data[at]);

        if (digit < 0 && !inspect_is_space(file.data[at]))
            return false;
        if (digit < 0)
            continue;
        if (high < 0) {
            high = digit;
        } else {
            place[length++] = (unsigned char)(high * 16 + digit);
            high = -1;
        }
    }
    /* a last digit that is missing counts as 0 (ISO 32000-1 §7.3.4.3) */
    if (high >= 0)
        place[length++] = (unsigned char)(high * 16);
    *decoded = (struct bytes){place, length};
    return true;
}
