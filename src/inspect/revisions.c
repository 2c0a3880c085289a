#include "inspect/revisions.h"

#include <stdint.h>
#include <string.h>

#include "inspect/lexer.h"

#define ENTRY_SIZE 20
#define TRAILER_WITHIN 2048 /* how far before the end "startxref" may stand */

size_t inspect_trimmed(struct bytes file, size_t end)
{
    while (end > 0 && inspect_is_space(file.data[end - 1]))
        end--;
    return end;
}

/* "startxref number" whose number is a place in the file before end. */
static bool read_startxref(struct bytes file, size_t end, size_t *place)
{
    size_t from = end > TRAILER_WITHIN ? end - TRAILER_WITHIN : 0;
    struct bytes tail = {file.data + from, end - from};
    size_t at = inspect_find_last(tail, tail.length, "startxref");
    struct inspect_lexer lexer;

    if (at == SIZE_MAX)
        return false;
    lexer = inspect_lexer_at(tail, at + strlen("startxref"));
    if (inspect_lex(&lexer) != INSPECT_TOKEN_INTEGER || lexer.integer < 0 ||
        (uint64_t)lexer.integer >= end)
        return false;
    *place = (size_t)lexer.integer;
    return true;
}

/* The subsections of a table, up to and including "trailer". */
static bool skip_table(struct inspect_lexer *lexer)
{
    while (inspect_lex(lexer) == INSPECT_TOKEN_INTEGER) {
        int64_t count;

        if (inspect_lex(lexer) != INSPECT_TOKEN_INTEGER || lexer->integer < 0)
            return false;
        count = lexer->integer;
        if ((uint64_t)count > (lexer->bytes.length - lexer->at) / (ENTRY_SIZE - 2))
            return false;
        for (int64_t i = 0; i < count; i++) {
            if (inspect_lex(lexer) != INSPECT_TOKEN_INTEGER ||
                inspect_lex(lexer) != INSPECT_TOKEN_INTEGER)
                return false;
            inspect_lex(lexer);
            if (!inspect_lex_is(lexer, "n") && !inspect_lex_is(lexer, "f"))
                return false;
        }
    }
    return inspect_lex_is(lexer, "trailer");
}

/* Moves behind "stream … endstream endobj". */
static bool skip_stream(struct inspect_lexer *lexer, size_t dictionary)
{
    struct inspect_span length = {0};
    unsigned found = 0;
    struct inspect_lexer number;

    inspect_lex(lexer);
    if (!inspect_lex_is(lexer, "stream") ||
        !inspect_dictionary_find(lexer->bytes, dictionary, "Length", &length, &found) || found != 1)
        return false;
    number = inspect_lexer_at(lexer->bytes, length.start);
    if (inspect_lex(&number) != INSPECT_TOKEN_INTEGER || number.integer < 0 ||
        (uint64_t)number.integer > lexer->bytes.length - lexer->at)
        return false;
    lexer->at += (size_t)number.integer;
    inspect_lex(lexer);
    /* the end-of-line after "stream" is no part of Length */
    if (!inspect_lex_is(lexer, "endstream")) {
        const unsigned char *at = memmem(lexer->bytes.data + lexer->span.start,
                                         lexer->bytes.length - lexer->span.start, "endstream", 9);
        if (!at)
            return false;
        lexer->at = (size_t)(at - lexer->bytes.data) + strlen("endstream");
    }
    inspect_lex(lexer);
    return inspect_lex_is(lexer, "endobj");
}

/* Reads the section at section->start; puts where its dictionary stands. */
static bool read_section(struct bytes file, struct inspect_section *section, size_t *dictionary)
{
    struct inspect_lexer lexer = inspect_lexer_at(file, section->start);
    struct inspect_span span;
    int64_t number, generation;
    bool table;

    inspect_lex(&lexer);
    table = inspect_lex_is(&lexer, "xref");
    if (table) {
        if (!skip_table(&lexer))
            return false;
    } else {
        lexer.at = section->start;
        if (!inspect_object_header(&lexer, &number, &generation))
            return false;
    }
    if (!inspect_skip_object(&lexer, &span))
        return false;
    *dictionary = span.start;
    if (!table && !skip_stream(&lexer, *dictionary))
        return false;
    section->end = lexer.at;
    return true;
}

/* The place that a key of a trailer gives: 1 if there is one, 0 if there is no key, -1 if it
 * cannot be. */
static int read_place(struct bytes file, size_t dictionary, const char *key, size_t *place)
{
    struct inspect_span value = {0};
    unsigned found = 0;
    struct inspect_lexer lexer;

    if (!inspect_dictionary_find(file, dictionary, key, &value, &found) || found > 1)
        return -1;
    if (found == 0)
        return 0;
    lexer = inspect_lexer_at(file, value.start);
    inspect_lex(&lexer);
    if ((lexer.token != INSPECT_TOKEN_INTEGER && lexer.token != INSPECT_TOKEN_REAL) ||
        lexer.integer < 0 || (uint64_t)lexer.integer >= file.length)
        return -1;
    *place = (size_t)lexer.integer;
    return lexer.integer == 0 ? 0 : 1;
}

static bool known(const struct inspect_history *history, size_t start)
{
    for (size_t i = 0; i < history->count; i++)
        if (history->sections[i].start == start)
            return true;
    return false;
}

/* Adds the section at start, and that of its XRefStm; puts that of its Prev. */
static int add_section(struct bytes file, struct inspect_history *history, size_t start,
                       size_t *prev)
{
    struct inspect_section section = {.start = start};
    size_t dictionary, hybrid;
    int has_hybrid;

    if (history->count == INSPECT_SECTIONS_MAX || known(history, start) ||
        !read_section(file, &section, &dictionary))
        return -1;
    history->sections[history->count++] = section;
    has_hybrid = read_place(file, dictionary, "XRefStm", &hybrid);
    if (has_hybrid < 0)
        return -1;
    if (has_hybrid && !known(history, hybrid)) {
        struct inspect_section stream = {.start = hybrid};
        size_t ignored;

        if (history->count == INSPECT_SECTIONS_MAX || !read_section(file, &stream, &ignored))
            return -1;
        history->sections[history->count++] = stream;
    }
    return read_place(file, dictionary, "Prev", prev);
}

void inspect_history_read(struct bytes file, size_t end, struct inspect_history *history)
{
    size_t next;
    int more = 1;

    history->count = 0;
    history->whole = false;
    if (!read_startxref(file, end, &next))
        return;
    history->startxref = next;
    while (more > 0)
        more = add_section(file, history, next, &next);
    history->whole = more == 0;
}

bool inspect_revision_ends(struct bytes file, size_t end, const struct inspect_history *history)
{
    size_t trimmed = inspect_trimmed(file, end), place;
    struct inspect_lexer lexer;

    if (trimmed < 5 || memcmp(file.data + trimmed - 5, "%%EOF", 5) != 0 ||
        !read_startxref(file, trimmed, &place))
        return false;
    /* nothing but white space and comments between the number and the mark */
    lexer = inspect_lexer_at((struct bytes){file.data, trimmed},
                             inspect_find_last(file, trimmed, "startxref") + strlen("startxref"));
    if (inspect_lex(&lexer) != INSPECT_TOKEN_INTEGER || inspect_lex(&lexer) != INSPECT_TOKEN_END)
        return false;
    return known(history, place);
}
