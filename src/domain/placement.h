/* Placements: what a host offers. */
#ifndef PARAPHE_DOMAIN_PLACEMENT_H
#define PARAPHE_DOMAIN_PLACEMENT_H

#include "domain/context.h"

struct placement {
    uint64_t host;
    const char *title;
    const char *course;
    const char *description; /* Markdown */
    const char *first_day;   /* YYYY-MM-DD */
    const char *last_day;
    const char *starts_at; /* HH:MM, in Paris */
    const char *ends_at;
    const char *place;
    const char *person_name;
    const char *person_phone;
    const char *meals;     /* canteen, packed or home */
    const char *transport; /* family, school or foot */
    uint32_t capacity;
    const char *closes_on; /* last day of registration */
};

/* Errors: ERR_INVALID "placement-days", "placement-hours" (07:00 to 20:00, end after beginning),
 * "placement-closing", "placement-capacity" or "placement-choice"; or as texts_check. */
enum err placement_create(struct context *ctx, const struct placement *placement, uint64_t *id);

/* Places left, and whether an origin may register today. */
unsigned placement_left(uint32_t capacity, uint64_t taken);
bool placement_is_open(const char *state, const char *closes_on, const char *today);

#endif
