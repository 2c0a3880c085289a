/* What views/trainees.html and trainee-removal.html show. */
#ifndef PARAPHE_PAGES_TRAINEE_VIEW_H
#define PARAPHE_PAGES_TRAINEE_VIEW_H

#include "view/page.h"

/* One trainee; the numbers are of conventions in each state. */
#define trainees_row_FIELDS(X, S) \
    X(S, TEXT, url)               \
    X(S, TEXT, last_name)         \
    X(S, TEXT, first_name)        \
    X(S, TEXT, class_name)        \
    X(S, TEXT, birth_day)         \
    X(S, TEXT, guardian)          \
    X(S, FLAG, is_lacking)        \
    X(S, NUMBER, not_returned)    \
    X(S, NUMBER, pending)         \
    X(S, NUMBER, validated)       \
    X(S, FLAG, are_not_returned)  \
    X(S, FLAG, are_validated)     \
    X(S, FLAG, has_none)
VIEW_STRUCT(trainees_row);

/* hidden carries the order; classes and states are the filters. is_filtered: the list may leave
 * some out. */
#define trainees_view_FIELDS(X, S)         \
    X(S, OBJECT, page, view_page)          \
    X(S, TEXT, list_action)                \
    X(S, LIST, hidden, view_hidden)        \
    X(S, LIST, sizes, view_option)         \
    X(S, LIST, classes, view_option)       \
    X(S, LIST, states, view_option)        \
    X(S, TEXT, search)                     \
    X(S, FLAG, is_filtered)                \
    X(S, TEXT, new_url)                    \
    X(S, TEXT, import_url)                 \
    X(S, TEXT, export_url)                 \
    X(S, OBJECT, by_name, view_sort)       \
    X(S, OBJECT, by_first_name, view_sort) \
    X(S, OBJECT, by_class, view_sort)      \
    X(S, OBJECT, by_birth, view_sort)      \
    X(S, LIST, rows, trainees_row)         \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(trainees_view);

#define trainee_removal_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)    \
    X(S, TEXT, name)                 \
    X(S, TEXT, birth_day)            \
    X(S, TEXT, class_name)           \
    X(S, TEXT, action)               \
    X(S, TEXT, back)
VIEW_STRUCT(trainee_removal);

#endif
