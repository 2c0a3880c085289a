/* What views/placements.html, placement.html and registration.html show. */
#ifndef PARAPHE_PAGES_PLACEMENT_VIEW_H
#define PARAPHE_PAGES_PLACEMENT_VIEW_H

#include "view/page.h"

#define placements_row_FIELDS(X, S) \
    X(S, TEXT, url)                 \
    X(S, TEXT, title)               \
    X(S, TEXT, course)              \
    X(S, TEXT, host)                \
    X(S, TEXT, day)                 \
    X(S, TEXT, hours)               \
    X(S, NUMBER, left)              \
    X(S, NUMBER, capacity)          \
    X(S, FLAG, is_full)             \
    X(S, FLAG, is_closed)           \
    X(S, FLAG, is_draft)            \
    X(S, FLAG, is_cancelled)        \
    X(S, FLAG, is_own)              \
    X(S, NUMBER, waiting)           \
    X(S, TEXT, wait_url)            \
    X(S, TEXT, register_url)
VIEW_STRUCT(placements_row);

#define placements_view_FIELDS(X, S)      \
    X(S, OBJECT, page, view_page)         \
    X(S, TEXT, new_url)                   \
    X(S, FLAG, is_filtered)               \
    X(S, OBJECT, whose, view_form_field)  \
    X(S, OBJECT, period, view_form_field) \
    X(S, OBJECT, state, view_form_field)  \
    X(S, OBJECT, places, view_form_field) \
    VIEW_LIST_TOOLS(X, S)                 \
    X(S, OBJECT, by_day, view_sort)       \
    X(S, OBJECT, by_title, view_sort)     \
    X(S, OBJECT, by_host, view_sort)      \
    X(S, LIST, rows, placements_row)      \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(placements_view);

/* Who is registered: all for the host, its own for an origin. */
#define placement_trainee_FIELDS(X, S) \
    X(S, TEXT, last_name)              \
    X(S, TEXT, first_name)             \
    X(S, TEXT, class_name)             \
    X(S, TEXT, origin)                 \
    X(S, FLAG, is_not_returned)        \
    X(S, FLAG, is_pending)             \
    X(S, FLAG, is_incomplete)          \
    X(S, FLAG, is_validated)           \
    X(S, TEXT, convention_url)         \
    X(S, TEXT, file_url)
VIEW_STRUCT(placement_trainee);

/* Who waits for a place: name and leave_url are for the trainee's own school alone. */
#define placement_waiter_FIELDS(X, S) \
    X(S, NUMBER, rank)                \
    X(S, TEXT, name)                  \
    X(S, TEXT, class_name)            \
    X(S, TEXT, origin)                \
    X(S, TEXT, since)                 \
    X(S, TEXT, leave_url)
VIEW_STRUCT(placement_waiter);

/* views/waiting-leaving.html */
#define waiting_leaving_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)         \
    X(S, TEXT, trainee)                   \
    X(S, TEXT, placement)                 \
    X(S, TEXT, action)                    \
    X(S, TEXT, back)
VIEW_STRUCT(waiting_leaving_view);

/* What the host may do with its placement: an address is NULL where the state forbids it. */
#define placement_tools_FIELDS(X, S) \
    X(S, TEXT, edit_url)             \
    X(S, TEXT, copy_url)             \
    X(S, TEXT, repeat_url)           \
    X(S, TEXT, attendance_url)       \
    X(S, TEXT, publish_action)       \
    X(S, TEXT, close_action)         \
    X(S, TEXT, cancel_url)           \
    X(S, TEXT, discard_url)
VIEW_STRUCT(placement_tools);

/* One of the flags of meals and one of those of transport is set. register_url is NULL where
 * nobody can be registered; then one of the flags after it may say why. tools is NULL but for the
 * host. */
#define placement_view_FIELDS(X, S)       \
    X(S, OBJECT, page, view_page)         \
    X(S, TEXT, host)                      \
    X(S, TEXT, course)                    \
    X(S, TEXT, days)                      \
    X(S, TEXT, hours)                     \
    X(S, TEXT, place)                     \
    X(S, TEXT, person)                    \
    X(S, TEXT, person_phone)              \
    X(S, FLAG, meals_canteen)             \
    X(S, FLAG, meals_packed)              \
    X(S, FLAG, meals_home)                \
    X(S, FLAG, transport_family)          \
    X(S, FLAG, transport_school)          \
    X(S, FLAG, transport_foot)            \
    X(S, HTML, description)               \
    X(S, NUMBER, left)                    \
    X(S, NUMBER, capacity)                \
    X(S, TEXT, closes_on)                 \
    X(S, TEXT, register_url)              \
    X(S, TEXT, group_url)                 \
    X(S, TEXT, wait_url)                  \
    X(S, NUMBER, waiting)                 \
    X(S, LIST, waiters, placement_waiter) \
    X(S, FLAG, is_full)                   \
    X(S, FLAG, is_past)                   \
    X(S, FLAG, is_closed)                 \
    X(S, FLAG, is_draft)                  \
    X(S, FLAG, is_cancelled)              \
    X(S, TEXT, cancel_reason)             \
    X(S, OBJECT, tools, placement_tools)  \
    X(S, LIST, trainees, placement_trainee)
VIEW_STRUCT(placement_view);

/* A convention not yet returned. */
#define trainee_open_FIELDS(X, S) \
    X(S, TEXT, placement)         \
    X(S, TEXT, host)              \
    X(S, TEXT, day)
VIEW_STRUCT(trainee_open);

/* One whom the school has already; url fills the form with the data. */
#define trainee_known_FIELDS(X, S) \
    X(S, TEXT, url)                \
    X(S, TEXT, name)               \
    X(S, TEXT, birth_day)          \
    X(S, TEXT, class_name)
VIEW_STRUCT(trainee_known);

/* views/registration.html, views/waiting.html, views/trainee-new.html, and views/trainee-edit.html
 * for a correction, which may replace the conventions that are open. known are those whom
 * known_search finds; known_are_more: and others. */
#define trainee_form_view_FIELDS(X, S)              \
    X(S, OBJECT, page, view_page)                   \
    X(S, TEXT, placement)                           \
    X(S, TEXT, host)                                \
    X(S, TEXT, days)                                \
    X(S, TEXT, action)                              \
    X(S, TEXT, back)                                \
    X(S, OBJECT, last_name, view_form_field)        \
    X(S, OBJECT, first_name, view_form_field)       \
    X(S, OBJECT, birth_day, view_form_field)        \
    X(S, OBJECT, class_name, view_form_field)       \
    X(S, OBJECT, guardian_name, view_form_field)    \
    X(S, OBJECT, guardian_email, view_form_field)   \
    X(S, OBJECT, guardian_phone, view_form_field)   \
    X(S, OBJECT, guardian_address, view_form_field) \
    X(S, FLAG, may_lack_guardian)                   \
    X(S, LIST, open, trainee_open)                  \
    X(S, FLAG, is_plural)                           \
    X(S, FLAG, keeps_papers)                        \
    X(S, TEXT, known_search)                        \
    X(S, LIST, known, trainee_known)                \
    X(S, FLAG, known_are_more)
VIEW_STRUCT(trainee_form_view);

/* views/trainee.html; remove_url is NULL for who is or was on a placement. */
#define trainee_convention_FIELDS(X, S) \
    X(S, TEXT, placement)               \
    X(S, TEXT, placement_url)           \
    X(S, TEXT, host)                    \
    X(S, TEXT, day)                     \
    X(S, FLAG, is_not_returned)         \
    X(S, FLAG, is_pending)              \
    X(S, FLAG, is_incomplete)           \
    X(S, FLAG, is_validated)            \
    X(S, FLAG, is_cancelled)            \
    X(S, TEXT, convention_url)          \
    X(S, TEXT, file_url)
VIEW_STRUCT(trainee_convention);

#define trainee_view_FIELDS(X, S)               \
    X(S, OBJECT, page, view_page)               \
    X(S, TEXT, birth_day)                       \
    X(S, TEXT, class_name)                      \
    X(S, TEXT, guardian_name)                   \
    X(S, TEXT, guardian_email)                  \
    X(S, TEXT, guardian_phone)                  \
    X(S, TEXT, guardian_address)                \
    X(S, FLAG, is_lacking)                      \
    X(S, TEXT, placements_url)                  \
    X(S, TEXT, edit_url)                        \
    X(S, TEXT, remove_url)                      \
    X(S, LIST, conventions, trainee_convention) \
    X(S, LIST, waiting, trainee_convention)
VIEW_STRUCT(trainee_view);

#endif
