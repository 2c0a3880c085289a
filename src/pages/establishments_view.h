/* What the operator's views of establishments show: views/establishment*.html. */
#ifndef PARAPHE_PAGES_ESTABLISHMENTS_VIEW_H
#define PARAPHE_PAGES_ESTABLISHMENTS_VIEW_H

#include "pages/establishment_fields.h"

/* What becomes of a licence: one of the flags is set. day is its last, JJ-MM-AAAA. */
#define licence_state_FIELDS(X, S) \
    X(S, TEXT, day)                \
    X(S, FLAG, is_none)            \
    X(S, FLAG, is_ended)           \
    X(S, FLAG, is_soon)            \
    X(S, FLAG, is_good)
VIEW_STRUCT(licence_state);

#define establishments_row_FIELDS(X, S) \
    X(S, TEXT, url)                     \
    X(S, TEXT, uai)                     \
    X(S, TEXT, name)                    \
    X(S, TEXT, city)                    \
    X(S, TEXT, email)                   \
    X(S, NUMBER, accounts)              \
    X(S, OBJECT, licence, licence_state)
VIEW_STRUCT(establishments_row);

/* views/establishments.html; list_action, hidden and sizes as in every list. */
#define establishments_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)        \
    X(S, TEXT, new_url)                  \
    X(S, TEXT, import_url)               \
    X(S, OBJECT, all, view_tab)          \
    X(S, OBJECT, soon, view_tab)         \
    X(S, OBJECT, ended, view_tab)        \
    X(S, OBJECT, none, view_tab)         \
    X(S, OBJECT, empty, view_tab)        \
    VIEW_LIST_TOOLS(X, S)                \
    X(S, OBJECT, by_name, view_sort)     \
    X(S, OBJECT, by_uai, view_sort)      \
    X(S, OBJECT, by_city, view_sort)     \
    X(S, OBJECT, by_licence, view_sort)  \
    X(S, LIST, rows, establishments_row) \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(establishments_view);

/* author is NULL for what the command line did. */
#define establishment_licence_FIELDS(X, S) \
    X(S, TEXT, starts_on)                  \
    X(S, TEXT, ends_on)                    \
    X(S, TEXT, added_at)                   \
    X(S, TEXT, author)                     \
    X(S, TEXT, told_at)                    \
    X(S, FLAG, is_current)                 \
    X(S, FLAG, is_to_come)
VIEW_STRUCT(establishment_licence);

#define establishment_account_FIELDS(X, S) \
    X(S, TEXT, url)                        \
    X(S, TEXT, name)                       \
    X(S, TEXT, email)                      \
    X(S, FLAG, is_admin)                   \
    X(S, FLAG, is_disabled)
VIEW_STRUCT(establishment_account);

/* views/establishment.html, the sheet. */
#define establishment_view_FIELDS(X, S)         \
    X(S, OBJECT, page, view_page)               \
    X(S, TEXT, back)                            \
    X(S, TEXT, invite_url)                      \
    X(S, TEXT, history_url)                     \
    X(S, TEXT, edit_url)                        \
    X(S, TEXT, uai)                             \
    X(S, TEXT, address)                         \
    X(S, TEXT, postal_code)                     \
    X(S, TEXT, city)                            \
    X(S, TEXT, phone)                           \
    X(S, TEXT, email)                           \
    X(S, TEXT, head_name)                       \
    X(S, TEXT, head_title)                      \
    X(S, TEXT, board_day)                       \
    X(S, TEXT, created_at)                      \
    X(S, NUMBER, placements)                    \
    X(S, NUMBER, trainees)                      \
    X(S, NUMBER, as_host)                       \
    X(S, NUMBER, as_origin)                     \
    X(S, NUMBER, mails_failed)                  \
    X(S, OBJECT, licence, licence_state)        \
    X(S, LIST, licences, establishment_licence) \
    X(S, LIST, accounts, establishment_account) \
    X(S, TEXT, licence_action)                  \
    X(S, OBJECT, starts_on, view_form_field)    \
    X(S, OBJECT, ends_on, view_form_field)
VIEW_STRUCT(establishment_view);

/* views/establishment-form.html: creating (is_new) and correcting. */
#define establishment_form_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)            \
    X(S, FLAG, is_new)                       \
    X(S, TEXT, action)                       \
    X(S, TEXT, back)                         \
    X(S, OBJECT, fields, establishment_fields)
VIEW_STRUCT(establishment_form_view);

#endif
