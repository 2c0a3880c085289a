/* What the operator's views of accounts show: views/accounts.html, account*.html. */
#ifndef PARAPHE_PAGES_ACCOUNTS_VIEW_H
#define PARAPHE_PAGES_ACCOUNTS_VIEW_H

#include "pages/account_events.h"

/* An account; or, in the tab of invitations, one that is invited: then there are actions, and no
 * name and address. came is NULL for who never signed in; reason says why the mail of an invitation
 * was given up (is_failed), or is tried again. */
#define accounts_row_FIELDS(X, S) \
    X(S, TEXT, url)               \
    X(S, TEXT, name)              \
    X(S, TEXT, email)             \
    X(S, TEXT, establishment)     \
    X(S, TEXT, establishment_url) \
    X(S, FLAG, is_operator)       \
    X(S, FLAG, is_admin)          \
    X(S, FLAG, is_disabled)       \
    X(S, FLAG, is_expired)        \
    X(S, FLAG, is_self)           \
    X(S, TEXT, came)              \
    X(S, TEXT, sent)              \
    X(S, TEXT, until)             \
    X(S, TEXT, resend_action)     \
    X(S, FLAG, is_failed)         \
    X(S, TEXT, reason)            \
    X(S, TEXT, withdraw_action)
VIEW_STRUCT(accounts_row);

/* views/accounts.html */
#define accounts_view_FIELDS(X, S)            \
    X(S, OBJECT, page, view_page)             \
    X(S, TEXT, invite_url)                    \
    X(S, OBJECT, all, view_tab)               \
    X(S, OBJECT, operators, view_tab)         \
    X(S, OBJECT, admins, view_tab)            \
    X(S, OBJECT, members, view_tab)           \
    X(S, OBJECT, never, view_tab)             \
    X(S, OBJECT, disabled, view_tab)          \
    X(S, OBJECT, invited, view_tab)           \
    X(S, FLAG, in_invited)                    \
    VIEW_LIST_TOOLS(X, S)                     \
    X(S, OBJECT, by_name, view_sort)          \
    X(S, OBJECT, by_email, view_sort)         \
    X(S, OBJECT, by_establishment, view_sort) \
    X(S, OBJECT, by_came, view_sort)          \
    X(S, LIST, rows, accounts_row)            \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(accounts_view);

/* views/account.html; account-disable.html and account-factor.html, which ask whether it is meant.
 */
#define account_sheet_view_FIELDS(X, S)  \
    X(S, OBJECT, page, view_page)        \
    X(S, OBJECT, row, accounts_row)      \
    X(S, TEXT, since)                    \
    X(S, TEXT, disabled_at)              \
    X(S, NUMBER, sessions)               \
    X(S, TEXT, place_action)             \
    X(S, OBJECT, role, view_form_field)  \
    X(S, OBJECT, uai, view_form_field)   \
    X(S, OBJECT, events, account_events) \
    X(S, TEXT, sign_out_action)          \
    X(S, FLAG, has_factor)               \
    X(S, TEXT, factor_url)               \
    X(S, TEXT, disable_url)              \
    X(S, TEXT, disable_action)           \
    X(S, TEXT, enable_action)            \
    X(S, TEXT, profile_url)              \
    X(S, TEXT, back)
VIEW_STRUCT(account_sheet_view);

/* views/account-invite.html */
#define account_invite_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)        \
    X(S, TEXT, action)                   \
    X(S, TEXT, back)                     \
    X(S, OBJECT, email, view_form_field) \
    X(S, OBJECT, role, view_form_field)  \
    X(S, OBJECT, uai, view_form_field)
VIEW_STRUCT(account_invite_view);

#endif
