/* A calendar of placements as programs subscribe to it: iCalendar (RFC 5545), by libical. */
#ifndef PARAPHE_CALENDAR_FEED_H
#define PARAPHE_CALENDAR_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

/* A placement; texts as they are, without names of pupils. */
struct feed_event {
    uint64_t id;          /* its UID is made of this, and so stays the same */
    const char *title;    /* on one line */
    const char *details;  /* several lines, "" for none */
    const char *location; /* "" for none */
    const char *url;
    const char *first_day; /* YYYY-MM-DD */
    const char *last_day;
    bool weekends;         /* whether Saturdays and Sundays in between are days of it */
    const char *starts_at; /* HH:MM in Paris, on each of the days */
    const char *ends_at;
    uint32_t sequence; /* how many times it was changed */
    int64_t created_at;
    int64_t changed_at;
    bool is_cancelled;
};

/* name: of the whole calendar. domain: what UIDs end with ("conventions.example.fr"). The same
 * events give the same bytes: nothing depends on when it is asked for. */
struct bytes calendar_feed(struct arena *arena, const char *name, const char *domain,
                           const struct feed_event *events, size_t count);

#endif
