/* What the views of cards show: views/cards*.html. */
#ifndef PARAPHE_PAGES_CARD_VIEW_H
#define PARAPHE_PAGES_CARD_VIEW_H

#include "view/page.h"

/* views/cards-import.html */
#define cards_import_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)      \
    X(S, TEXT, action)                 \
    X(S, TEXT, back)                   \
    X(S, OBJECT, file, view_form_field)
VIEW_STRUCT(cards_import_view);

/* What would become of one card; one of the last four flags is set. */
#define cards_row_FIELDS(X, S)     \
    X(S, NUMBER, number)           \
    X(S, TEXT, establishment)      \
    X(S, TEXT, person)             \
    X(S, LIST, notes, view_text)   \
    X(S, FLAG, adds_establishment) \
    X(S, FLAG, is_created)         \
    X(S, FLAG, is_changed)         \
    X(S, FLAG, is_same)            \
    X(S, FLAG, is_left_out)
VIEW_STRUCT(cards_row);

/* views/cards-preview.html. cards are those of the file, as far as they matter, in the form they
 * are sent back in; action is NULL where nothing would change. */
#define cards_preview_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)       \
    X(S, TEXT, action)                  \
    X(S, TEXT, back)                    \
    X(S, TEXT, cards)                   \
    X(S, TEXT, plan)                    \
    X(S, NUMBER, created)               \
    X(S, NUMBER, changed)               \
    X(S, NUMBER, same)                  \
    X(S, NUMBER, left_out)              \
    X(S, LIST, rows, cards_row)
VIEW_STRUCT(cards_preview_view);

#endif
