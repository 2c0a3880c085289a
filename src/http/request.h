/* A request, as the web server hands it over (FastCGI parameters and body), checked and decoded. */
#ifndef PARAPHE_HTTP_REQUEST_H
#define PARAPHE_HTTP_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "http/multipart.h"
#include "http/pairs.h"

#define HTTP_FILE_MOST ((size_t)20 * 1024 * 1024)    /* bytes of one file */
#define HTTP_REQUEST_MOST ((size_t)24 * 1024 * 1024) /* bytes of a whole body */
#define HTTP_TEXT_BODY_MOST ((size_t)1024 * 1024)    /* bytes of a body without files */
#define HTTP_ADDRESS_MOST ((size_t)4096)             /* bytes of path and query */
#define HTTP_AGENT_MOST 300                          /* characters of the browser's name */
#define HTTP_ARGUMENTS_MOST 4

enum http_method { HTTP_GET, HTTP_POST, HTTP_OTHER };

/* What stood in the path for {id} or {token}. */
struct http_argument {
    uint64_t number;
    const char *text;
};

struct http_request {
    enum http_method method; /* HEAD counts as GET */
    bool head;
    const char *address; /* path and query as they came, for coming back after the sign-in */
    const char *path;    /* decoded */
    struct http_pairs query;
    struct http_pairs cookies;
    const char *host;       /* header Host, "" if none */
    const char *origin;     /* header Origin, "" if none */
    const char *fetch_site; /* header Sec-Fetch-Site, "" if none */
    const char *agent;      /* header User-Agent, visible ASCII of it, "" if none */
    const char *remote;     /* the client's IP address, in its canonical form; "" if unknown */
    const char *content_type;
    uint64_t content_length;

    struct http_argument arguments[HTTP_ARGUMENTS_MOST]; /* filled by the route */

    struct http_pairs fields; /* of the body, read once the guard has let the request pass */
    struct http_files files;
};

/* One FastCGI parameter by its name ("REQUEST_METHOD"); NULL where there is none. */
typedef const char *http_parameter(const void *from, const char *name);

/* Reads up to size bytes of the body; fewer at its end. */
typedef size_t http_body_source(void *from, void *place, size_t size);

/* Fills request from the parameters REQUEST_METHOD, REQUEST_URI, REMOTE_ADDR, CONTENT_TYPE,
 * CONTENT_LENGTH, HTTP_COOKIE, HTTP_HOST, HTTP_ORIGIN, HTTP_SEC_FETCH_SITE and HTTP_USER_AGENT.
 * ERR_INVALID where the address is not UTF-8, ERR_TOO_LARGE where it is too long. */
enum err http_request_read(struct arena *arena, http_parameter *parameter, const void *from,
                           struct http_request *request);

/* Reads the body and takes it apart into fields and files. ERR_TOO_LARGE for more than
 * HTTP_REQUEST_MOST bytes, ERR_INVALID for a body that is cut short, malformed, or no form. */
enum err http_request_read_body(struct arena *arena, http_body_source *source, void *from,
                                struct http_request *request);

/* The body's text field or file of that name, or NULL. */
const char *http_field(const struct http_request *request, const char *name);
const struct http_file *http_file(const struct http_request *request, const char *name);

#endif
