/* An e-mail message in its written form (RFC 5322, MIME: RFC 2045, 2046, 2047, 2231).
 *
 * What is written depends on nothing but the struct: the same message gives the same bytes, so
 * that a second try of a message is the same message. No value reaches a header as it came:
 * text is encoded, addresses must be addresses, and control characters never pass. */
#ifndef PARAPHE_MAIL_MIME_H
#define PARAPHE_MAIL_MIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

/* The longest message written, in bytes; base64 takes a third more than the attachment. */
#define MIME_LIMIT ((size_t)32 << 20)

struct mime_attachment {
    const char *name;       /* UTF-8; what a file name cannot carry becomes '_' */
    const char *media_type; /* "application/pdf" */
    struct bytes content;
};

struct mime_message {
    const char *from_name; /* UTF-8, "" for none */
    const char *from_address;
    bool by_people; /* somebody wrote it; else it says that a machine did */
    const char *to_name;
    const char *to_address;
    const char *reply_to; /* address, "" or NULL for none */
    const char *subject;
    int64_t date;
    const char *message_id; /* left@right, without the angle brackets */
    const char *text;       /* UTF-8; lines end in \n */
    const char *html;
    const struct mime_attachment *attachment; /* NULL for none */
};

/* The message with CRLF line ends, no line over 78 bytes but what an address makes longer.
 * Errors: ERR_INVALID "mail-address-invalid" where an address or the message_id is none;
 * ERR_TOO_LARGE "mail-too-large" over MIME_LIMIT. */
enum err mime_write(struct arena *arena, const struct mime_message *message, struct bytes *out);

/* Whether text is a plain address, dot-atom@domain in ASCII (RFC 5321 §4.1.2, without quoted
 * local parts and address literals), at most 254 bytes. */
bool mime_is_address(const char *text);

/* "Paraphe <mail@example.org>" or "mail@example.org" into name ("" if there is none) and
 * address; false where there is no valid address in it. */
bool mime_split_address(struct arena *arena, const char *text, const char **name,
                        const char **address);

#endif
