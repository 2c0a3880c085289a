/* What every list has in its address: how many rows, which page, the order, the search.
 *
 *     taille   10, 25, 50 or 100; 50 where it is absent
 *     page     from 1
 *     tri      the column, "-" before it turns the order round
 *     q        what is searched for */
#ifndef PARAPHE_PAGES_LIST_H
#define PARAPHE_PAGES_LIST_H

#include "http/http.h"
#include "view/page.h"

struct page_list {
    struct exchange *x;
    const char *path;   /* of the list's page */
    const char *filter; /* "onglet=validees", parameters of the page's own; "" for none */
    unsigned size;
    uint64_t page;
    size_t column; /* index into the columns */
    bool descending;
    const char *search;  /* as typed, "" for none */
    const char *pattern; /* the same for LIKE against a folded column */
    uint64_t offset;
};

/* Reads the parameters. columns: the words of "tri"; the first is the order where it is absent. A
 * word with "-" before it names a column that is shown from the end ("-date": the newest first). */
struct page_list page_list_read(struct exchange *x, const char *path, const char *filter,
                                const char *const *columns, size_t count);

/* What is searched for, for LIKE against a folded column: "%folded words%", where folding has left
 * no character that LIKE takes for its own; "%" for "". What has nothing to be found by, or is
 * longer than any name, is found nowhere: no text has the character it becomes. */
const char *page_list_pattern(struct arena *arena, const char *search);

/* What is searched for, for LIKE … ESCAPE '!' against columns that are not folded; their collation
 * looks past case and accents. */
const char *page_list_like(const struct page_list *list);

/* The heading of that column. */
const struct view_sort *page_list_sort(const struct page_list *list, const char *const *columns,
                                       size_t column);

/* The list's address with all that is in force, to come back to it. */
const char *page_list_here(const struct page_list *list, const char *const *columns);

/* The same for the first page. */
const char *page_list_first(const struct page_list *list, const char *const *columns);

/* The form of sizes. */
void page_list_sizes(const struct page_list *list, const struct view_option **sizes, size_t *count);

/* « Affichage de l'élément … », and the ways to the other pages. A page behind the last shows
 * the last: call it before reading rows, since it sets list->offset. */
const struct view_pagination *page_list_pages(struct page_list *list, const char *const *columns,
                                              uint64_t total);

/* Which tab is open, where each is a filter; the first, with "", where none of them is asked for.
 */
size_t page_list_tab(struct exchange *x, const char *const *filters, size_t count);

/* That path with a filter and the list's search. */
const char *page_list_filtered(const struct page_list *list, const char *path, const char *filter);

/* The tabs, which keep the search; the caller sets how many rows each has. */
void page_list_tabs(const struct page_list *list, const char *const *filters, size_t count,
                    size_t open, struct view_tab *tabs);

/* Whether the rows shown are near the beginning of the whole list in its usual order, where an
 * index leads to the first of them. */
bool page_list_is_first(const struct page_list *list, const char *const *columns);

/* The parameters a GET form must carry on: the order. */
void page_list_hidden(const struct page_list *list, const char *const *columns,
                      const struct view_hidden **hidden, size_t *count);

#endif
