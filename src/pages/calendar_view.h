/* What views/calendar.html and calendar-week.html show. */
#ifndef PARAPHE_PAGES_CALENDAR_VIEW_H
#define PARAPHE_PAGES_CALENDAR_VIEW_H

#include "view/page.h"

/* A placement on one of its days. own: how many of the viewer's trainees go there. */
#define calendar_entry_FIELDS(X, S) \
    X(S, TEXT, url)                 \
    X(S, TEXT, title)               \
    X(S, TEXT, host)                \
    X(S, TEXT, starts)              \
    X(S, TEXT, hours)               \
    X(S, NUMBER, left)              \
    X(S, NUMBER, taken)             \
    X(S, NUMBER, capacity)          \
    X(S, NUMBER, own)               \
    X(S, FLAG, is_hosted)           \
    X(S, FLAG, taken_is_plural)     \
    X(S, FLAG, left_is_plural)      \
    X(S, FLAG, is_full)             \
    X(S, FLAG, is_closed)           \
    X(S, FLAG, is_draft)            \
    X(S, FLAG, is_cancelled)
VIEW_STRUCT(calendar_entry);

/* A day; title is "lundi 23 novembre 2026". holiday is the name of the school holidays it is in;
 * more: how many placements are not shown, which more_url leads to. */
#define calendar_day_FIELDS(X, S) \
    X(S, TEXT, id)                \
    X(S, NUMBER, date)            \
    X(S, TEXT, title)             \
    X(S, FLAG, is_today)          \
    X(S, FLAG, is_other)          \
    X(S, FLAG, is_weekend)        \
    X(S, FLAG, is_empty)          \
    X(S, TEXT, feast)             \
    X(S, TEXT, holiday)           \
    X(S, FLAG, holiday_begins)    \
    X(S, NUMBER, more)            \
    X(S, FLAG, more_is_plural)    \
    X(S, TEXT, more_url)          \
    X(S, LIST, entries, calendar_entry)
VIEW_STRUCT(calendar_day);

#define calendar_week_FIELDS(X, S) \
    X(S, NUMBER, number)           \
    X(S, TEXT, url)                \
    X(S, LIST, days, calendar_day)
VIEW_STRUCT(calendar_week);

/* One of several ways to see the same days. */
#define calendar_choice_FIELDS(X, S) \
    X(S, TEXT, name)                 \
    X(S, TEXT, url)                  \
    X(S, FLAG, is_open)
VIEW_STRUCT(calendar_choice);

/* School holidays that touch the days shown. */
#define calendar_period_FIELDS(X, S) \
    X(S, TEXT, name)                 \
    X(S, TEXT, zones)                \
    X(S, FLAG, of_several)           \
    X(S, TEXT, first_day)            \
    X(S, TEXT, last_day)             \
    X(S, FLAG, is_one_day)
VIEW_STRUCT(calendar_period);

/* previous and next are NULL at the ends of time. zone is the one shown, NULL for none. too_many:
 * there are more placements than a page can show. */
#define calendar_view_FIELDS(X, S)     \
    X(S, OBJECT, page, view_page)      \
    X(S, TEXT, span)                   \
    X(S, TEXT, previous)               \
    X(S, TEXT, next)                   \
    X(S, TEXT, today)                  \
    X(S, TEXT, month_url)              \
    X(S, TEXT, week_url)               \
    X(S, TEXT, own_url)                \
    X(S, TEXT, everything_url)         \
    X(S, FLAG, is_everything)          \
    X(S, TEXT, zone)                   \
    X(S, LIST, zones, calendar_choice) \
    X(S, TEXT, feed_url)               \
    X(S, TEXT, placements_url)         \
    X(S, NUMBER, total)                \
    X(S, FLAG, too_many)               \
    X(S, LIST, weeks, calendar_week)   \
    X(S, LIST, periods, calendar_period)
VIEW_STRUCT(calendar_view);

/* views/calendar-feed.html: has_feed, or none yet; address only where it was just made, since it
 * is not kept. views/calendar-feed-confirm.html: what is about to be done. */
#define calendar_feed_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)       \
    X(S, TEXT, back)                    \
    X(S, FLAG, has_feed)                \
    X(S, TEXT, address)                 \
    X(S, TEXT, webcal)                  \
    X(S, TEXT, created)                 \
    X(S, TEXT, read)                    \
    X(S, TEXT, make_action)             \
    X(S, TEXT, renew_url)               \
    X(S, TEXT, remove_url)
VIEW_STRUCT(calendar_feed_view);

#define calendar_confirm_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)     \
    X(S, FLAG, is_renewal)            \
    X(S, TEXT, action)                \
    X(S, TEXT, back)
VIEW_STRUCT(calendar_confirm);

/* views/calendar-event.txt: what a subscribed calendar says of a placement. */
#define calendar_event_FIELDS(X, S) \
    X(S, TEXT, course)              \
    X(S, FLAG, is_hosted)           \
    X(S, NUMBER, taken)             \
    X(S, NUMBER, left)              \
    X(S, NUMBER, capacity)          \
    X(S, NUMBER, own)
VIEW_STRUCT(calendar_event);

#endif
