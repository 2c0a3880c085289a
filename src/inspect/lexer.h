/* The bytes of a PDF as tokens (ISO 32000-1 §7.2, §7.3): where things stand in the file.
 *
 * MuPDF says what a file means, this says where it is written: a signature speaks of bytes, so its
 * dictionary, its Contents and the cross-reference sections are found here, strictly and without
 * repair. Nothing is allocated, nothing is resolved, nesting is bounded. */
#ifndef PARAPHE_INSPECT_LEXER_H
#define PARAPHE_INSPECT_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

#define INSPECT_NESTING_MAX 64

enum inspect_token {
    INSPECT_TOKEN_END,
    INSPECT_TOKEN_INTEGER,
    INSPECT_TOKEN_REAL,
    INSPECT_TOKEN_NAME,
    INSPECT_TOKEN_STRING, /* (…) */
    INSPECT_TOKEN_HEX,    /* <…> */
    INSPECT_TOKEN_ARRAY,
    INSPECT_TOKEN_ARRAY_END,
    INSPECT_TOKEN_DICTIONARY,
    INSPECT_TOKEN_DICTIONARY_END,
    INSPECT_TOKEN_KEYWORD, /* obj, stream, true, null, R … */
    INSPECT_TOKEN_BAD
};

/* [start, end) in the file. */
struct inspect_span {
    size_t start;
    size_t end;
};

struct inspect_lexer {
    struct bytes bytes;
    size_t at;
    /* the last token */
    enum inspect_token token;
    struct inspect_span span;
    int64_t integer;
};

struct inspect_lexer inspect_lexer_at(struct bytes bytes, size_t at);

/* Reads the next token behind white space and comments. */
enum inspect_token inspect_lex(struct inspect_lexer *lexer);

/* Whether the last token is that keyword; is that name, given without its slash (#xx decoded). */
bool inspect_lex_is(const struct inspect_lexer *lexer, const char *keyword);
bool inspect_name_is(struct bytes bytes, struct inspect_span name, const char *wanted);

/* Skips one object (a reference "12 0 R" counts as one) and gives where it stands; false where
 * there is none or it is nested deeper than INSPECT_NESTING_MAX. */
bool inspect_skip_object(struct inspect_lexer *lexer, struct inspect_span *span);

/* Reads "number generation obj". */
bool inspect_object_header(struct inspect_lexer *lexer, int64_t *number, int64_t *generation);

/* In a dictionary at *at (its "<<"), where the value of a key is written. found counts how often
 * the key stands there; value is the first's. false where the dictionary cannot be read. */
bool inspect_dictionary_find(struct bytes bytes, size_t at, const char *key,
                             struct inspect_span *value, unsigned *found);

/* Whether white space of PDF (§7.2.2). */
bool inspect_is_space(unsigned char c);

/* Whether another PDF stands in the clear inside this one: a program that looks for objects instead
 * of using the cross-reference table may then show that one. */
bool inspect_has_second_header(struct bytes bytes);

/* 0 to 15, or -1 where c is no hexadecimal digit. */
int inspect_hex_value(unsigned char c);

/* Where needle occurs last in bytes before end, or SIZE_MAX. */
size_t inspect_find_last(struct bytes bytes, size_t end, const char *needle);

#endif
