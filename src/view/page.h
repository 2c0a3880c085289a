/* What every page shows around its content (views/layout.html), and the views that have no page
 * of their own: form fields, sign-in, errors.
 *
 * A page's struct has a field `X(S, OBJECT, page, view_page)`; its view begins with
 * `{{<layout}}{{$content}}` and ends with `{{/content}}{{/layout}}`. Titles that never vary stand
 * in the view as `{{$title}}…{{/title}}` and `{{$lead}}…{{/lead}}`, the others in page.title. */
#ifndef PARAPHE_VIEW_PAGE_H
#define PARAPHE_VIEW_PAGE_H

#include "view/type.h"
#include "view/view.h"

/* Addresses of the menu's entries; an entry without an address is not shown. The flag tells which
 * one is open. */
#define view_menu_FIELDS(X, S) \
    X(S, TEXT, home)           \
    X(S, TEXT, calendar)       \
    X(S, TEXT, placements)     \
    X(S, TEXT, trainees)       \
    X(S, TEXT, conventions)    \
    X(S, TEXT, options)        \
    X(S, TEXT, schools)        \
    X(S, TEXT, contacts)       \
    X(S, TEXT, accounts)       \
    X(S, TEXT, mails)          \
    X(S, FLAG, in_home)        \
    X(S, TEXT, history)        \
    X(S, TEXT, own_account)    \
    X(S, TEXT, help)           \
    X(S, FLAG, in_help)        \
    X(S, FLAG, in_calendar)    \
    X(S, FLAG, in_placements)  \
    X(S, FLAG, in_trainees)    \
    X(S, FLAG, in_conventions) \
    X(S, FLAG, in_options)     \
    X(S, FLAG, in_schools)     \
    X(S, FLAG, in_history)     \
    X(S, FLAG, in_contacts)    \
    X(S, FLAG, in_accounts)    \
    X(S, FLAG, in_mails)
VIEW_STRUCT(view_menu);

/* Who is signed in. */
#define view_account_FIELDS(X, S) \
    X(S, TEXT, name)              \
    X(S, TEXT, establishment)     \
    X(S, TEXT, sign_out)          \
    X(S, FLAG, is_operator)       \
    X(S, FLAG, is_admin)          \
    X(S, FLAG, is_member)
VIEW_STRUCT(view_account);

/* The licence's banner; day is JJ-MM-AAAA. Shown to all once it has ended, before that to admins
 * alone (domain.md): the page leaves it out where it is not due. */
#define view_licence_FIELDS(X, S) \
    X(S, FLAG, has_ended)         \
    X(S, TEXT, day)
VIEW_STRUCT(view_licence);

/* One sentence above the content: what came of the last action. kind is "success", "warning",
 * "danger" or "info". */
#define view_notice_FIELDS(X, S) \
    X(S, TEXT, kind)             \
    X(S, TEXT, text)
VIEW_STRUCT(view_notice);

/* What is wrong in a form: the field's id, what it is called, and the sentence. field is NULL for
 * what concerns the form as a whole; label may be NULL. */
#define view_form_error_FIELDS(X, S) \
    X(S, TEXT, field)                \
    X(S, TEXT, label)                \
    X(S, TEXT, sentence)
VIEW_STRUCT(view_form_error);

#define view_page_FIELDS(X, S)          \
    X(S, TEXT, title)                   \
    X(S, TEXT, lead)                    \
    X(S, TEXT, base_url)                \
    X(S, TEXT, csrf)                    \
    X(S, OBJECT, menu, view_menu)       \
    X(S, OBJECT, account, view_account) \
    X(S, OBJECT, licence, view_licence) \
    X(S, OBJECT, notice, view_notice)   \
    X(S, TEXT, help_here)               \
    X(S, LIST, errors, view_form_error)
VIEW_STRUCT(view_page);

/* One choice of a select. */
#define view_option_FIELDS(X, S) \
    X(S, TEXT, value)            \
    X(S, TEXT, label)            \
    X(S, FLAG, selected)
VIEW_STRUCT(view_option);

/* A form's field: id is its name and its element's id. Label, hint and attributes stand in the
 * view:
 *     {{#email}}{{<partial/field}}{{$label}}Adresse électronique{{/label}}
 *     {{$attributes}}type="email" required{{/attributes}}{{/partial/field}}{{/email}}
 * partial/textarea takes the same, partial/select shows the options. */
#define view_form_field_FIELDS(X, S) \
    X(S, TEXT, id)                   \
    X(S, TEXT, value)                \
    X(S, TEXT, error)                \
    X(S, LIST, options, view_option)
VIEW_STRUCT(view_form_field);

/* A list's pages: « Affichage de l'élément first à last sur total éléments », Précédent, numbers,
 * Suivant. previous and next are NULL at the ends. */
#define view_page_number_FIELDS(X, S) \
    X(S, NUMBER, number)              \
    X(S, TEXT, url)                   \
    X(S, FLAG, is_open)               \
    X(S, FLAG, is_gap)
VIEW_STRUCT(view_page_number);

#define view_pagination_FIELDS(X, S) \
    X(S, NUMBER, first)              \
    X(S, NUMBER, last)               \
    X(S, NUMBER, total)              \
    X(S, FLAG, is_plural)            \
    X(S, TEXT, previous)             \
    X(S, TEXT, next)                 \
    X(S, LIST, numbers, view_page_number)
VIEW_STRUCT(view_pagination);

/* A column's heading that sorts: url orders by it, or turns the order round where it is in
 * force. */
#define view_sort_FIELDS(X, S) \
    X(S, TEXT, url)            \
    X(S, FLAG, ascending)      \
    X(S, FLAG, descending)
VIEW_STRUCT(view_sort);

/* A tab over a list, with how many rows it has; the view has its name. */
#define view_tab_FIELDS(X, S) \
    X(S, TEXT, url)           \
    X(S, NUMBER, total)       \
    X(S, FLAG, is_open)
VIEW_STRUCT(view_tab);

/* A text in a list of texts. */
#define view_text_FIELDS(X, S) X(S, TEXT, text)
VIEW_STRUCT(view_text);

/* A hidden field, to carry a parameter through a form. */
#define view_hidden_FIELDS(X, S) \
    X(S, TEXT, name)             \
    X(S, TEXT, value)
VIEW_STRUCT(view_hidden);

/* What the view of a list has for views/partial/list-tools.html. */
#define VIEW_LIST_TOOLS(X, S)       \
    X(S, TEXT, list_action)         \
    X(S, LIST, hidden, view_hidden) \
    X(S, LIST, sizes, view_option)  \
    X(S, TEXT, search)

/* views/sign-in.html */
#define view_sign_in_FIELDS(X, S)        \
    X(S, OBJECT, page, view_page)        \
    X(S, TEXT, action)                   \
    X(S, TEXT, return_to)                \
    X(S, TEXT, forgotten)                \
    X(S, OBJECT, email, view_form_field) \
    X(S, OBJECT, password, view_form_field)
VIEW_STRUCT(view_sign_in);

/* views/error.html: sentence says what happened, why and what to do; may_retry for what passes by
 * itself (503, 429). request_id is for whoever helps, and in the log. */
#define view_error_FIELDS(X, S)   \
    X(S, OBJECT, page, view_page) \
    X(S, NUMBER, status)          \
    X(S, TEXT, sentence)          \
    X(S, FLAG, may_retry)         \
    X(S, TEXT, home)              \
    X(S, TEXT, request_id)
VIEW_STRUCT(view_error);

/* The two of them, for views_load. */
extern const struct view_binding view_page_bindings[];

#endif
