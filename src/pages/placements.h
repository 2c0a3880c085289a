/* What the pages about placements share. */
#ifndef PARAPHE_PAGES_PLACEMENTS_H
#define PARAPHE_PAGES_PLACEMENTS_H

#include "db/statements.h"
#include "domain/context.h"
#include "http/http.h"

/* A placement this establishment may see; ERR_NOT_FOUND otherwise. */
enum err page_placement_of(struct exchange *x, uint64_t id, struct placement_by_id_row **row);

/* The same, or one that has closed since its form was opened: that is told in the form. */
enum err page_placement_asked_for(struct exchange *x, uint64_t id,
                                  struct placement_by_id_row **row);

/* A placement that this establishment hosts; ERR_FORBIDDEN "placement-not-yours" for one that it
 * may only see. */
enum err page_placement_own(struct exchange *x, uint64_t id, struct placement_by_id_row **row);

/* After ERR_CONFLICT "placement-out-of-date": who changed what of the placement, as a sentence. */
const char *page_placement_meanwhile(struct exchange *x, const struct meanwhile *meanwhile);

struct placement_view;

/* Who waits for a place on it: all for the host, without their names; its own for an origin. */
enum err page_waiters(struct exchange *x, const struct placement_by_id_row *placement,
                      struct placement_view *view);

/* The version in the address, of the data that were seen; without one, a version of none. */
uint32_t page_placement_version(const struct exchange *x);

/* "8 h 30 – 16 h". */
const char *page_hours(struct arena *arena, const char *starts_at, const char *ends_at);

/* "mercredi 3 février 2027", or "du … au …". */
const char *page_days(struct arena *arena, const char *first, const char *last);

#endif
