/* Header fields of a message: folded, encoded, without anything that could begin another one. */
#ifndef PARAPHE_MAIL_MIME_HEADER_H
#define PARAPHE_MAIL_MIME_HEADER_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A field being written; column is where the line at hand stands. */
struct mime_header {
    struct buf *out;
    size_t column;
};

/* "Name:"; then words, each on a new line where it would pass column 76 (RFC 5322 §2.1.1). */
struct mime_header mime_header_begin(struct buf *out, const char *name);
void mime_header_word(struct mime_header *header, const char *word);
void mime_header_end(struct mime_header *header);

/* A field of words that are our own constants: "MIME-Version", "1.0". */
void mime_header_constant(struct buf *out, const char *name, const char *value);

/* Where a text stands decides what needs no encoding (RFC 2047 §5). */
enum mime_place { MIME_UNSTRUCTURED, MIME_PHRASE };

/* UTF-8 text, as it is where that is plain, else as encoded words of at most 75 bytes that break
 * no character (RFC 2047 §2). Control characters become spaces, each run of spaces one. */
void mime_header_text(struct mime_header *header, const char *text, enum mime_place place);

/* "Name: text <address>". The address must satisfy mime_is_address. */
void mime_header_mailbox(struct buf *out, const char *field, const char *name, const char *address);

/* "Date:" in UTC (RFC 5322 §3.3). */
void mime_header_date(struct buf *out, int64_t date);

/* The file name as an ASCII quoted string with the parameter's name, for Content-Type's name. */
void mime_header_plain_file_name(struct mime_header *header, const char *parameter,
                                 const char *name);

/* Content-Disposition's filename: where the name is not ASCII, in RFC 2231's form first (§4, in
 * sections of §3 where it is long), then the ASCII one for programs that know no other. */
void mime_header_file_name(struct mime_header *header, const char *name);

#endif
