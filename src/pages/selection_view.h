/* What views show of the rows that are ticked in a list (pages/selection.h). */
#ifndef PARAPHE_PAGES_SELECTION_VIEW_H
#define PARAPHE_PAGES_SELECTION_VIEW_H

#include "view/page.h"

/* kept: of other pages, as "retenus" has it; elsewhere counts them. all_url selects all_total of
 * the list; all_is_part: there are more; all_is_shown: this page has all of them. clear_url is NULL
 * where nothing is ticked. lead is where a page's number is sent to. */
#define selection_view_FIELDS(X, S) \
    X(S, TEXT, kept)                \
    X(S, NUMBER, elsewhere)         \
    X(S, TEXT, all_url)             \
    X(S, NUMBER, all_total)         \
    X(S, FLAG, all_is_part)         \
    X(S, FLAG, all_is_shown)        \
    X(S, TEXT, clear_url)           \
    X(S, TEXT, lead)
VIEW_STRUCT(selection_view);

#endif
