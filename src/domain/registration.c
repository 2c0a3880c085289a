#include "domain/registration.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/statements.h"
#include "domain/notice.h"
#include "domain/original.h"
#include "domain/placement.h"
#include "domain/revision.h"

struct registering {
    struct context *ctx;
    uint64_t placement;
    const struct trainee *trainee;
    uint64_t convention;
};

/* Takes the placement's lock, so that two who want the last place come one after the other. */
static enum err take_place(struct context *ctx, uint64_t id, struct placement_lock_row **placement)
{
    struct placement_taken_row *places;
    const char *today = clock_day(ctx->arena, ctx->now);

    ERR_TRY(
        db_placement_lock(ctx->db, ctx->arena, &(struct placement_lock_in){.id = id}, placement));
    if (!*placement)
        return err_raise(ERR_NOT_FOUND, NULL, "placement %" PRIu64, id);
    if (strcmp((*placement)->state, "published") != 0)
        return err_raise(ERR_CONFLICT, "placement-closed", "placement %" PRIu64, id);
    if (!placement_is_open((*placement)->state, (*placement)->closes_on, today))
        return err_raise(ERR_CONFLICT, "placement-past-closing", "placement %" PRIu64, id);
    ERR_TRY(
        db_placement_taken(ctx->db, ctx->arena, &(struct placement_taken_in){.id = id}, &places));
    if (placement_left((*placement)->capacity, places->taken) == 0)
        return err_raise(ERR_CONFLICT, "placement-full", "placement %" PRIu64, id);
    return ERR_OK;
}

/* What tells two trainees of a school apart, besides their birth dates. */
static const char *folded_name(struct arena *arena, const struct trainee *trainee)
{
    return arena_printf(arena, "%s/%s", text_fold(arena, trainee->last_name),
                        text_fold(arena, trainee->first_name));
}

static enum err update_trainee(struct context *ctx, uint64_t id, const struct trainee *trainee)
{
    return db_trainee_update(
        ctx->db, ctx->arena,
        &(struct trainee_update_in){.id = id,
                                    .last_name = trainee->last_name,
                                    .first_name = trainee->first_name,
                                    .folded_name = folded_name(ctx->arena, trainee),
                                    .birth_day = trainee->birth_day,
                                    .class_name = trainee->class_name,
                                    .guardian_name = trainee->guardian_name,
                                    .guardian_email = trainee->guardian_email,
                                    .guardian_phone = trainee->guardian_phone,
                                    .guardian_address = trainee->guardian_address},
        NULL);
}

static enum err reissue(struct context *ctx, uint64_t convention)
{
    struct transition transition;
    struct original original;

    ERR_TRY(transition_begin(ctx, convention, EVENT_REISSUE, 0, &transition));
    ERR_TRY(original_issue(ctx, convention, transition.original, &original));
    return transition_finish(ctx, &transition, 0, original.document, "");
}

/* Writes the trainee's data, and makes new originals of the conventions not yet returned. */
static enum err correct_trainee(struct context *ctx, uint64_t id, const struct trainee *trainee,
                                size_t *reissued)
{
    struct trainee_open_conventions_row *open;

    ERR_TRY(update_trainee(ctx, id, trainee));
    ERR_TRY(db_trainee_open_conventions(ctx->db, ctx->arena,
                                        &(struct trainee_open_conventions_in){.trainee_id = id},
                                        &open, reissued));
    for (size_t i = 0; i < *reissued; i++)
        ERR_TRY(reissue(ctx, open[i].convention_id));
    return revision_raise_trainee(ctx, id);
}

static bool same_data(const struct trainee_same_row *row, const struct trainee *trainee)
{
    return strcmp(row->last_name, trainee->last_name) == 0 &&
           strcmp(row->first_name, trainee->first_name) == 0 &&
           strcmp(row->class_name, trainee->class_name) == 0 &&
           strcmp(row->guardian_name, trainee->guardian_name) == 0 &&
           strcmp(row->guardian_email, trainee->guardian_email) == 0 &&
           strcmp(row->guardian_phone, trainee->guardian_phone) == 0 &&
           strcmp(row->guardian_address, trainee->guardian_address) == 0;
}

/* The trainee the school has under these names and birth date, corrected where the data are now
 * others; or a new one. */
static enum err keep_trainee(struct context *ctx, const struct trainee *trainee, uint64_t *id)
{
    const char *folded = folded_name(ctx->arena, trainee);
    struct trainee_same_row *same;
    struct db_done done;
    size_t reissued;

    ERR_TRY(db_trainee_same(ctx->db, ctx->arena,
                            &(struct trainee_same_in){.origin_id = ctx->actor.establishment,
                                                      .folded_name = folded,
                                                      .birth_day = trainee->birth_day},
                            &same));
    if (same) {
        *id = same->id;
        return same_data(same, trainee) ? ERR_OK
                                        : correct_trainee(ctx, same->id, trainee, &reissued);
    }
    ERR_TRY(
        db_trainee_insert(ctx->db, ctx->arena,
                          &(struct trainee_insert_in){.origin_id = ctx->actor.establishment,
                                                      .last_name = trainee->last_name,
                                                      .first_name = trainee->first_name,
                                                      .folded_name = folded,
                                                      .birth_day = trainee->birth_day,
                                                      .class_name = trainee->class_name,
                                                      .guardian_name = trainee->guardian_name,
                                                      .guardian_email = trainee->guardian_email,
                                                      .guardian_phone = trainee->guardian_phone,
                                                      .guardian_address = trainee->guardian_address,
                                                      .now = ctx->now},
                          &done));
    *id = done.insert_id;
    return ERR_OK;
}

static enum err insert_registration(struct context *ctx, uint64_t placement, uint64_t trainee,
                                    uint64_t *id)
{
    struct db_done done;
    enum err code = db_registration_insert(
        ctx->db, ctx->arena,
        &(struct registration_insert_in){
            .placement_id = placement, .trainee_id = trainee, .now = ctx->now},
        &done);

    if (code == ERR_CONFLICT && strcmp(err_last()->key, "db-duplicate") == 0)
        return err_raise(ERR_CONFLICT, "trainee-already-registered", "placement %" PRIu64,
                         placement);
    ERR_TRY(code);
    *id = done.insert_id;
    return ERR_OK;
}

static enum err register_once(void *what)
{
    struct registering *registering = what;
    struct context *ctx = registering->ctx;
    const struct trainee *trainee = registering->trainee;
    struct history_end end = {.length = 0};
    struct placement_lock_row *placement;
    uint64_t trainee_id;
    uint64_t registration = 0;
    struct original original;
    struct db_done done;

    ERR_TRY(take_place(ctx, registering->placement, &placement));
    ERR_TRY(keep_trainee(ctx, trainee, &trainee_id));
    ERR_TRY(insert_registration(ctx, placement->id, trainee_id, &registration));
    ERR_TRY(
        db_convention_insert(ctx->db, ctx->arena,
                             &(struct convention_insert_in){.registration_id = registration,
                                                            .host_id = placement->host_id,
                                                            .origin_id = ctx->actor.establishment,
                                                            .first_day = placement->first_day,
                                                            .folded_trainee = "",
                                                            .folded_search = "",
                                                            .now = ctx->now},
                             &done));
    registering->convention = done.insert_id;
    ERR_TRY(original_issue(ctx, registering->convention, 0, &original));
    ERR_TRY(
        history_append(ctx, registering->convention, &end, EVENT_GENERATE, original.document, ""));
    ERR_TRY(db_convention_set_history(
        ctx->db, ctx->arena,
        &(struct convention_set_history_in){.id = registering->convention,
                                            .history_length = end.length,
                                            .history_head = {end.head, sizeof end.head}},
        NULL));
    ERR_TRY(notice_generated(ctx, registering->convention, original.document));
    return revision_raise(ctx, placement->host_id, ctx->actor.establishment);
}

enum err registration_make(struct context *ctx, uint64_t placement, const struct trainee *trainee,
                           uint64_t *convention)
{
    struct registering registering = {.ctx = ctx, .placement = placement, .trainee = trainee};

    if (ctx->actor.establishment == 0)
        return err_raise(ERR_FORBIDDEN, "registration-not-yours", "account %" PRIu64,
                         ctx->actor.account);
    ERR_TRY(db_transaction(ctx->db, register_once, &registering));
    *convention = registering.convention;
    return ERR_OK;
}

struct correcting {
    struct context *ctx;
    uint64_t id;
    uint32_t version;
    const struct trainee *trainee;
    size_t reissued;
};

static enum err correct_once(void *what)
{
    struct correcting *correcting = what;
    struct context *ctx = correcting->ctx;
    struct trainee_lock_row *row;
    enum err code;

    ERR_TRY(db_trainee_lock(
        ctx->db, ctx->arena,
        &(struct trainee_lock_in){.id = correcting->id, .viewer = ctx->actor.establishment}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "trainee %" PRIu64, correcting->id);
    if (row->version != correcting->version)
        return err_raise(ERR_CONFLICT, "trainee-out-of-date", "trainee %" PRIu64, correcting->id);
    code = correct_trainee(ctx, row->id, correcting->trainee, &correcting->reissued);
    if (code == ERR_CONFLICT && strcmp(err_last()->key, "db-duplicate") == 0)
        return err_raise(ERR_CONFLICT, "trainee-same-as-another", "trainee %" PRIu64, row->id);
    return code;
}

enum err trainee_correct(struct context *ctx, uint64_t id, uint32_t version,
                         const struct trainee *trainee, size_t *reissued)
{
    struct correcting correcting = {.ctx = ctx, .id = id, .version = version, .trainee = trainee};

    ERR_TRY(db_transaction(ctx->db, correct_once, &correcting));
    *reissued = correcting.reissued;
    return ERR_OK;
}
