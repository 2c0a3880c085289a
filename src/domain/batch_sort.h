/* Which pages of a file belong together: pure, from what was read on each. */
#ifndef PARAPHE_DOMAIN_BATCH_SORT_H
#define PARAPHE_DOMAIN_BATCH_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct batch_page {
    uint32_t owner;       /* the same for all pages of a convention; 0 where none was read */
    uint32_t owner_pages; /* that the convention has */
    bool blank;
};

struct batch_group {
    uint32_t first, count; /* pages, from 0 */
    uint32_t owner;        /* 0: nobody's */
};

/* Groups the pages as they come: one with a code begins a group, or goes on with that of the same
 * owner. One without goes with the group before while that has fewer pages than its convention, or
 * where it is blank (the back of a sheet); else it is a group of its own, for a person to say whose
 * it is. groups has room for count; every page is in exactly one. Gives how many there are. */
size_t batch_sort(const struct batch_page *pages, size_t count, struct batch_group *groups);

#endif
