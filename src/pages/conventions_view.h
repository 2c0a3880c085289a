/* What views/conventions.html shows: « Gestion des retours de conventions ». */
#ifndef PARAPHE_PAGES_CONVENTIONS_VIEW_H
#define PARAPHE_PAGES_CONVENTIONS_VIEW_H

#include "pages/boxes_view.h"
#include "pages/selection_view.h"
#include "view/page.h"

/* One of the three tabs; the view has their names. */
#define conventions_tab_FIELDS(X, S) \
    X(S, TEXT, url)                  \
    X(S, NUMBER, total)              \
    X(S, FLAG, is_open)
VIEW_STRUCT(conventions_tab);

/* The filters, folded unless one is in force (is_open). origin is NULL where there is one origin
 * alone, findings and incomplete where the tab has none. */
#define conventions_filters_FIELDS(X, S)    \
    X(S, FLAG, is_open)                     \
    X(S, OBJECT, origin, view_form_field)   \
    X(S, OBJECT, from, view_form_field)     \
    X(S, OBJECT, until, view_form_field)    \
    X(S, OBJECT, findings, view_form_field) \
    X(S, FLAG, has_incomplete)              \
    X(S, FLAG, incomplete)
VIEW_STRUCT(conventions_filters);

/* What can be done to the conventions that are ticked; an address is NULL where the tab, or this
 * account, has nothing of the kind. list is where to come back to. */
#define conventions_several_FIELDS(X, S) \
    X(S, TEXT, list)                     \
    X(S, TEXT, zip_action)               \
    X(S, TEXT, print_action)             \
    X(S, TEXT, remind_action)            \
    X(S, TEXT, validate_action)
VIEW_STRUCT(conventions_several);

/* What came of it, convention by convention. */
#define several_row_FIELDS(X, S) \
    X(S, TEXT, trainee)          \
    X(S, TEXT, url)              \
    X(S, TEXT, origin)           \
    X(S, TEXT, day)              \
    X(S, FLAG, is_done)          \
    X(S, TEXT, sentence)
VIEW_STRUCT(several_row);

/* views/several.html. One of the first four flags is set. retry_action makes the PDF of those that
 * can be put into it, the choices. */
#define several_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page) \
    X(S, FLAG, validates)         \
    X(S, FLAG, reminds)           \
    X(S, FLAG, zips)              \
    X(S, FLAG, prints)            \
    X(S, NUMBER, done)            \
    X(S, FLAG, done_is_plural)    \
    X(S, NUMBER, refused)         \
    X(S, FLAG, refused_is_plural) \
    X(S, LIST, rows, several_row) \
    X(S, TEXT, back)              \
    X(S, TEXT, retry_action)      \
    X(S, LIST, choices, view_hidden)
VIEW_STRUCT(several_view);

/* One convention. choice is its number and version, "12-3"; is_chosen: it is ticked. An address or
 * action that this account must not use, or that the tab does not offer, is NULL. Actions are for
 * POST and carry the version the row was read with
 * ("/conventions/12/valider?version=3"); urls are links. day is JJ-MM-AAAA. */
#define conventions_row_FIELDS(X, S) \
    X(S, TEXT, choice)               \
    X(S, FLAG, is_chosen)            \
    X(S, TEXT, last_name)            \
    X(S, TEXT, first_name)           \
    X(S, TEXT, guardian)             \
    X(S, TEXT, origin)               \
    X(S, TEXT, day)                  \
    X(S, FLAG, is_incomplete)        \
    X(S, OBJECT, boxes, boxes_view)  \
    X(S, TEXT, placement_url)        \
    X(S, TEXT, convention_url)       \
    X(S, TEXT, original_url)         \
    X(S, TEXT, returned_url)         \
    X(S, TEXT, download_url)         \
    X(S, TEXT, validate_action)      \
    X(S, TEXT, invalidate_url)       \
    X(S, TEXT, regenerate_action)
VIEW_STRUCT(conventions_row);

/* What came of the last deposit. One of the first five flags is set (domain/deposit.h, enum
 * deposit_outcome), and at most one of the findings. For is_lacking and is_confirm the action takes
 * the proposed convention's id, for is_choose what the depositor chooses from the trainees. */
#define conventions_result_FIELDS(X, S) \
    X(S, FLAG, is_done)                 \
    X(S, FLAG, is_same)                 \
    X(S, FLAG, is_lacking)              \
    X(S, FLAG, is_confirm)              \
    X(S, FLAG, is_choose)               \
    X(S, FLAG, was_signed)              \
    X(S, FLAG, was_on_screen)           \
    X(S, FLAG, was_scan)                \
    X(S, FLAG, was_altered)             \
    X(S, FLAG, was_unknown)             \
    X(S, TEXT, trainee)                 \
    X(S, TEXT, convention_url)          \
    X(S, TEXT, action)                  \
    X(S, TEXT, proposed)                \
    X(S, OBJECT, boxes, boxes_view)     \
    X(S, LIST, reasons, view_text)      \
    X(S, LIST, signers, view_text)
VIEW_STRUCT(conventions_result);

/* The search for a trainee whom the deposit's form does not offer: where there are more open
 * conventions than it offers (has_more, most), or somebody is searched for. found are those that
 * the search finds; action is the page's own address, hidden its other parameters. */
#define conventions_search_FIELDS(X, S) \
    X(S, TEXT, action)                  \
    X(S, LIST, hidden, view_hidden)     \
    X(S, TEXT, typed)                   \
    X(S, FLAG, is_searched)             \
    X(S, FLAG, has_more)                \
    X(S, NUMBER, most)                  \
    X(S, NUMBER, found)                 \
    X(S, FLAG, is_one)
VIEW_STRUCT(conventions_search);

/* The card at the right. The form's fields are "fichier" and "convention" (empty for
 * « Reconnaissance automatique »); trainees are the open conventions, `DUPONT Camille –
 * 03-02-2027`. search is NULL where all of them are there. */
#define conventions_deposit_FIELDS(X, S)     \
    X(S, TEXT, action)                       \
    X(S, OBJECT, file, view_form_field)      \
    X(S, OBJECT, trainee, view_form_field)   \
    X(S, OBJECT, search, conventions_search) \
    X(S, OBJECT, result, conventions_result)
VIEW_STRUCT(conventions_deposit);

/* One of in_not_returned, in_pending and in_validated is set: the open tab, which decides the
 * columns. list_action is this page's own address for the GET form of size and search; hidden are
 * its other parameters, clear_url the list without filters, NULL where there is none in force.
 * sizes are 10, 25, 50 and 100. deposit is NULL for who may not. first_url is where a first
 * convention comes from, NULL where there is one. */
#define conventions_view_FIELDS(X, S)           \
    X(S, OBJECT, page, view_page)               \
    X(S, OBJECT, not_returned, conventions_tab) \
    X(S, OBJECT, pending, conventions_tab)      \
    X(S, OBJECT, validated, conventions_tab)    \
    X(S, FLAG, in_not_returned)                 \
    X(S, FLAG, in_pending)                      \
    X(S, FLAG, in_validated)                    \
    VIEW_LIST_TOOLS(X, S)                       \
    X(S, OBJECT, filters, conventions_filters)  \
    X(S, TEXT, clear_url)                       \
    X(S, TEXT, first_url)                       \
    X(S, OBJECT, several, conventions_several)  \
    X(S, OBJECT, by_name, view_sort)            \
    X(S, OBJECT, by_first_name, view_sort)      \
    X(S, OBJECT, by_guardian, view_sort)        \
    X(S, OBJECT, by_origin, view_sort)          \
    X(S, OBJECT, by_day, view_sort)             \
    X(S, LIST, rows, conventions_row)           \
    X(S, OBJECT, selection, selection_view)     \
    X(S, OBJECT, pagination, view_pagination)   \
    X(S, OBJECT, deposit, conventions_deposit)
VIEW_STRUCT(conventions_view);

#endif
