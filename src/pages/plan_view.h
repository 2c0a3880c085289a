/* What both previews of imports show: views/partial/plan-*.html. */
#ifndef PARAPHE_PAGES_PLAN_VIEW_H
#define PARAPHE_PAGES_PLAN_VIEW_H

#include "view/page.h"

/* How many rows there are of a kind; are: more than one. */
#define plan_total_FIELDS(X, S) \
    X(S, NUMBER, number)        \
    X(S, FLAG, are)
VIEW_STRUCT(plan_total);

/* One thing that is wrong; name: of whom the row is about. */
#define plan_fault_FIELDS(X, S) \
    X(S, NUMBER, line)          \
    X(S, TEXT, name)            \
    X(S, TEXT, column)          \
    X(S, TEXT, sentence)        \
    X(S, TEXT, text)
VIEW_STRUCT(plan_fault);

#define plan_value_FIELDS(X, S) \
    X(S, TEXT, column)          \
    X(S, TEXT, from)            \
    X(S, TEXT, to)
VIEW_STRUCT(plan_value);

#endif
