/* What views/mails.html shows: the mails that are not where they should be. */
#ifndef PARAPHE_PAGES_MAILS_VIEW_H
#define PARAPHE_PAGES_MAILS_VIEW_H

#include "view/page.h"

#define mails_row_FIELDS(X, S) \
    X(S, TEXT, about)          \
    X(S, TEXT, to)             \
    X(S, TEXT, at)             \
    X(S, NUMBER, attempts)     \
    X(S, FLAG, is_failed)      \
    X(S, TEXT, next)           \
    X(S, TEXT, reason)         \
    X(S, TEXT, detail)         \
    X(S, TEXT, retry_action)
VIEW_STRUCT(mails_row);

#define mails_view_FIELDS(X, S)   \
    X(S, OBJECT, page, view_page) \
    X(S, NUMBER, queued)          \
    X(S, NUMBER, sent)            \
    X(S, NUMBER, failed)          \
    X(S, LIST, rows, mails_row)
VIEW_STRUCT(mails_view);

#endif
