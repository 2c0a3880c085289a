/* What the views of letters to contacts show: views/letter*.html. */
#ifndef PARAPHE_PAGES_LETTER_VIEW_H
#define PARAPHE_PAGES_LETTER_VIEW_H

#include "view/page.h"

/* One place to write to. value is the check box's; none where there is no address (email NULL). */
#define letter_choice_FIELDS(X, S) \
    X(S, TEXT, value)              \
    X(S, TEXT, contact)            \
    X(S, TEXT, name)               \
    X(S, TEXT, job)                \
    X(S, TEXT, email)              \
    X(S, FLAG, is_person)          \
    X(S, FLAG, is_checked)
VIEW_STRUCT(letter_choice);

/* views/letter-write.html. contacts are the ids of all that were chosen, as the hidden field
 * carries them; error is what is wrong with the recipients. */
#define letter_write_view_FIELDS(X, S)     \
    X(S, OBJECT, page, view_page)          \
    X(S, TEXT, action)                     \
    X(S, TEXT, back)                       \
    X(S, TEXT, contacts)                   \
    X(S, TEXT, token)                      \
    X(S, NUMBER, left)                     \
    X(S, TEXT, error)                      \
    X(S, LIST, choices, letter_choice)     \
    X(S, OBJECT, subject, view_form_field) \
    X(S, OBJECT, text, view_form_field)
VIEW_STRUCT(letter_write_view);

/* views/letter-preview.html. html is the letter's Markdown, as_text the whole text part. */
#define letter_preview_view_FIELDS(X, S)  \
    X(S, OBJECT, page, view_page)         \
    X(S, TEXT, action)                    \
    X(S, TEXT, contacts)                  \
    X(S, TEXT, token)                     \
    X(S, LIST, recipients, letter_choice) \
    X(S, FLAG, are_several)               \
    X(S, TEXT, sender)                    \
    X(S, TEXT, author)                    \
    X(S, TEXT, reply_address)             \
    X(S, TEXT, subject)                   \
    X(S, TEXT, text)                      \
    X(S, HTML, html)                      \
    X(S, TEXT, as_text)
VIEW_STRUCT(letter_preview_view);

/* How a message fares; one flag is set. */
#define letter_delivery_FIELDS(X, S) \
    X(S, TEXT, url)                  \
    X(S, TEXT, subject)              \
    X(S, TEXT, author)               \
    X(S, TEXT, at)                   \
    X(S, TEXT, name)                 \
    X(S, TEXT, address)              \
    X(S, FLAG, is_waiting)           \
    X(S, FLAG, is_sent)              \
    X(S, FLAG, is_failed)            \
    X(S, FLAG, is_old)               \
    X(S, TEXT, reason)
VIEW_STRUCT(letter_delivery);

/* views/letter.html */
#define letter_view_FIELDS(X, S)  \
    X(S, OBJECT, page, view_page) \
    X(S, TEXT, back)              \
    X(S, TEXT, author)            \
    X(S, TEXT, at)                \
    X(S, HTML, html)              \
    X(S, LIST, deliveries, letter_delivery)
VIEW_STRUCT(letter_view);

#endif
