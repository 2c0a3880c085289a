/* What views/members.html, member.html and member-disable.html show. */
#ifndef PARAPHE_PAGES_MEMBERS_VIEW_H
#define PARAPHE_PAGES_MEMBERS_VIEW_H

#include "pages/account_events.h"
#include "pages/options_view.h"

/* An account, or an invitation (is_invited), which has no name and no sheet yet. until: when its
 * link ends; reason: why its mail was given up (is_failed), or is tried again. */
#define members_row_FIELDS(X, S) \
    X(S, TEXT, url)              \
    X(S, TEXT, name)             \
    X(S, TEXT, email)            \
    X(S, FLAG, is_admin)         \
    X(S, FLAG, is_self)          \
    X(S, FLAG, is_invited)       \
    X(S, FLAG, is_expired)       \
    X(S, FLAG, is_disabled)      \
    X(S, TEXT, until)            \
    X(S, TEXT, resend_action)    \
    X(S, FLAG, is_failed)        \
    X(S, TEXT, reason)           \
    X(S, TEXT, withdraw_action)
VIEW_STRUCT(members_row);

#define members_view_FIELDS(X, S)             \
    X(S, OBJECT, page, view_page)             \
    X(S, OBJECT, tabs, options_tabs)          \
    VIEW_LIST_TOOLS(X, S)                     \
    X(S, OBJECT, by_name, view_sort)          \
    X(S, OBJECT, by_email, view_sort)         \
    X(S, OBJECT, by_role, view_sort)          \
    X(S, LIST, rows, members_row)             \
    X(S, OBJECT, pagination, view_pagination) \
    X(S, TEXT, action)                        \
    X(S, OBJECT, email, view_form_field)      \
    X(S, OBJECT, role, view_form_field)
VIEW_STRUCT(members_view);

/* disabled_at is NULL for an active account; the actions are NULL where they are not to be done. */
#define member_view_FIELDS(X, S)         \
    X(S, OBJECT, page, view_page)        \
    X(S, OBJECT, tabs, options_tabs)     \
    X(S, TEXT, name)                     \
    X(S, TEXT, email)                    \
    X(S, TEXT, since)                    \
    X(S, TEXT, disabled_at)              \
    X(S, FLAG, is_admin)                 \
    X(S, FLAG, is_self)                  \
    X(S, TEXT, profile_url)              \
    X(S, TEXT, role_action)              \
    X(S, OBJECT, role, view_form_field)  \
    X(S, FLAG, has_factor)               \
    X(S, TEXT, factor_url)               \
    X(S, TEXT, disable_url)              \
    X(S, TEXT, disable_action)           \
    X(S, TEXT, enable_action)            \
    X(S, OBJECT, events, account_events) \
    X(S, TEXT, back)
VIEW_STRUCT(member_view);

#endif
