/* The two dashboards: of an establishment, and of operators (home.c leads to one of them). */
#ifndef PARAPHE_PAGES_DASHBOARD_H
#define PARAPHE_PAGES_DASHBOARD_H

#include "http/http.h"
#include "pages/dashboard_view.h"

enum err page_dashboard(struct exchange *x);
enum err page_operator_dashboard(struct exchange *x);

/* How many, and where they are listed. */
const struct dashboard_count *page_dashboard_count(struct exchange *x, uint64_t total,
                                                   const char *url);

/* Events older than this are no news. */
#define DASHBOARD_EVENT_SECONDS ((int64_t)60 * 24 * 60 * 60)
#define DASHBOARD_EVENTS 6

#endif
