#include "domain/worklist.h"

#include <string.h>

#include "base/clock.h"
#include "base/dates.h"
#include "db/statements.h"
#include "domain/moves.h"

#define FIRST_DAY "1900-01-01"
#define LAST_DAY "2199-12-31"

/* Which part of time a list is about, seen from today. */
enum when { ANY_DAY, UP_TO_TODAY, DAYS_TO_COME };

static const struct {
    enum convention_state state; /* CONVENTION_STATES: all */
    const char *marked;
    enum when when;
    bool host_alone;
} lists[WORK_COUNT] = {
    [WORK_ALL] = {CONVENTION_STATES, "any", ANY_DAY, false},
    [WORK_VALIDATE] = {CONVENTION_PENDING, "no", ANY_DAY, true},
    [WORK_RETURN] = {CONVENTION_NOT_RETURNED, "any", ANY_DAY, false},
    [WORK_LATE] = {CONVENTION_NOT_RETURNED, "any", UP_TO_TODAY, false},
    [WORK_SOON] = {CONVENTION_NOT_RETURNED, "any", DAYS_TO_COME, false},
    [WORK_INCOMPLETE] = {CONVENTION_PENDING, "yes", ANY_DAY, false},
    [WORK_PENDING] = {CONVENTION_PENDING, "no", ANY_DAY, false},
    [WORK_VALIDATED] = {CONVENTION_VALIDATED, "any", ANY_DAY, false},
};

struct work_filter work_filter(struct context *ctx, enum worklist list, enum work_side side)
{
    const char *today = clock_day(ctx->arena, ctx->now);
    uint64_t viewer = ctx->actor.establishment;
    struct work_filter filter = {.host = side == SIDE_ORIGIN ? 0 : viewer,
                                 .origin = side == SIDE_HOST || lists[list].host_alone ? 0 : viewer,
                                 .marked = lists[list].marked,
                                 .from_day = FIRST_DAY,
                                 .until_day = LAST_DAY};

    for (int i = 0; i < 3; i++)
        filter.states[i] = state_name(
            lists[list].state == CONVENTION_STATES ? (enum convention_state)i : lists[list].state);
    if (lists[list].when == UP_TO_TODAY)
        filter.until_day = today;
    if (lists[list].when == DAYS_TO_COME) {
        filter.from_day = dates_add(ctx->arena, today, 1);
        filter.until_day = dates_add(ctx->arena, today, WORK_SOON_DAYS);
    }
    return filter;
}

void work_filter_days(struct work_filter *filter, const char *from_day, const char *until_day)
{
    if (strcmp(from_day, filter->from_day) > 0)
        filter->from_day = from_day;
    if (strcmp(until_day, filter->until_day) < 0)
        filter->until_day = until_day;
}

enum err work_count(struct context *ctx, const struct work_filter *filter, const char *pattern,
                    uint64_t *total)
{
    struct followup_count_row *row;

    ERR_TRY(db_followup_count(ctx->db, ctx->arena,
                              &(struct followup_count_in){
                                  .host = filter->host,
                                  .origin = filter->origin,
                                  .state = filter->states[0],
                                  .or_state = filter->states[1],
                                  .or_other = filter->states[2],
                                  .marked = filter->marked,
                                  .from_day = filter->from_day,
                                  .until_day = filter->until_day,
                                  .pattern = pattern,
                                  .search = strcmp(pattern, "%") == 0 ? FOLLOWUP_COUNT_SEARCH_NONE
                                                                      : FOLLOWUP_COUNT_SEARCH_SOME},
                              &row));
    *total = row->total;
    return ERR_OK;
}
