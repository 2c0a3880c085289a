/* What views/placement-form.html, placement-end.html and placement-repeat.html show. */
#ifndef PARAPHE_PAGES_PLACEMENT_FORM_VIEW_H
#define PARAPHE_PAGES_PLACEMENT_FORM_VIEW_H

#include "view/page.h"

/* views/placement-form.html: a new placement (is_new), one made from another (is_copy too), or one
 * that is changed. preview is what the description typed looks like. not_returned: conventions that
 * could be made anew; registered: trainees. */
#define placement_form_view_FIELDS(X, S)        \
    X(S, OBJECT, page, view_page)               \
    X(S, FLAG, is_new)                          \
    X(S, FLAG, is_copy)                         \
    X(S, TEXT, action)                          \
    X(S, TEXT, preview_action)                  \
    X(S, TEXT, back)                            \
    X(S, OBJECT, title, view_form_field)        \
    X(S, OBJECT, course, view_form_field)       \
    X(S, OBJECT, description, view_form_field)  \
    X(S, HTML, preview)                         \
    X(S, OBJECT, first_day, view_form_field)    \
    X(S, OBJECT, last_day, view_form_field)     \
    X(S, OBJECT, starts_at, view_form_field)    \
    X(S, OBJECT, ends_at, view_form_field)      \
    X(S, OBJECT, place, view_form_field)        \
    X(S, OBJECT, person_name, view_form_field)  \
    X(S, OBJECT, person_phone, view_form_field) \
    X(S, OBJECT, meals, view_form_field)        \
    X(S, OBJECT, transport, view_form_field)    \
    X(S, OBJECT, capacity, view_form_field)     \
    X(S, OBJECT, closes_on, view_form_field)    \
    X(S, NUMBER, registered)                    \
    X(S, NUMBER, not_returned)                  \
    X(S, FLAG, are_several)                     \
    X(S, FLAG, reissue)
VIEW_STRUCT(placement_form_view);

/* views/placement-end.html: a placement is cancelled, or a draft discarded. */
#define placement_end_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)       \
    X(S, FLAG, cancels)                 \
    X(S, TEXT, title)                   \
    X(S, TEXT, days)                    \
    X(S, NUMBER, registered)            \
    X(S, NUMBER, waiting)               \
    X(S, TEXT, action)                  \
    X(S, TEXT, back)                    \
    X(S, OBJECT, reason, view_form_field)
VIEW_STRUCT(placement_end_view);

/* views/placement-repeat.html: the days to choose from. feast and holiday: the public holiday, and
 * the school holidays, that it falls on; NULL for none. */
#define placement_repeat_day_FIELDS(X, S) \
    X(S, TEXT, value)                     \
    X(S, TEXT, label)                     \
    X(S, TEXT, feast)                     \
    X(S, TEXT, holiday)                   \
    X(S, FLAG, is_ticked)                 \
    X(S, FLAG, is_offered)
VIEW_STRUCT(placement_repeat_day);

#define placement_repeat_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)          \
    X(S, TEXT, title)                      \
    X(S, TEXT, days_now)                   \
    X(S, TEXT, list_action)                \
    X(S, OBJECT, until, view_form_field)   \
    X(S, TEXT, action)                     \
    X(S, TEXT, back)                       \
    X(S, LIST, days, placement_repeat_day)
VIEW_STRUCT(placement_repeat_view);

#endif
