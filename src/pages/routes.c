#include "pages/routes.h"

const struct http_route page_routes[page_count] = {
#define ROUTE(name, method, path, guard, handler) \
    {#name, HTTP_##method, path, HTTP_##guard, handler},
#include "pages/routes.def"
#undef ROUTE
};
