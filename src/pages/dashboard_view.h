/* What views/dashboard.html and dashboard-operator.html show. */
#ifndef PARAPHE_PAGES_DASHBOARD_VIEW_H
#define PARAPHE_PAGES_DASHBOARD_VIEW_H

#include "view/page.h"

/* When a placement is, seen from today: one of the flags is set, days how many where it is neither
 * today nor tomorrow. */
#define days_left_FIELDS(X, S) \
    X(S, NUMBER, days)         \
    X(S, FLAG, is_past)        \
    X(S, FLAG, is_today)       \
    X(S, FLAG, is_tomorrow)    \
    X(S, FLAG, is_soon)        \
    X(S, FLAG, is_later)       \
    X(S, FLAG, is_plural)
VIEW_STRUCT(days_left);

/* A convention that waits for somebody. school is the other side. */
#define dashboard_convention_FIELDS(X, S) \
    X(S, TEXT, url)                       \
    X(S, TEXT, trainee)                   \
    X(S, TEXT, placement)                 \
    X(S, TEXT, school)                    \
    X(S, TEXT, day)                       \
    X(S, OBJECT, left, days_left)
VIEW_STRUCT(dashboard_convention);

/* How many, and the list that shows exactly these. */
#define dashboard_count_FIELDS(X, S) \
    X(S, NUMBER, total)              \
    X(S, FLAG, is_plural)            \
    X(S, TEXT, url)
VIEW_STRUCT(dashboard_count);

/* One kind of work: how many there are, and the first of them. */
#define dashboard_work_FIELDS(X, S)     \
    X(S, OBJECT, all, dashboard_count)  \
    X(S, OBJECT, late, dashboard_count) \
    X(S, OBJECT, soon, dashboard_count) \
    X(S, FLAG, has_more)                \
    X(S, LIST, rows, dashboard_convention)
VIEW_STRUCT(dashboard_work);

#define dashboard_placement_FIELDS(X, S) \
    X(S, TEXT, url)                      \
    X(S, TEXT, title)                    \
    X(S, TEXT, host)                     \
    X(S, TEXT, day)                      \
    X(S, TEXT, hours)                    \
    X(S, NUMBER, taken)                  \
    X(S, NUMBER, left)                   \
    X(S, NUMBER, capacity)               \
    X(S, FLAG, is_full)                  \
    X(S, FLAG, is_one)                   \
    X(S, FLAG, is_draft)                 \
    X(S, TEXT, register_url)
VIEW_STRUCT(dashboard_placement);

#define dashboard_event_FIELDS(X, S) \
    X(S, TEXT, at)                   \
    X(S, TEXT, what)                 \
    X(S, TEXT, trainee)              \
    X(S, TEXT, url)                  \
    X(S, TEXT, actor)                \
    X(S, TEXT, school)               \
    X(S, TEXT, between)
VIEW_STRUCT(dashboard_event);

/* The chart's drawing, in units of its viewBox (pages/chart.c), and the same as a table. One of a
 * bar's flags is set. */
#define chart_line_FIELDS(X, S) \
    X(S, NUMBER, y)             \
    X(S, NUMBER, text_y)        \
    X(S, NUMBER, label)
VIEW_STRUCT(chart_line);

#define chart_bar_FIELDS(X, S)  \
    X(S, NUMBER, x)             \
    X(S, NUMBER, y)             \
    X(S, NUMBER, width)         \
    X(S, NUMBER, height)        \
    X(S, FLAG, is_not_returned) \
    X(S, FLAG, is_pending)      \
    X(S, FLAG, is_incomplete)   \
    X(S, FLAG, is_validated)
VIEW_STRUCT(chart_bar);

#define chart_label_FIELDS(X, S) \
    X(S, NUMBER, x)              \
    X(S, TEXT, text)             \
    X(S, FLAG, is_current)
VIEW_STRUCT(chart_label);

/* A cell; url is NULL where nothing is to be shown, or for who may not see it. */
#define chart_cell_FIELDS(X, S) \
    X(S, NUMBER, total)         \
    X(S, TEXT, url)
VIEW_STRUCT(chart_cell);

#define chart_week_FIELDS(X, S)            \
    X(S, TEXT, short_day)                  \
    X(S, TEXT, year)                       \
    X(S, FLAG, is_current)                 \
    X(S, OBJECT, not_returned, chart_cell) \
    X(S, OBJECT, pending, chart_cell)      \
    X(S, OBJECT, incomplete, chart_cell)   \
    X(S, OBJECT, validated, chart_cell)    \
    X(S, OBJECT, all, chart_cell)
VIEW_STRUCT(chart_week);

#define chart_view_FIELDS(X, S)     \
    X(S, NUMBER, total)             \
    X(S, LIST, lines, chart_line)   \
    X(S, LIST, bars, chart_bar)     \
    X(S, LIST, labels, chart_label) \
    X(S, LIST, weeks, chart_week)
VIEW_STRUCT(chart_view);

/* What a new establishment has still to do; options is NULL for who is no admin. */
#define dashboard_steps_FIELDS(X, S) \
    X(S, TEXT, options)              \
    X(S, TEXT, images)               \
    X(S, TEXT, new_placement)        \
    X(S, TEXT, placements)           \
    X(S, FLAG, has_signature)        \
    X(S, FLAG, has_placement)        \
    X(S, FLAG, has_trainee)
VIEW_STRUCT(dashboard_steps);

/* views/dashboard.html. Work of which there is none is NULL; nothing_to_do where there is no work
 * at all. steps is NULL once there are conventions. */
#define dashboard_view_FIELDS(X, S)         \
    X(S, OBJECT, page, view_page)           \
    X(S, OBJECT, steps, dashboard_steps)    \
    X(S, FLAG, nothing_to_do)               \
    X(S, FLAG, is_host)                     \
    X(S, FLAG, is_origin)                   \
    X(S, OBJECT, validate, dashboard_work)  \
    X(S, OBJECT, back, dashboard_work)      \
    X(S, OBJECT, redo, dashboard_work)      \
    X(S, OBJECT, mails, dashboard_count)    \
    X(S, LIST, hosted, dashboard_placement) \
    X(S, LIST, joined, dashboard_placement) \
    X(S, LIST, open, dashboard_placement)   \
    X(S, TEXT, placements_url)              \
    X(S, OBJECT, chart, chart_view)         \
    X(S, LIST, events, dashboard_event)
VIEW_STRUCT(dashboard_view);

/* views/dashboard-operator.html; a count of 0 is shown, too. */
#define operator_dashboard_FIELDS(X, S)   \
    X(S, OBJECT, page, view_page)         \
    X(S, FLAG, nothing_to_do)             \
    X(S, FLAG, is_new)                    \
    X(S, TEXT, establishment_new)         \
    X(S, OBJECT, mails, dashboard_count)  \
    X(S, NUMBER, mails_failed)            \
    X(S, OBJECT, ending, dashboard_count) \
    X(S, OBJECT, ended, dashboard_count)  \
    X(S, OBJECT, empty, dashboard_count)  \
    X(S, OBJECT, never, dashboard_count)  \
    X(S, NUMBER, establishments)          \
    X(S, NUMBER, accounts)                \
    X(S, NUMBER, placements)              \
    X(S, OBJECT, chart, chart_view)       \
    X(S, LIST, events, dashboard_event)
VIEW_STRUCT(operator_dashboard);

#endif
