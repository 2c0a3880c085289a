/* The lists of conventions that ask for somebody's care: which ones each of them has.
 *
 * What the dashboard counts and what the list behind the count shows come from the same filter, so
 * that they are always the same rows. */
#ifndef PARAPHE_DOMAIN_WORKLIST_H
#define PARAPHE_DOMAIN_WORKLIST_H

#include "domain/context.h"

enum worklist {
    WORK_ALL,
    WORK_VALIDATE,   /* returned, to be judged by the viewer, who is the host */
    WORK_RETURN,     /* not returned, whatever the day */
    WORK_LATE,       /* not returned, though the placement has come */
    WORK_SOON,       /* not returned, within the next WORK_SOON_DAYS days */
    WORK_INCOMPLETE, /* marked « Incomplète »: to be deposited again */
    WORK_PENDING,    /* returned and not yet validated, incomplete ones left out */
    WORK_VALIDATED,
    WORK_COUNT
};

#define WORK_SOON_DAYS 7

/* On which side of the conventions the viewer is asked for. */
enum work_side { SIDE_BOTH, SIDE_HOST, SIDE_ORIGIN };

struct work_filter {
    uint64_t host;         /* the viewer, or 0 where that side is not asked for */
    uint64_t origin;       /* likewise */
    const char *states[3]; /* any of them; they may be the same */
    const char *marked;    /* "any", "yes", "no" */
    const char *from_day;  /* of the placement, both days included */
    const char *until_day;
};

/* The filter of that list for the establishment that acts, as of the day in Paris at ctx->now. */
struct work_filter work_filter(struct context *ctx, enum worklist list, enum work_side side);

/* The same, for placements between these two days alone. */
void work_filter_days(struct work_filter *filter, const char *from_day, const char *until_day);

/* How many there are. pattern as for LIKE, "%" for all. */
enum err work_count(struct context *ctx, const struct work_filter *filter, const char *pattern,
                    uint64_t *total);

#endif
