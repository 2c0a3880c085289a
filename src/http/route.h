/* Routes: which handler answers to which method and path, and who may call it.
 *
 * The rows stand in src/pages/routes.def, `ROUTE(name, method, path, guard, handler)`; from them
 * come the enum, the prototypes, the table and the addresses (src/pages/routes.h). A path is
 * written once. It may have the parts {id}, a number of the database, and {token}, text. */
#ifndef PARAPHE_HTTP_ROUTE_H
#define PARAPHE_HTTP_ROUTE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "http/request.h"
#include "http/session.h"

struct exchange;

/* Who may call. There is no row without a guard. */
enum http_guard {
    HTTP_PUBLIC,    /* everybody */
    HTTP_SIGNED_IN, /* every account */
    HTTP_MEMBER,    /* an admin or member of an establishment */
    HTTP_ADMIN,     /* an establishment's admin */
    HTTP_OPERATOR   /* an operator of the platform */
};

struct http_route {
    const char *name;
    enum http_method method; /* HTTP_GET answers HEAD too; HTTP_POST implies the CSRF check */
    const char *path;
    enum http_guard guard;
    enum err (*handler)(struct exchange *x);
};

/* Finds the route of the request and fills the request's arguments. ERR_NOT_FOUND where no path
 * fits. Where the path fits but not the method, *route is NULL and *allow the value of the header
 * Allow ("GET, HEAD, POST"). */
enum err http_route_find(struct arena *arena, const struct http_route *routes, size_t count,
                         struct http_request *request, const struct http_route **route,
                         const char **allow);

/* ERR_SIGNED_OUT, ERR_FORBIDDEN or ERR_OK; session is NULL where nobody is signed in. */
enum err http_guard_check(enum http_guard guard, const struct http_session *session);

/* The path of routes[numbers[0]], with numbers[1] … in the place of its {id}s. The count must be
 * right (aborts otherwise: a mistake of the program). Use page_url (pages/routes.h). */
const char *http_url(struct arena *arena, const struct http_route *routes, const uint64_t *numbers,
                     size_t count);

/* Percent-encodes text as a value of a query or a part of a path (RFC 3986 §2.3: all but
 * unreserved characters). */
const char *http_url_encode(struct arena *arena, const char *text);

#endif
