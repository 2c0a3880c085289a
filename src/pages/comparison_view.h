/* What views/comparison.html shows: a returned convention beside its original. */
#ifndef PARAPHE_PAGES_COMPARISON_VIEW_H
#define PARAPHE_PAGES_COMPARISON_VIEW_H

#include "pages/boxes_view.h"

/* A difference, in words and as a shape over both pages. Lengths are ten thousandths of a page.
 * outline: the corners on the returned page. box: whose it is in, box or where (« en haut à
 * gauche ») being set; original: what the original says there. The circle is around it on either
 * page; the number stands at its left. */
#define comparison_mark_FIELDS(X, S) \
    X(S, NUMBER, number)             \
    X(S, FLAG, is_added)             \
    X(S, FLAG, is_over_text)         \
    X(S, TEXT, box)                  \
    X(S, TEXT, where)                \
    X(S, TEXT, original)             \
    X(S, NUMBER, x)                  \
    X(S, NUMBER, y)                  \
    X(S, NUMBER, width)              \
    X(S, NUMBER, height)             \
    X(S, NUMBER, middle_x)           \
    X(S, NUMBER, middle_y)           \
    X(S, NUMBER, radius_x)           \
    X(S, NUMBER, radius_y)           \
    X(S, NUMBER, returned_x)         \
    X(S, NUMBER, returned_y)         \
    X(S, NUMBER, returned_radius_x)  \
    X(S, NUMBER, returned_radius_y)  \
    X(S, NUMBER, number_x)           \
    X(S, NUMBER, number_y)           \
    X(S, NUMBER, returned_number_x)  \
    X(S, NUMBER, returned_number_y)  \
    X(S, TEXT, outline)
VIEW_STRUCT(comparison_mark);

/* A page of the original, and the page of the returned file that it is; returned is NULL where none
 * was found, original for a page of the returned file that is none of the original's. */
#define comparison_page_FIELDS(X, S) \
    X(S, NUMBER, number)             \
    X(S, TEXT, original)             \
    X(S, TEXT, returned)             \
    X(S, NUMBER, returned_number)    \
    X(S, FLAG, is_scan)              \
    X(S, FLAG, is_same)              \
    X(S, LIST, marks, comparison_mark)
VIEW_STRUCT(comparison_page);

/* A box of the convention: its name and what it shows. */
#define comparison_box_FIELDS(X, S) \
    X(S, TEXT, name)                \
    X(S, TEXT, state)               \
    X(S, FLAG, is_signed)           \
    X(S, FLAG, is_missing)
VIEW_STRUCT(comparison_box);

/* is_compared is false for a file that the platform could not compare: its pages stand side by side
 * all the same. */
#define comparison_view_FIELDS(X, S)  \
    X(S, OBJECT, page, view_page)     \
    X(S, FLAG, is_compared)           \
    X(S, FLAG, has_more)              \
    X(S, TEXT, placement)             \
    X(S, TEXT, days)                  \
    X(S, TEXT, back)                  \
    X(S, TEXT, returned_url)          \
    X(S, NUMBER, added)               \
    X(S, NUMBER, changed)             \
    X(S, FLAG, added_is_plural)       \
    X(S, FLAG, changed_is_plural)     \
    X(S, LIST, boxes, comparison_box) \
    X(S, LIST, pages, comparison_page)
VIEW_STRUCT(comparison_view);

#endif
