/* A response, kept whole until the handler has returned. */
#ifndef PARAPHE_HTTP_RESPONSE_H
#define PARAPHE_HTTP_RESPONSE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"

#define HTTP_PAGE_MOST ((size_t)8 * 1024 * 1024) /* bytes of a rendered page */

struct http_response {
    struct arena *arena;
    unsigned status; /* 0 until something was answered */
    struct buf headers;
    struct buf cookies; /* kept when an error is answered instead */
    struct bytes body;
};

/* An empty response with the headers that all have: the content security policy and its kin. */
void http_response_begin(struct http_response *response, struct arena *arena);

/* Forgets what was answered, cookies excepted, so that an error can be answered instead. */
void http_response_clear(struct http_response *response);

/* For a page whose address opens something to whoever has it: nothing the page leads to learns of
 * that address. Call it before other headers are added. */
void http_response_keep_address(struct http_response *response);

/* Adds a header. ERR_INTERNAL where name is no token (RFC 9110 §5.6.2) or value has a byte
 * outside of visible ASCII, space and tab: nothing that a user typed becomes a header of its own.
 */
enum err http_response_header(struct http_response *response, const char *name, const char *value);

/* Sets a cookie for this host alone: Secure, HttpOnly, SameSite=Lax, Path=/ (the __Host- prefix of
 * RFC 6265bis §4.1.3). max_age in seconds; 0 takes the cookie away, -1 ends it with the browser. */
enum err http_response_cookie(struct http_response *response, const char *name, const char *value,
                              int max_age);

/* Content-Disposition with the name twice (RFC 6266 §4.3, RFC 8187): in ASCII for old programs, in
 * UTF-8 for the others. disposition is "attachment" or "inline". */
const char *http_content_disposition(struct arena *arena, const char *disposition,
                                     const char *name);

/* The bytes to send: status line of FastCGI (CGI, RFC 3875 §6.3.3), headers, empty line. The body
 * follows. */
struct bytes http_response_head(struct http_response *response);

/* The reason phrase of a status this platform uses. */
const char *http_reason(unsigned status);

#endif
