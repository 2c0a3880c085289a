#include "domain/placement.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/dates.h"
#include "base/text.h"
#include "db/statements.h"
#include "domain/revision.h"
#include "domain/texts.h"

#define CAPACITY_MOST 1000
#define EARLIEST "07:00"
#define LATEST "20:00"
#define WORKDAYS 5 /* Monday to Friday */

static enum err check_texts(const struct placement *placement)
{
    const struct text_rule rules[] = {
        {"title", placement->title, 200, true, false},
        {"course", placement->course, 200, false, false},
        {"description", placement->description, 10000, false, true},
        {"place", placement->place, 200, false, false},
        {"person", placement->person_name, 150, false, false},
        {"person's phone", placement->person_phone, 30, false, false},
    };

    return TEXTS_CHECK(rules);
}

static bool is_one_of(const char *word, const char *const words[3])
{
    for (size_t i = 0; i < 3; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

enum err placement_check(const struct placement *placement)
{
    static const char *const meals[] = {"canteen", "packed", "home"};
    static const char *const transports[] = {"family", "school", "foot"};

    ERR_TRY(check_texts(placement));
    if (!is_one_of(placement->meals, meals) || !is_one_of(placement->transport, transports))
        return err_raise(ERR_INVALID, "placement-choice", "meals %s, transport %s",
                         placement->meals, placement->transport);
    if (!clock_is_day(placement->first_day) || !clock_is_day(placement->last_day) ||
        strcmp(placement->first_day, placement->last_day) > 0)
        return err_raise(ERR_INVALID, "placement-days", "%s to %s", placement->first_day,
                         placement->last_day);
    if (!clock_is_time(placement->starts_at) || !clock_is_time(placement->ends_at) ||
        strcmp(placement->starts_at, EARLIEST) < 0 || strcmp(placement->ends_at, LATEST) > 0 ||
        strcmp(placement->starts_at, placement->ends_at) >= 0)
        return err_raise(ERR_INVALID, "placement-hours", "%s to %s", placement->starts_at,
                         placement->ends_at);
    if (!clock_is_day(placement->closes_on) ||
        strcmp(placement->closes_on, placement->first_day) > 0)
        return err_raise(ERR_INVALID, "placement-closing", "closes on %s", placement->closes_on);
    if (placement->capacity == 0 || placement->capacity > CAPACITY_MOST)
        return err_raise(ERR_INVALID, "placement-capacity", "capacity %u", placement->capacity);
    return ERR_OK;
}

static enum err insert(struct context *ctx, const struct placement *placement, uint64_t *id)
{
    struct db_done done;

    ERR_TRY(db_placement_insert(
        ctx->db, ctx->arena,
        &(struct placement_insert_in){.host_id = placement->host,
                                      .title = placement->title,
                                      .folded_title = text_fold(ctx->arena, placement->title),
                                      .course = placement->course,
                                      .description = placement->description,
                                      .first_day = placement->first_day,
                                      .last_day = placement->last_day,
                                      .starts_at = placement->starts_at,
                                      .ends_at = placement->ends_at,
                                      .place = placement->place,
                                      .person_name = placement->person_name,
                                      .person_phone = placement->person_phone,
                                      .meals = placement->meals,
                                      .transport = placement->transport,
                                      .capacity = placement->capacity,
                                      .closes_on = placement->closes_on,
                                      .state = placement->draft ? "draft" : "published",
                                      .now = ctx->now},
        &done));
    *id = done.insert_id;
    return ERR_OK;
}

enum err placement_create(struct context *ctx, const struct placement *placement, uint64_t *id)
{
    ERR_TRY(placement_check(placement));
    return insert(ctx, placement, id);
}

struct offering {
    struct context *ctx;
    const struct placement *placement;
    uint64_t id;
};

/* The host's revision comes first here: its lock lets two forms of one host come one after the
 * other, and the transaction is short. */
static enum err offer_once(void *what)
{
    struct offering *offering = what;
    const struct placement *placement = offering->placement;
    struct context *ctx = offering->ctx;
    struct placement_same_row *same;

    ERR_TRY(revision_raise(ctx, placement->host, placement->host));
    ERR_TRY(db_placement_same(
        ctx->db, ctx->arena,
        &(struct placement_same_in){.host_id = placement->host,
                                    .folded_title = text_fold(ctx->arena, placement->title),
                                    .first_day = placement->first_day,
                                    .starts_at = placement->starts_at},
        &same));
    if (same)
        return err_raise(ERR_CONFLICT, "placement-same", "placement %" PRIu64, same->id);
    return insert(ctx, placement, &offering->id);
}

enum err placement_offer(struct context *ctx, const struct placement *placement, uint64_t *id)
{
    struct offering offering = {.ctx = ctx, .placement = placement};

    ERR_TRY(placement_check(placement));
    ERR_TRY(db_transaction(ctx->db, offer_once, &offering));
    *id = offering.id;
    return ERR_OK;
}

enum err placement_lock_own(struct context *ctx, uint64_t id, uint32_t version,
                            struct placement_lock_row **row)
{
    ERR_TRY(db_placement_lock(ctx->db, ctx->arena, &(struct placement_lock_in){.id = id}, row));
    if (!*row)
        return err_raise(ERR_NOT_FOUND, NULL, "placement %" PRIu64, id);
    if ((*row)->host_id != ctx->actor.establishment)
        return err_raise(ERR_FORBIDDEN, "placement-not-yours", "placement %" PRIu64, id);
    if (version == 0 || version == (*row)->version)
        return ERR_OK;
    if ((*row)->changed_by[0])
        ctx->meanwhile = (struct meanwhile){.event = (*row)->changed_what,
                                            .actor_name = (*row)->changed_by,
                                            .actor_establishment = ctx->actor.establishment_name,
                                            .at = (*row)->changed_at};
    return err_raise(ERR_CONFLICT, "placement-out-of-date", "placement %" PRIu64, id);
}

unsigned placement_left(uint32_t capacity, uint64_t taken)
{
    return taken >= capacity ? 0 : capacity - (unsigned)taken;
}

bool placement_is_open(const char *state, const char *closes_on, const char *today)
{
    return strcmp(state, "published") == 0 && strcmp(today, closes_on) <= 0;
}

bool placement_has_weekends(const char *first_day, const char *last_day)
{
    return dates_weekday(first_day) > WORKDAYS || dates_weekday(last_day) > WORKDAYS;
}

bool placement_is_on(const char *first_day, const char *last_day, const char *day)
{
    return strcmp(first_day, day) <= 0 && strcmp(day, last_day) <= 0 &&
           (dates_weekday(day) <= WORKDAYS || placement_has_weekends(first_day, last_day));
}
