/* The lists behind the dashboard's counts. */
#ifndef PARAPHE_PAGES_FOLLOWUP_H
#define PARAPHE_PAGES_FOLLOWUP_H

#include "domain/worklist.h"
#include "http/http.h"
#include "pages/dashboard_view.h"

/* The address of that list; monday: of the week it is about, NULL for all. */
const char *page_followup_url(struct exchange *x, enum worklist list, enum work_side side,
                              const char *monday);

/* When that day is, seen from the request's. */
const struct days_left *page_days_left(struct exchange *x, const char *day);

#endif
