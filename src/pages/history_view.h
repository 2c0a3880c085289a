/* What views/history*.html show: the history across all establishments, and the check of it. */
#ifndef PARAPHE_PAGES_HISTORY_VIEW_H
#define PARAPHE_PAGES_HISTORY_VIEW_H

#include "view/page.h"

/* One event; of the trainee nothing. */
#define history_row_FIELDS(X, S) \
    X(S, TEXT, at)               \
    X(S, TEXT, event)            \
    X(S, NUMBER, convention)     \
    X(S, TEXT, convention_url)   \
    X(S, NUMBER, sequence)       \
    X(S, TEXT, title)            \
    X(S, TEXT, day)              \
    X(S, TEXT, host)             \
    X(S, TEXT, host_url)         \
    X(S, TEXT, origin)           \
    X(S, TEXT, origin_url)       \
    X(S, TEXT, actor)            \
    X(S, TEXT, actor_of)         \
    X(S, TEXT, address)
VIEW_STRUCT(history_row);

/* How far the last check has come; until is NULL while it is under way. */
#define history_check_view_FIELDS(X, S) \
    X(S, TEXT, since)                   \
    X(S, TEXT, until)                   \
    X(S, TEXT, account)                 \
    X(S, NUMBER, checked_to)            \
    X(S, NUMBER, conventions)           \
    X(S, NUMBER, total)                 \
    X(S, NUMBER, events)                \
    X(S, NUMBER, broken)                \
    X(S, FLAG, is_plural)
VIEW_STRUCT(history_check_view);

/* views/history.html; is_filtered where anything was asked for. */
#define history_view_FIELDS(X, S)             \
    X(S, OBJECT, page, view_page)             \
    X(S, OBJECT, check, history_check_view)   \
    X(S, TEXT, check_url)                     \
    X(S, TEXT, list_action)                   \
    X(S, LIST, hidden, view_hidden)           \
    X(S, LIST, sizes, view_option)            \
    X(S, OBJECT, from, view_form_field)       \
    X(S, OBJECT, until, view_form_field)      \
    X(S, OBJECT, event, view_form_field)      \
    X(S, OBJECT, school, view_form_field)     \
    X(S, OBJECT, actor, view_form_field)      \
    X(S, OBJECT, convention, view_form_field) \
    X(S, FLAG, is_filtered)                   \
    X(S, OBJECT, by_time, view_sort)          \
    X(S, LIST, rows, history_row)             \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(history_view);

/* The first row of a convention's history that does not hold. event and at are of the row that
 * stands there now, NULL where there is none. One flag is set. */
#define history_fault_row_FIELDS(X, S) \
    X(S, NUMBER, convention)           \
    X(S, TEXT, convention_url)         \
    X(S, NUMBER, sequence)             \
    X(S, TEXT, event)                  \
    X(S, TEXT, at)                     \
    X(S, TEXT, host)                   \
    X(S, TEXT, origin)                 \
    X(S, FLAG, is_changed)             \
    X(S, FLAG, is_missing)             \
    X(S, FLAG, is_added)               \
    X(S, FLAG, is_end)
VIEW_STRUCT(history_fault_row);

/* views/history-check.html; check is NULL where there was never one. */
#define history_check_page_FIELDS(X, S)     \
    X(S, OBJECT, page, view_page)           \
    X(S, OBJECT, check, history_check_view) \
    X(S, LIST, faults, history_fault_row)   \
    X(S, FLAG, has_more)                    \
    X(S, TEXT, go_on)                       \
    X(S, TEXT, restart)                     \
    X(S, TEXT, back)
VIEW_STRUCT(history_check_page);

#endif
