/* The filters of the conventions' page.
 *
 *     origine       number of an establishment
 *     du, au        first and last day on which the placement may begin
 *     incompletes   "oui": only those that are marked so
 *     retour        signee, ecran, scan or autre: how the file came back */
#ifndef PARAPHE_PAGES_CONVENTIONS_FILTER_H
#define PARAPHE_PAGES_CONVENTIONS_FILTER_H

#include "domain/moves.h"
#include "http/http.h"
#include "pages/conventions_view.h"

struct conventions_filter {
    bool in_force;
    const char *query;        /* the parameters, "origine=3&du=03-02-2027"; "" for none */
    uint64_t origin;          /* 0 for any */
    const char *from, *until; /* YYYY-MM-DD: wide where nothing was typed */
    bool incomplete;
    size_t finding;       /* index of the choice, 0 for any */
    const char *findings; /* for the statements, NULL for any */
};

/* Reads what the tab of that state has. What cannot be read is as if it were not there; the field
 * says so. */
void conventions_filter_read(struct exchange *x, enum convention_state state,
                             struct conventions_filter *filter);

/* The form. */
enum err conventions_filter_show(struct exchange *x, enum convention_state state,
                                 const struct conventions_filter *filter,
                                 const struct conventions_filters **shown);

#endif
