/* The pages and their addresses, made from routes.def.
 *
 *     http_redirect(x, page_url(x->arena, at_convention, id)) */
#ifndef PARAPHE_PAGES_ROUTES_H
#define PARAPHE_PAGES_ROUTES_H

#include "http/http.h"

enum page {
#define ROUTE(name, method, path, guard, handler) at_##name,
#include "pages/routes.def"
#undef ROUTE
    page_count
};

#define ROUTE(name, method, path, guard, handler) enum err handler(struct exchange *x);
#include "pages/routes.def"
#undef ROUTE

extern const struct http_route page_routes[page_count];

/* page_url(arena, at_name, id…): the path with the ids in their places. */
#define page_url(arena, ...)                                        \
    http_url((arena), page_routes, (const uint64_t[]){__VA_ARGS__}, \
             sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t))

#endif
