#include "pages/chart.h"

#include "base/clock.h"
#include "base/dates.h"
#include "domain/moves.h"
#include "pages/followup.h"

VIEW_TYPE(chart_line);
VIEW_TYPE(chart_bar);
VIEW_TYPE(chart_label);
VIEW_TYPE(chart_cell);
VIEW_TYPE(chart_week);
VIEW_TYPE(chart_view);

#define WEEKS_PAST 2
#define WEEKS 8

/* The drawing: 440 by 210, as views/partial/chart.html says in its viewBox. */
#define LEFT 34
#define TOP 12
#define BOTTOM 178
#define STEP 50
#define BAR_WIDTH 30
#define LABEL_DROP 5 /* from a line to the base of its number */
#define LINES_MOST 4

/* The parts of a bar, from the axis upward. */
enum part { PART_NOT_RETURNED, PART_INCOMPLETE, PART_PENDING, PART_VALIDATED, PART_COUNT };

static const enum worklist part_lists[PART_COUNT] = {
    [PART_NOT_RETURNED] = WORK_RETURN,
    [PART_INCOMPLETE] = WORK_INCOMPLETE,
    [PART_PENDING] = WORK_PENDING,
    [PART_VALIDATED] = WORK_VALIDATED,
};

struct week {
    const char *monday;
    int64_t parts[PART_COUNT];
    int64_t total;
};

const char *page_chart_first(struct exchange *x)
{
    return dates_add(x->arena, dates_monday(x->arena, clock_day(x->arena, x->now)),
                     -7 * WEEKS_PAST);
}

const char *page_chart_last(struct exchange *x)
{
    return dates_add(x->arena, page_chart_first(x), 7 * WEEKS - 1);
}

static enum part part_of(const struct chart_day *day)
{
    switch (state_parse(day->state)) {
    case CONVENTION_PENDING:
        return day->incomplete ? PART_INCOMPLETE : PART_PENDING;
    case CONVENTION_VALIDATED:
        return PART_VALIDATED;
    case CONVENTION_NOT_RETURNED:
    case CONVENTION_CANCELLED:
    case CONVENTION_STATES:
        break;
    }
    return PART_NOT_RETURNED;
}

static void add_up(struct exchange *x, const struct chart_day *days, size_t count,
                   struct week weeks[WEEKS])
{
    const char *first = page_chart_first(x);

    for (int i = 0; i < WEEKS; i++)
        weeks[i] = (struct week){.monday = dates_add(x->arena, first, 7 * i)};
    for (size_t i = 0; i < count; i++) {
        int week = clock_days_between(first, days[i].day) / 7;

        if (week < 0 || week >= WEEKS)
            continue;
        weeks[week].parts[part_of(&days[i])] += (int64_t)days[i].total;
        weeks[week].total += (int64_t)days[i].total;
    }
}

/* What one line more stands for: 1, 2, 5, 10, 20 … so that no more than LINES_MOST are needed. */
static int64_t line_step(int64_t highest)
{
    static const int64_t factors[] = {1, 2, 5};

    for (int64_t ten = 1;; ten *= 10)
        for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++)
            if (factors[i] * ten * LINES_MOST >= highest)
                return factors[i] * ten;
}

static int64_t height_of(int64_t count, int64_t top)
{
    return count * (BOTTOM - TOP) / top;
}

static void draw_lines(struct exchange *x, int64_t step, int64_t top, struct chart_view *view)
{
    struct chart_line *lines = ARENA_NEW_ARRAY(x->arena, LINES_MOST + 1, struct chart_line);

    for (int64_t count = 0; count <= top; count += step) {
        int64_t y = BOTTOM - height_of(count, top);

        lines[view->lines_count++] =
            (struct chart_line){.y = y, .text_y = y + LABEL_DROP, .label = count};
    }
    view->lines = lines;
}

static void draw_bars(struct exchange *x, const struct week weeks[WEEKS], int64_t top,
                      struct chart_view *view)
{
    struct chart_bar *bars = ARENA_NEW_ARRAY(x->arena, WEEKS * PART_COUNT, struct chart_bar);

    for (int i = 0; i < WEEKS; i++) {
        int64_t below = 0;

        for (int part = 0; part < PART_COUNT; part++) {
            int64_t from = height_of(below, top);
            int64_t to = height_of(below + weeks[i].parts[part], top);

            if (weeks[i].parts[part] == 0)
                continue;
            below += weeks[i].parts[part];
            bars[view->bars_count++] =
                (struct chart_bar){.x = LEFT + STEP * i + (STEP - BAR_WIDTH) / 2,
                                   .y = BOTTOM - to,
                                   .width = BAR_WIDTH,
                                   .height = to > from ? to - from : 1,
                                   .is_not_returned = part == PART_NOT_RETURNED,
                                   .is_pending = part == PART_PENDING,
                                   .is_incomplete = part == PART_INCOMPLETE,
                                   .is_validated = part == PART_VALIDATED};
        }
    }
    view->bars = bars;
}

static const struct chart_cell *cell(struct exchange *x, int64_t total, enum worklist list,
                                     const char *monday, bool linked)
{
    struct chart_cell *made = ARENA_NEW(x->arena, struct chart_cell);

    made->total = total;
    if (linked && total > 0)
        made->url = page_followup_url(x, list, SIDE_BOTH, monday);
    return made;
}

static void show_weeks(struct exchange *x, const struct week weeks[WEEKS], bool linked,
                       struct chart_view *view)
{
    struct chart_label *labels = ARENA_NEW_ARRAY(x->arena, WEEKS, struct chart_label);
    struct chart_week *rows = ARENA_NEW_ARRAY(x->arena, WEEKS, struct chart_week);
    const struct chart_cell *cells[PART_COUNT];

    for (int i = 0; i < WEEKS; i++) {
        const char *day = clock_french_day(x->arena, weeks[i].monday);

        for (int part = 0; part < PART_COUNT; part++)
            cells[part] = cell(x, weeks[i].parts[part], part_lists[part], weeks[i].monday, linked);
        labels[i] = (struct chart_label){.x = LEFT + STEP * i + STEP / 2,
                                         .text = arena_strndup(x->arena, day, 5),
                                         .is_current = i == WEEKS_PAST};
        rows[i] =
            (struct chart_week){.short_day = labels[i].text,
                                .year = day + 5,
                                .is_current = i == WEEKS_PAST,
                                .not_returned = cells[PART_NOT_RETURNED],
                                .pending = cells[PART_PENDING],
                                .incomplete = cells[PART_INCOMPLETE],
                                .validated = cells[PART_VALIDATED],
                                .all = cell(x, weeks[i].total, WORK_ALL, weeks[i].monday, linked)};
    }
    view->labels = labels;
    view->weeks = rows;
    view->labels_count = view->weeks_count = WEEKS;
}

const struct chart_view *page_chart(struct exchange *x, const struct chart_day *days, size_t count,
                                    bool linked)
{
    struct chart_view *view = ARENA_NEW(x->arena, struct chart_view);
    struct week weeks[WEEKS];
    int64_t highest = 1, step, top;

    add_up(x, days, count, weeks);
    for (int i = 0; i < WEEKS; i++) {
        view->total += weeks[i].total;
        highest = weeks[i].total > highest ? weeks[i].total : highest;
    }
    step = line_step(highest);
    top = (highest + step - 1) / step * step;
    draw_lines(x, step, top, view);
    draw_bars(x, weeks, top, view);
    show_weeks(x, weeks, linked, view);
    return view;
}
