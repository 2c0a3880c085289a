/* Bodies of MIME parts in the two encodings that any server passes on unchanged. */
#ifndef PARAPHE_MAIL_MIME_BODY_H
#define PARAPHE_MAIL_MIME_BODY_H

#include "base/buf.h"

/* Quoted-printable (RFC 2045 §6.7): any of \n, \r\n, \r ends a line; lines of at most 76 bytes;
 * soft breaks never split a character; the last line is ended. */
void mime_quoted_printable(struct buf *out, const char *text);

/* base64 (RFC 2045 §6.8) in lines of 76. */
void mime_base64(struct buf *out, struct bytes content);

#endif
