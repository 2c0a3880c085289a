/* Which struct each page's view shows, for views_load at the start (view/view.h). */
#ifndef PARAPHE_PAGES_BINDINGS_H
#define PARAPHE_PAGES_BINDINGS_H

#include "view/view.h"

/* Those of view/page.h have a table of their own. */
extern const struct view_binding page_bindings[];

#endif
