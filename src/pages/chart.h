/* Conventions by week and state, as a chart of stacked bars and as a table. */
#ifndef PARAPHE_PAGES_CHART_H
#define PARAPHE_PAGES_CHART_H

#include <stddef.h>

#include "http/http.h"
#include "pages/dashboard_view.h"

/* The first and the last day that the chart shows, as of today. */
const char *page_chart_first(struct exchange *x);
const char *page_chart_last(struct exchange *x);

/* How many conventions of a state there are on a day. */
struct chart_day {
    const char *day;
    const char *state;
    bool incomplete;
    uint64_t total;
};

/* The chart of these days. linked: each number leads to the list of what it counts. */
const struct chart_view *page_chart(struct exchange *x, const struct chart_day *days, size_t count,
                                    bool linked);

#endif
