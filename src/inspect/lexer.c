#include "inspect/lexer.h"

#include <string.h>

bool inspect_is_space(unsigned char c)
{
    return c == '\0' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static bool is_delimiter(unsigned char c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' ||
           c == '}' || c == '/' || c == '%';
}

static bool is_regular(unsigned char c)
{
    return !inspect_is_space(c) && !is_delimiter(c);
}

int inspect_hex_value(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

struct inspect_lexer inspect_lexer_at(struct bytes bytes, size_t at)
{
    return (struct inspect_lexer){.bytes = bytes, .at = at, .token = INSPECT_TOKEN_END};
}

static void skip_space(struct inspect_lexer *lexer)
{
    const unsigned char *data = lexer->bytes.data;
    size_t length = lexer->bytes.length, at = lexer->at;

    while (at < length) {
        if (inspect_is_space(data[at])) {
            at++;
        } else if (data[at] == '%') {
            while (at < length && data[at] != '\n' && data[at] != '\r')
                at++;
        } else {
            break;
        }
    }
    lexer->at = at;
}

static enum inspect_token lex_string(struct inspect_lexer *lexer)
{
    const unsigned char *data = lexer->bytes.data;
    size_t open = 1;

    while (lexer->at < lexer->bytes.length) {
        unsigned char c = data[lexer->at++];

        if (c == '\\' && lexer->at < lexer->bytes.length)
            lexer->at++;
        else if (c == '(')
            open++;
        else if (c == ')' && --open == 0)
            return INSPECT_TOKEN_STRING;
    }
    return INSPECT_TOKEN_BAD;
}

static enum inspect_token lex_hex(struct inspect_lexer *lexer)
{
    const unsigned char *data = lexer->bytes.data;

    while (lexer->at < lexer->bytes.length) {
        unsigned char c = data[lexer->at++];

        if (c == '>')
            return INSPECT_TOKEN_HEX;
        if (inspect_hex_value(c) < 0 && !inspect_is_space(c))
            return INSPECT_TOKEN_BAD;
    }
    return INSPECT_TOKEN_BAD;
}

/* A number, or else a keyword. */
static enum inspect_token lex_regular(struct inspect_lexer *lexer, size_t start)
{
    const unsigned char *data = lexer->bytes.data;
    bool negative = false, digits = false, dot = false, number = true;
    int64_t value = 0;

    lexer->at = start;
    while (lexer->at < lexer->bytes.length && is_regular(data[lexer->at])) {
        unsigned char c = data[lexer->at];

        if (c >= '0' && c <= '9') {
            digits = true;
            if (!dot && value < INT64_MAX / 10 - 10)
                value = value * 10 + (c - '0');
        } else if (c == '.' && !dot) {
            dot = true;
        } else if ((c == '+' || c == '-') && lexer->at == start) {
            negative = c == '-';
        } else {
            number = false;
        }
        lexer->at++;
    }
    if (!number || !digits)
        return INSPECT_TOKEN_KEYWORD;
    lexer->integer = negative ? -value : value;
    return dot ? INSPECT_TOKEN_REAL : INSPECT_TOKEN_INTEGER;
}

static enum inspect_token lex_token(struct inspect_lexer *lexer)
{
    const unsigned char *data = lexer->bytes.data;
    size_t start = lexer->at, length = lexer->bytes.length;
    unsigned char c;

    if (start >= length)
        return INSPECT_TOKEN_END;
    c = data[lexer->at++];
    switch (c) {
    case '(':
        return lex_string(lexer);
    case '[':
        return INSPECT_TOKEN_ARRAY;
    case ']':
        return INSPECT_TOKEN_ARRAY_END;
    case '<':
        if (lexer->at < length && data[lexer->at] == '<') {
            lexer->at++;
            return INSPECT_TOKEN_DICTIONARY;
        }
        return lex_hex(lexer);
    case '>':
        if (lexer->at < length && data[lexer->at] == '>') {
            lexer->at++;
            return INSPECT_TOKEN_DICTIONARY_END;
        }
        return INSPECT_TOKEN_BAD;
    case '/':
        while (lexer->at < length && is_regular(data[lexer->at]))
            lexer->at++;
        return INSPECT_TOKEN_NAME;
    case ')':
    case '{':
    case '}':
        return INSPECT_TOKEN_BAD;
    default:
        return lex_regular(lexer, start);
    }
}

enum inspect_token inspect_lex(struct inspect_lexer *lexer)
{
    skip_space(lexer);
    lexer->span.start = lexer->at;
    lexer->token = lex_token(lexer);
    lexer->span.end = lexer->at;
    return lexer->token;
}

bool inspect_lex_is(const struct inspect_lexer *lexer, const char *keyword)
{
    size_t length = lexer->span.end - lexer->span.start;

    return lexer->token == INSPECT_TOKEN_KEYWORD && length == strlen(keyword) &&
           memcmp(lexer->bytes.data + lexer->span.start, keyword, length) == 0;
}

bool inspect_name_is(struct bytes bytes, struct inspect_span name, const char *wanted)
{
    size_t at = name.start + 1;

    while (at < name.end && *wanted) {
        unsigned char c = bytes.data[at++];

        if (c == '#' && at + 1 < name.end && inspect_hex_value(bytes.data[at]) >= 0 &&
            inspect_hex_value(bytes.data[at + 1]) >= 0) {
            c = (unsigned char)(inspect_hex_value(bytes.data[at]) * 16 +
                                inspect_hex_value(bytes.data[at + 1]));
            at += 2;
        }
        if (c != (unsigned char)*wanted++)
            return false;
    }
    return at == name.end && *wanted == '\0';
}

/* After an integer: whether "generation R" follows; moves behind it if so. */
static bool skip_reference(struct inspect_lexer *lexer)
{
    struct inspect_lexer ahead = *lexer;

    if (inspect_lex(&ahead) != INSPECT_TOKEN_INTEGER || inspect_lex(&ahead) == INSPECT_TOKEN_END ||
        !inspect_lex_is(&ahead, "R"))
        return false;
    *lexer = ahead;
    return true;
}

bool inspect_skip_object(struct inspect_lexer *lexer, struct inspect_span *span)
{
    enum inspect_token open[INSPECT_NESTING_MAX];
    unsigned depth = 0;
    bool first = true;

    do {
        inspect_lex(lexer);
        if (first)
            span->start = lexer->span.start;
        first = false;
        switch (lexer->token) {
        case INSPECT_TOKEN_ARRAY:
        case INSPECT_TOKEN_DICTIONARY:
            if (depth == INSPECT_NESTING_MAX)
                return false;
            open[depth++] = lexer->token;
            break;
        case INSPECT_TOKEN_ARRAY_END:
            if (depth == 0 || open[--depth] != INSPECT_TOKEN_ARRAY)
                return false;
            break;
        case INSPECT_TOKEN_DICTIONARY_END:
            if (depth == 0 || open[--depth] != INSPECT_TOKEN_DICTIONARY)
                return false;
            break;
        case INSPECT_TOKEN_INTEGER:
            skip_reference(lexer);
            break;
        case INSPECT_TOKEN_KEYWORD:
            if (!inspect_lex_is(lexer, "true") && !inspect_lex_is(lexer, "false") &&
                !inspect_lex_is(lexer, "null"))
                return false;
            break;
        case INSPECT_TOKEN_REAL:
        case INSPECT_TOKEN_NAME:
        case INSPECT_TOKEN_STRING:
        case INSPECT_TOKEN_HEX:
            break;
        case INSPECT_TOKEN_END:
        case INSPECT_TOKEN_BAD:
            return false;
        }
    } while (depth > 0);
    span->end = lexer->at;
    return true;
}

bool inspect_object_header(struct inspect_lexer *lexer, int64_t *number, int64_t *generation)
{
    if (inspect_lex(lexer) != INSPECT_TOKEN_INTEGER)
        return false;
    *number = lexer->integer;
    if (inspect_lex(lexer) != INSPECT_TOKEN_INTEGER)
        return false;
    *generation = lexer->integer;
    inspect_lex(lexer);
    return inspect_lex_is(lexer, "obj");
}

bool inspect_dictionary_find(struct bytes bytes, size_t at, const char *key,
                             struct inspect_span *value, unsigned *found)
{
    struct inspect_lexer lexer = inspect_lexer_at(bytes, at);

    *found = 0;
    if (inspect_lex(&lexer) != INSPECT_TOKEN_DICTIONARY)
        return false;
    while (inspect_lex(&lexer) == INSPECT_TOKEN_NAME) {
        struct inspect_span name = lexer.span, span;

        if (!inspect_skip_object(&lexer, &span))
            return false;
        if (inspect_name_is(bytes, name, key) && (*found)++ == 0)
            *value = span;
    }
    return lexer.token == INSPECT_TOKEN_DICTIONARY_END;
}

size_t inspect_find_last(struct bytes bytes, size_t end, const char *needle)
{
    size_t length = strlen(needle);

    if (end > bytes.length)
        end = bytes.length;
    for (size_t at = end >= length ? end - length + 1 : 0; at-- > 0;)
        if (memcmp(bytes.data + at, needle, length) == 0)
            return at;
    return SIZE_MAX;
}

bool inspect_has_second_header(struct bytes bytes)
{
    const unsigned char *end = bytes.data + bytes.length, *at = bytes.data;
    unsigned headers = 0;

    while (headers < 2 && (at = memmem(at, (size_t)(end - at), "%PDF-", 5)) != NULL) {
        bool starts_line = at == bytes.data || at[-1] == '\n' || at[-1] == '\r';

        headers += starts_line && end - at > 7 && at[5] >= '0' && at[5] <= '9' && at[6] == '.';
        at += 5;
    }
    return headers == 2;
}
