/* What became of an account: views/partial/account-events.html. */
#ifndef PARAPHE_PAGES_ACCOUNT_EVENTS_H
#define PARAPHE_PAGES_ACCOUNT_EVENTS_H

#include "view/page.h"

/* role and establishment are NULL but where they were changed; actor is "" for the platform. */
#define account_event_row_FIELDS(X, S) \
    X(S, TEXT, at)                     \
    X(S, TEXT, what)                   \
    X(S, TEXT, role)                   \
    X(S, TEXT, establishment)          \
    X(S, TEXT, actor)                  \
    X(S, TEXT, address)
VIEW_STRUCT(account_event_row);

#define account_events_FIELDS(X, S) X(S, LIST, rows, account_event_row)
VIEW_STRUCT(account_events);

#endif
