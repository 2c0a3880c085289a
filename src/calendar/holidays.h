/* School holidays, from a file that operators keep up to date (conf/vacances-scolaires.txt). */
#ifndef PARAPHE_CALENDAR_HOLIDAYS_H
#define PARAPHE_CALENDAR_HOLIDAYS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* One period: its first and its last day without school, for zones such as "AC". */
struct calendar_holiday {
    const char *first_day;
    const char *last_day;
    const char *zones;
    const char *name;
};

struct calendar_holidays {
    const struct calendar_holiday *items; /* in the order of the file */
    size_t count;
};

/* Reads a file of lines `first day, last day, zones, name`, parted by spaces; empty lines and those
 * that begin with # are left out. ERR_INVALID "settings" names the line where a day does not exist,
 * the last is before the first, a zone is none of A, B and C or there twice, or a name is missing
 * or too long; and where two periods of a zone overlap, the later line. */
enum err calendar_holidays_read(struct arena *arena, const char *path,
                                const struct calendar_holidays **holidays);

/* The period of that zone which the day is in; NULL where there is none, or no zone. */
const struct calendar_holiday *calendar_holiday(const struct calendar_holidays *holidays, char zone,
                                                const char *day);

#endif
