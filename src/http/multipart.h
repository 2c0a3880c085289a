/* multipart/form-data (RFC 7578, RFC 2046 §5.1), as browsers send it. */
#ifndef PARAPHE_HTTP_MULTIPART_H
#define PARAPHE_HTTP_MULTIPART_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "http/pairs.h"

#define MULTIPART_PARTS_MOST 100
#define MULTIPART_HEADERS_MOST ((size_t)4096)    /* bytes of one part's header lines */
#define MULTIPART_TEXT_MOST ((size_t)256 * 1024) /* bytes of one text field */

/* A file that came with a form. */
struct http_file {
    const char *field;      /* name of the form's field */
    const char *name;       /* as the sender called it, without folders; UTF-8; may be "" */
    const char *media_type; /* as the sender said: not to be believed */
    struct bytes content;   /* within the body */
};

struct http_files {
    struct http_file *items;
    size_t count;
};

/* Takes body apart; content_type is the request's header, with its boundary. Text fields go to
 * fields, files to files; a file field that was left empty yields nothing. The files' contents
 * point into body. ERR_INVALID where body is not well formed or a text field is not UTF-8,
 * ERR_TOO_LARGE over one of the limits above. */
enum err multipart_parse(struct arena *arena, const char *content_type, struct bytes body,
                         struct http_pairs *fields, struct http_files *files);

#endif
