#include "domain/trainee.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/statements.h"
#include "domain/moves.h"
#include "domain/original.h"
#include "domain/registration.h"
#include "domain/revision.h"

#define YOUNGEST 8 /* years */
#define OLDEST 25

const char *trainee_folded_name(struct arena *arena, const struct trainee *trainee)
{
    return arena_printf(arena, "%s/%s", text_fold(arena, trainee->last_name),
                        text_fold(arena, trainee->first_name));
}

bool trainee_is_same(const struct trainee *a, const struct trainee *b)
{
    return strcmp(a->last_name, b->last_name) == 0 && strcmp(a->first_name, b->first_name) == 0 &&
           strcmp(a->birth_day, b->birth_day) == 0 && strcmp(a->class_name, b->class_name) == 0 &&
           strcmp(a->guardian_name, b->guardian_name) == 0 &&
           strcmp(a->guardian_email, b->guardian_email) == 0 &&
           strcmp(a->guardian_phone, b->guardian_phone) == 0 &&
           strcmp(a->guardian_address, b->guardian_address) == 0;
}

bool trainee_is_complete(const struct trainee *trainee)
{
    return trainee->guardian_name[0] && trainee->guardian_email[0] && trainee->guardian_phone[0];
}

bool trainee_age_fits(const char *birth_day, const char *today)
{
    int days = clock_days_between(birth_day, today);

    return days >= YOUNGEST * 365 && days <= OLDEST * 366;
}

/* Two of the same names and birth date are one trainee. */
static enum err name_duplicate(enum err code)
{
    if (code == ERR_CONFLICT && strcmp(err_last()->key, "db-duplicate") == 0)
        return err_raise(ERR_CONFLICT, "trainee-same-as-another", "same names and birth date");
    return code;
}

enum err trainee_insert(struct context *ctx, const struct trainee *trainee, uint64_t *id)
{
    struct db_done done;

    ERR_TRY(name_duplicate(db_trainee_insert(
        ctx->db, ctx->arena,
        &(struct trainee_insert_in){.origin_id = ctx->actor.establishment,
                                    .last_name = trainee->last_name,
                                    .first_name = trainee->first_name,
                                    .folded_name = trainee_folded_name(ctx->arena, trainee),
                                    .birth_day = trainee->birth_day,
                                    .class_name = trainee->class_name,
                                    .guardian_name = trainee->guardian_name,
                                    .guardian_email = trainee->guardian_email,
                                    .guardian_phone = trainee->guardian_phone,
                                    .guardian_address = trainee->guardian_address,
                                    .now = ctx->now},
        &done)));
    *id = done.insert_id;
    return ERR_OK;
}

static enum err update(struct context *ctx, uint64_t id, const struct trainee *trainee)
{
    return name_duplicate(db_trainee_update(
        ctx->db, ctx->arena,
        &(struct trainee_update_in){.id = id,
                                    .last_name = trainee->last_name,
                                    .first_name = trainee->first_name,
                                    .folded_name = trainee_folded_name(ctx->arena, trainee),
                                    .birth_day = trainee->birth_day,
                                    .class_name = trainee->class_name,
                                    .guardian_name = trainee->guardian_name,
                                    .guardian_email = trainee->guardian_email,
                                    .guardian_phone = trainee->guardian_phone,
                                    .guardian_address = trainee->guardian_address},
        NULL));
}

enum err trainee_write(struct context *ctx, uint64_t id, const struct trainee *trainee,
                       bool reissue, size_t *reissued)
{
    struct trainee_papers_row *papers;
    size_t count;

    *reissued = 0;
    ERR_TRY(update(ctx, id, trainee));
    ERR_TRY(db_trainee_papers(ctx->db, ctx->arena, &(struct trainee_papers_in){.trainee_id = id},
                              &papers, &count));
    for (size_t i = 0; i < count; i++) {
        const enum convention_state state = state_parse(papers[i].state);

        if (state == CONVENTION_CANCELLED) {
            ERR_TRY(original_index(ctx, papers[i].convention_id));
        } else if (reissue && state == CONVENTION_NOT_RETURNED) {
            ERR_TRY(registration_reissue(ctx, papers[i].convention_id));
            ++*reissued;
        } else {
            ERR_TRY(registration_keep(ctx, papers[i].convention_id));
        }
    }
    return ERR_OK;
}

struct trainee_change {
    struct context *ctx;
    uint64_t id;
    uint32_t version;
    const struct trainee *trainee;
    bool reissue;
    size_t reissued;
};

/* Its own pages show it too, also where no convention does. */
static enum err raise_own(struct context *ctx)
{
    return revision_raise(ctx, ctx->actor.establishment, ctx->actor.establishment);
}

static enum err add_once(void *what)
{
    struct trainee_change *change = what;

    ERR_TRY(trainee_insert(change->ctx, change->trainee, &change->id));
    return raise_own(change->ctx);
}

enum err trainee_add(struct context *ctx, const struct trainee *trainee, uint64_t *id)
{
    struct trainee_change change = {.ctx = ctx, .trainee = trainee};

    if (ctx->actor.establishment == 0)
        return err_raise(ERR_FORBIDDEN, "registration-not-yours", "account %" PRIu64,
                         ctx->actor.account);
    ERR_TRY(db_transaction(ctx->db, add_once, &change));
    *id = change.id;
    return ERR_OK;
}

static enum err lock(const struct trainee_change *change, struct trainee_lock_row **row)
{
    struct context *ctx = change->ctx;

    ERR_TRY(db_trainee_lock(
        ctx->db, ctx->arena,
        &(struct trainee_lock_in){.id = change->id, .viewer = ctx->actor.establishment}, row));
    if (!*row)
        return err_raise(ERR_NOT_FOUND, NULL, "trainee %" PRIu64, change->id);
    if ((*row)->version != change->version)
        return err_raise(ERR_CONFLICT, "trainee-out-of-date", "trainee %" PRIu64, change->id);
    return ERR_OK;
}

static enum err correct_once(void *what)
{
    struct trainee_change *change = what;
    struct trainee_lock_row *row;

    change->reissued = 0;
    ERR_TRY(lock(change, &row));
    if (trainee_is_same(&TRAINEE_OF(row), change->trainee))
        return ERR_OK;
    ERR_TRY(
        trainee_write(change->ctx, row->id, change->trainee, change->reissue, &change->reissued));
    return raise_own(change->ctx);
}

enum err trainee_correct(struct context *ctx, uint64_t id, uint32_t version,
                         const struct trainee *trainee, bool reissue, size_t *reissued)
{
    struct trainee_change change = {
        .ctx = ctx, .id = id, .version = version, .trainee = trainee, .reissue = reissue};

    ERR_TRY(db_transaction(ctx->db, correct_once, &change));
    *reissued = change.reissued;
    return ERR_OK;
}

static enum err remove_once(void *what)
{
    struct trainee_change *change = what;
    struct context *ctx = change->ctx;
    struct trainee_registrations_row *registrations;
    struct trainee_lock_row *row;

    ERR_TRY(lock(change, &row));
    ERR_TRY(db_trainee_registrations(
        ctx->db, ctx->arena, &(struct trainee_registrations_in){.id = row->id}, &registrations));
    if (registrations->total > 0)
        return err_raise(ERR_CONFLICT, "trainee-has-registrations", "trainee %" PRIu64, row->id);
    ERR_TRY(
        db_trainee_delete(ctx->db, ctx->arena, &(struct trainee_delete_in){.id = row->id}, NULL));
    return raise_own(ctx);
}

enum err trainee_remove(struct context *ctx, uint64_t id, uint32_t version)
{
    struct trainee_change change = {.ctx = ctx, .id = id, .version = version};

    return db_transaction(ctx->db, remove_once, &change);
}
