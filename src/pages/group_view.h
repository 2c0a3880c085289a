/* What views/group.html shows. */
#ifndef PARAPHE_PAGES_GROUP_VIEW_H
#define PARAPHE_PAGES_GROUP_VIEW_H

#include "view/page.h"

/* A trainee of the class. One that cannot be chosen has convention_url (registered already) or
 * is_lacking; refusal is why the whole group was not registered. */
#define group_row_FIELDS(X, S) \
    X(S, TEXT, id)             \
    X(S, TEXT, url)            \
    X(S, TEXT, last_name)      \
    X(S, TEXT, first_name)     \
    X(S, TEXT, birth_day)      \
    X(S, TEXT, guardian)       \
    X(S, TEXT, convention_url) \
    X(S, FLAG, is_lacking)     \
    X(S, FLAG, may_be_chosen)  \
    X(S, FLAG, is_chosen)      \
    X(S, TEXT, refusal)
VIEW_STRUCT(group_row);

/* class_name is NULL until a class is chosen. all_url: the same page with all chosen. */
#define group_view_FIELDS(X, S)      \
    X(S, OBJECT, page, view_page)    \
    X(S, TEXT, placement)            \
    X(S, TEXT, host)                 \
    X(S, TEXT, days)                 \
    X(S, NUMBER, left)               \
    X(S, NUMBER, capacity)           \
    X(S, FLAG, are_left)             \
    X(S, TEXT, list_action)          \
    X(S, LIST, classes, view_option) \
    X(S, TEXT, class_name)           \
    X(S, TEXT, action)               \
    X(S, TEXT, all_url)              \
    X(S, LIST, rows, group_row)      \
    X(S, FLAG, may_choose)           \
    X(S, TEXT, import_url)           \
    X(S, TEXT, back)
VIEW_STRUCT(group_view);

#endif
