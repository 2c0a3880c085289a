/* What the previews of two imports share, trainees' and establishments': what would become of a
 * file's rows. */
#ifndef PARAPHE_PAGES_PLAN_H
#define PARAPHE_PAGES_PLAN_H

#include "http/http.h"
#include "pages/plan_view.h"

/* How many rows there are of a kind; NULL for none. */
const struct plan_total *page_plan_total(struct exchange *x, size_t number);

#endif
