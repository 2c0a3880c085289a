/* What views/mail*.html show: the outbox, for operators. */
#ifndef PARAPHE_PAGES_MAILS_VIEW_H
#define PARAPHE_PAGES_MAILS_VIEW_H

#include "view/page.h"

/* One message. One of the flags is set; is_retrying is one that waits after a failed attempt.
 * retry_action is NULL where there is nothing to send anew. */
#define mails_row_FIELDS(X, S) \
    X(S, TEXT, url)            \
    X(S, TEXT, about)          \
    X(S, NUMBER, convention)   \
    X(S, TEXT, to)             \
    X(S, TEXT, at)             \
    X(S, NUMBER, attempts)     \
    X(S, FLAG, is_failed)      \
    X(S, FLAG, is_retrying)    \
    X(S, FLAG, is_waiting)     \
    X(S, FLAG, is_sending)     \
    X(S, FLAG, is_sent)        \
    X(S, TEXT, next)           \
    X(S, TEXT, reason)         \
    X(S, TEXT, detail)         \
    X(S, TEXT, retry_action)
VIEW_STRUCT(mails_row);

/* views/mails.html; retry_all leads to what asks first, NULL where nothing can be sent anew. */
#define mails_view_FIELDS(X, S)           \
    X(S, OBJECT, page, view_page)         \
    X(S, NUMBER, queued)                  \
    X(S, NUMBER, sent)                    \
    X(S, NUMBER, failed)                  \
    X(S, OBJECT, in_trouble, view_tab)    \
    X(S, OBJECT, waiting, view_tab)       \
    X(S, OBJECT, given_up, view_tab)      \
    X(S, OBJECT, arrived, view_tab)       \
    X(S, OBJECT, all, view_tab)           \
    X(S, TEXT, retry_all)                 \
    VIEW_LIST_TOOLS(X, S)                 \
    X(S, OBJECT, by_date, view_sort)      \
    X(S, OBJECT, by_recipient, view_sort) \
    X(S, LIST, rows, mails_row)           \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(mails_view);

/* views/mail.html: one message. abandon_url leads to what asks first. */
#define mail_view_FIELDS(X, S)    \
    X(S, OBJECT, page, view_page) \
    X(S, TEXT, back)              \
    X(S, NUMBER, number)          \
    X(S, OBJECT, row, mails_row)  \
    X(S, TEXT, subject)           \
    X(S, TEXT, to_name)           \
    X(S, TEXT, establishment)     \
    X(S, TEXT, establishment_url) \
    X(S, TEXT, message_id)        \
    X(S, FLAG, has_attachment)    \
    X(S, TEXT, sent_at)           \
    X(S, TEXT, abandon_url)
VIEW_STRUCT(mail_view);

/* views/mail-confirm.html: giving one message up (to is its recipient), or sending total anew. */
#define mail_confirm_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)      \
    X(S, TEXT, to)                     \
    X(S, TEXT, about)                  \
    X(S, NUMBER, total)                \
    X(S, FLAG, is_plural)              \
    X(S, TEXT, search)                 \
    X(S, TEXT, action)                 \
    X(S, TEXT, back)
VIEW_STRUCT(mail_confirm_view);

#endif
