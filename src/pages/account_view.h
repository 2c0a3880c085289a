/* What the pages show on which people come to an account, or come back to it. */
#ifndef PARAPHE_PAGES_ACCOUNT_VIEW_H
#define PARAPHE_PAGES_ACCOUNT_VIEW_H

#include "view/page.h"

/* views/invitation.html */
#define invitation_view_FIELDS(X, S)        \
    X(S, OBJECT, page, view_page)           \
    X(S, TEXT, action)                      \
    X(S, TEXT, token)                       \
    X(S, TEXT, email)                       \
    X(S, TEXT, establishment)               \
    X(S, FLAG, is_admin)                    \
    X(S, OBJECT, name, view_form_field)     \
    X(S, OBJECT, password, view_form_field) \
    X(S, OBJECT, password_again, view_form_field)
VIEW_STRUCT(invitation_view);

/* views/password-forgotten.html */
#define password_forgotten_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)            \
    X(S, TEXT, action)                       \
    X(S, OBJECT, email, view_form_field)     \
    X(S, TEXT, back)
VIEW_STRUCT(password_forgotten_view);

/* views/password-choice.html */
#define password_choice_view_FIELDS(X, S)   \
    X(S, OBJECT, page, view_page)           \
    X(S, TEXT, action)                      \
    X(S, TEXT, token)                       \
    X(S, TEXT, email)                       \
    X(S, OBJECT, password, view_form_field) \
    X(S, OBJECT, password_again, view_form_field)
VIEW_STRUCT(password_choice_view);

/* views/address.html; other is the address that is to confirm as well. */
#define address_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page) \
    X(S, TEXT, action)            \
    X(S, TEXT, token)             \
    X(S, TEXT, email)             \
    X(S, TEXT, new_email)         \
    X(S, FLAG, is_confirmed)      \
    X(S, TEXT, other)
VIEW_STRUCT(address_view);

/* views/sign-in-code.html */
#define sign_in_code_view_FIELDS(X, S)  \
    X(S, OBJECT, page, view_page)       \
    X(S, TEXT, action)                  \
    X(S, TEXT, return_to)               \
    X(S, OBJECT, code, view_form_field) \
    X(S, TEXT, back)
VIEW_STRUCT(sign_in_code_view);

#endif
