/* What is ticked in a list, on whichever of its pages.
 *
 * The boxes of the page that is shown are fields of the list's form; those ticked on other pages
 * are carried along in one field, "retenus" ("3,12"), and in the addresses of the list. A page's
 * number is a button of that form, which says where it leads in "vers". */
#ifndef PARAPHE_PAGES_SELECTION_H
#define PARAPHE_PAGES_SELECTION_H

#include "http/http.h"
#include "pages/list.h"
#include "pages/selection_view.h"

#define PAGE_SELECTION_MOST 150 /* so that an address can hold them */

struct page_selection {
    const char **values; /* "3", or "12-3" for a number and its version */
    bool *shown;         /* on the page that is being made */
    size_t count;
    bool is_over; /* more were asked for than there may be */
};

/* Reads the boxes of that name, and what is carried; of two with the same number the box counts.
 * What is no value is passed over. */
struct page_selection page_selection_read(struct exchange *x, const struct http_pairs *pairs,
                                          const char *box);

/* Adds one, as for « tout sélectionner ». */
void page_selection_add(struct page_selection *selection, const char *value);

/* Whether that row is ticked: one with the same number is, whatever its version. */
bool page_selection_shows(struct page_selection *selection, const char *value);

/* The list with the selection in all of its addresses; a filter, and a form's hidden fields, with
 * it. */
struct page_list page_selection_carry(const struct page_selection *selection,
                                      const struct page_list *list);
const char *page_selection_query(struct arena *arena, const struct page_selection *selection,
                                 const char *filter);
void page_selection_hidden(struct arena *arena, const struct page_selection *selection,
                           const struct view_hidden **hidden, size_t *count);

/* What the view shows, once each row was asked of page_selection_shows. list: without selection. */
const struct selection_view *page_selection_view(struct exchange *x,
                                                 const struct page_selection *selection,
                                                 const struct page_list *list,
                                                 const char *const *columns, const char *lead,
                                                 const struct view_pagination *shown);

/* Leads to the page of the list at that path which "vers" names, with the selection. */
enum err page_selection_lead(struct exchange *x, const struct http_pairs *pairs, const char *path,
                             const char *box);

#endif
