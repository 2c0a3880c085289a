#include "domain/registration.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/contact.h"
#include "domain/notice.h"
#include "domain/original.h"
#include "domain/placement.h"
#include "domain/revision.h"
#include "domain/transition.h"

struct registering {
    struct context *ctx;
    uint64_t placement;
    const struct trainee *trainee;
    uint64_t convention;
};

enum err registration_lock_placement(struct context *ctx, uint64_t id,
                                     struct placement_lock_row **placement, unsigned *left)
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
    *left = placement_left((*placement)->capacity, places->taken);
    return ERR_OK;
}

static enum err take_place(struct context *ctx, uint64_t id, struct placement_lock_row **placement)
{
    unsigned left;

    ERR_TRY(registration_lock_placement(ctx, id, placement, &left));
    return left > 0 ? ERR_OK : err_raise(ERR_CONFLICT, "placement-full", "placement %" PRIu64, id);
}

enum err registration_reissue(struct context *ctx, uint64_t convention)
{
    struct transition transition;
    struct original original;

    ERR_TRY(transition_begin(ctx, convention, EVENT_REISSUE, 0, &transition));
    ERR_TRY(original_issue(ctx, convention, transition.original, &original));
    return transition_finish(ctx, &transition, 0, original.document, "");
}

enum err registration_keep(struct context *ctx, uint64_t convention)
{
    struct history_chain_lock_row *row;
    struct history_end end;

    ERR_TRY(db_history_chain_lock(ctx->db, ctx->arena,
                                  &(struct history_chain_lock_in){.id = convention}, &row));
    if (!row)
        return err_raise(ERR_INTERNAL, NULL, "convention %" PRIu64 " is not there", convention);
    end = (struct history_end){.length = row->history_length};
    if (row->history_head.length == sizeof end.head)
        memcpy(end.head, row->history_head.data, sizeof end.head);
    ERR_TRY(original_index(ctx, convention));
    ERR_TRY(history_append(ctx, convention, &end, EVENT_KEEP, 0, ""));
    ERR_TRY(db_convention_set_history(
        ctx->db, ctx->arena,
        &(struct convention_set_history_in){.id = convention,
                                            .history_length = end.length,
                                            .history_head = {end.head, sizeof end.head}},
        NULL));
    return revision_raise(ctx, row->host_id, row->origin_id);
}

/* The trainee the school has under these names and birth date, corrected where the data are now
 * others; or a new one. */
enum err registration_keep_trainee(struct context *ctx, const struct trainee *trainee, uint64_t *id)
{
    struct trainee_same_row *same;
    size_t reissued;

    ERR_TRY(db_trainee_same(
        ctx->db, ctx->arena,
        &(struct trainee_same_in){.origin_id = ctx->actor.establishment,
                                  .folded_name = trainee_folded_name(ctx->arena, trainee),
                                  .birth_day = trainee->birth_day},
        &same));
    if (!same)
        return trainee_insert(ctx, trainee, id);
    *id = same->id;
    if (trainee_is_same(&TRAINEE_OF(same), trainee))
        return ERR_OK;
    ERR_TRY(trainee_write(ctx, same->id, trainee, true, &reissued));
    return revision_raise_trainee(ctx, same->id);
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

enum err registration_enter(struct context *ctx, const struct placement_lock_row *placement,
                            uint64_t origin, uint64_t trainee, struct registration_made *made)
{
    struct history_end end = {.length = 0};
    uint64_t registration = 0;
    struct original original;
    struct db_done done;

    ERR_TRY(insert_registration(ctx, placement->id, trainee, &registration));
    ERR_TRY(db_convention_insert(ctx->db, ctx->arena,
                                 &(struct convention_insert_in){.registration_id = registration,
                                                                .host_id = placement->host_id,
                                                                .origin_id = origin,
                                                                .first_day = placement->first_day,
                                                                .folded_trainee = "",
                                                                .folded_search = "",
                                                                .now = ctx->now},
                                 &done));
    made->convention = done.insert_id;
    ERR_TRY(original_issue(ctx, made->convention, 0, &original));
    made->document = original.document;
    ERR_TRY(history_append(ctx, made->convention, &end, EVENT_GENERATE, original.document, ""));
    ERR_TRY(db_convention_set_history(
        ctx->db, ctx->arena,
        &(struct convention_set_history_in){.id = made->convention,
                                            .history_length = end.length,
                                            .history_head = {end.head, sizeof end.head}},
        NULL));
    return contact_meet(ctx, placement->host_id, origin);
}

enum err registration_make_in(struct context *ctx, uint64_t placement,
                              const struct trainee *trainee, uint64_t *convention)
{
    struct registration_made made;
    struct placement_lock_row *row;
    uint64_t id;

    ERR_TRY(take_place(ctx, placement, &row));
    ERR_TRY(registration_keep_trainee(ctx, trainee, &id));
    ERR_TRY(registration_enter(ctx, row, ctx->actor.establishment, id, &made));
    *convention = made.convention;
    ERR_TRY(notice_generated(ctx, made.convention, made.document));
    return revision_raise(ctx, row->host_id, ctx->actor.establishment);
}

static enum err register_once(void *what)
{
    struct registering *registering = what;

    return registration_make_in(registering->ctx, registering->placement, registering->trainee,
                                &registering->convention);
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
