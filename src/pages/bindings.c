#include "pages/bindings.h"

#include "pages/conventions_view.h"

const struct view_binding page_bindings[] = {
    {"conventions.html", &conventions_view_type},
    {NULL, NULL},
};
