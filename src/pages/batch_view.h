/* What views/batch.html shows: « Dépôt de plusieurs conventions ». */
#ifndef PARAPHE_PAGES_BATCH_VIEW_H
#define PARAPHE_PAGES_BATCH_VIEW_H

#include "view/page.h"

/* A page of a part: the small picture leads to the large one. */
#define batch_picture_FIELDS(X, S) \
    X(S, NUMBER, number)           \
    X(S, TEXT, small)              \
    X(S, TEXT, large)
VIEW_STRUCT(batch_picture);

/* A part that waits. One of the four flags of its state is set; sentence says what is wrong with
 * it, or is NULL. lacking_of: the pages that its convention has, where there are fewer here. more:
 * pages without a picture here. */
#define batch_part_FIELDS(X, S)            \
    X(S, NUMBER, number)                   \
    X(S, TEXT, file_name)                  \
    X(S, TEXT, pages)                      \
    X(S, FLAG, is_digital)                 \
    X(S, FLAG, is_ready)                   \
    X(S, FLAG, is_refused)                 \
    X(S, FLAG, is_unknown)                 \
    X(S, FLAG, is_aside)                   \
    X(S, TEXT, sentence)                   \
    X(S, NUMBER, has_pages)                \
    X(S, NUMBER, lacking_of)               \
    X(S, NUMBER, more)                     \
    X(S, TEXT, file_url)                   \
    X(S, LIST, pictures, batch_picture)    \
    X(S, OBJECT, trainee, view_form_field) \
    X(S, OBJECT, action, view_form_field)
VIEW_STRUCT(batch_part);

/* A part that is deposited; url is its convention's. */
#define batch_deposited_FIELDS(X, S) \
    X(S, TEXT, trainee)              \
    X(S, TEXT, url)                  \
    X(S, TEXT, file_name)            \
    X(S, TEXT, pages)                \
    X(S, TEXT, sentence)
VIEW_STRUCT(batch_deposited);

/* A file that could not be read. */
#define batch_unread_FIELDS(X, S) \
    X(S, TEXT, file_name)         \
    X(S, TEXT, sentence)
VIEW_STRUCT(batch_unread);

/* The numbers are of parts; one that is 0 is not shown. until is when the batch is forgotten.
 * goes_on: the deposit is under way, and the form is sent again by itself. */
#define batch_view_FIELDS(X, S)            \
    X(S, OBJECT, page, view_page)          \
    X(S, TEXT, action)                     \
    X(S, TEXT, back)                       \
    X(S, TEXT, until)                      \
    X(S, FLAG, goes_on)                    \
    X(S, NUMBER, ready)                    \
    X(S, FLAG, ready_are)                  \
    X(S, NUMBER, to_complete)              \
    X(S, FLAG, to_complete_are)            \
    X(S, NUMBER, aside)                    \
    X(S, FLAG, aside_are)                  \
    X(S, NUMBER, done)                     \
    X(S, FLAG, done_are)                   \
    X(S, LIST, parts, batch_part)          \
    X(S, LIST, deposited, batch_deposited) \
    X(S, LIST, unread, batch_unread)       \
    X(S, LIST, trainees, view_text)
VIEW_STRUCT(batch_view);

#endif
