/* What views/followup.html and failed-mails.html show. */
#ifndef PARAPHE_PAGES_FOLLOWUP_VIEW_H
#define PARAPHE_PAGES_FOLLOWUP_VIEW_H

#include "pages/dashboard_view.h"
#include "view/page.h"

#define followup_row_FIELDS(X, S) \
    X(S, TEXT, url)               \
    X(S, TEXT, trainee)           \
    X(S, TEXT, placement)         \
    X(S, TEXT, placement_url)     \
    X(S, TEXT, host)              \
    X(S, TEXT, origin)            \
    X(S, TEXT, day)               \
    X(S, OBJECT, left, days_left) \
    X(S, FLAG, is_not_returned)   \
    X(S, FLAG, is_pending)        \
    X(S, FLAG, is_incomplete)     \
    X(S, FLAG, is_validated)
VIEW_STRUCT(followup_row);

/* lists, sides and sizes are the choices of the form's selects; week is the Monday of the week that
 * the list is about, JJ-MM-AAAA, and week_value as it stands in the address. */
#define followup_view_FIELDS(X, S)        \
    X(S, OBJECT, page, view_page)         \
    X(S, TEXT, list_action)               \
    X(S, LIST, lists, view_option)        \
    X(S, LIST, sides, view_option)        \
    X(S, LIST, sizes, view_option)        \
    X(S, TEXT, search)                    \
    X(S, TEXT, order)                     \
    X(S, TEXT, week)                      \
    X(S, TEXT, week_value)                \
    X(S, TEXT, all_weeks_url)             \
    X(S, FLAG, is_filtered)               \
    X(S, OBJECT, by_day, view_sort)       \
    X(S, OBJECT, by_name, view_sort)      \
    X(S, OBJECT, by_placement, view_sort) \
    X(S, OBJECT, by_host, view_sort)      \
    X(S, OBJECT, by_origin, view_sort)    \
    X(S, LIST, rows, followup_row)        \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(followup_view);

#define failed_mail_FIELDS(X, S) \
    X(S, TEXT, at)               \
    X(S, TEXT, about)            \
    X(S, TEXT, name)             \
    X(S, TEXT, to)               \
    X(S, TEXT, reason)           \
    X(S, TEXT, url)              \
    X(S, FLAG, is_own)
VIEW_STRUCT(failed_mail);

/* options is NULL for who cannot correct the establishment's address. */
#define failed_mails_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)      \
    VIEW_LIST_TOOLS(X, S)              \
    X(S, TEXT, options)                \
    X(S, OBJECT, by_day, view_sort)    \
    X(S, OBJECT, by_to, view_sort)     \
    X(S, LIST, rows, failed_mail)      \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(failed_mails_view);

#endif
