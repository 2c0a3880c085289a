/* Placements: what a host offers. How they change later: placement_change.h, placement_moves.h. */
#ifndef PARAPHE_DOMAIN_PLACEMENT_H
#define PARAPHE_DOMAIN_PLACEMENT_H

#include "domain/context.h"

struct placement_lock_row;

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
    bool draft;            /* seen by the host alone until it is published */
};

/* Errors: ERR_INVALID "placement-days", "placement-hours" (07:00 to 20:00, end after beginning),
 * "placement-closing", "placement-capacity" or "placement-choice"; or as texts_check. */
enum err placement_check(const struct placement *placement);

/* As the operator makes one. Errors: as placement_check. */
enum err placement_create(struct context *ctx, const struct placement *placement, uint64_t *id);

/* As its host makes one: the same offer (title, day, hour) twice is a mistake, or a form sent
 * twice. Errors: as placement_check; ERR_CONFLICT "placement-same". */
enum err placement_offer(struct context *ctx, const struct placement *placement, uint64_t *id);

/* Inside the caller's transaction: locks a placement that the actor's establishment hosts. version:
 * the one the actor saw; 0 does not ask. Errors: ERR_NOT_FOUND; ERR_FORBIDDEN
 * "placement-not-yours"; ERR_CONFLICT "placement-out-of-date". */
enum err placement_lock_own(struct context *ctx, uint64_t id, uint32_t version,
                            struct placement_lock_row **row);

/* Places left, and whether an origin may register today. */
unsigned placement_left(uint32_t capacity, uint64_t taken);
bool placement_is_open(const char *state, const char *closes_on, const char *today);

/* Whether it takes place on that day; on Saturdays and Sundays only where it begins or ends on
 * one. */
bool placement_is_on(const char *first_day, const char *last_day, const char *day);
bool placement_has_weekends(const char *first_day, const char *last_day);

#endif
