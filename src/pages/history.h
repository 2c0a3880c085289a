/* What the operator's pages of the history share. */
#ifndef PARAPHE_PAGES_HISTORY_H
#define PARAPHE_PAGES_HISTORY_H

#include "db/statements.h"
#include "http/http.h"
#include "pages/history_view.h"

/* The last check as views show it, and its row; both NULL where there was never one. */
enum err page_history_check_last(struct exchange *x, struct history_check_last_row **row,
                                 const struct history_check_view **check);

/* The address of all that happened to one convention. */
const char *page_history_of(struct exchange *x, uint64_t convention);

#endif
