#include "domain/history_check.h"

#include "base/clock.h"
#include "db/db.h"
#include "db/statements.h"
#include "domain/history.h"

#define SCRATCH_MOST ((size_t)64 * 1024 * 1024) /* bytes for a thousand conventions' rows */
#define FAULTS_MOST 100                         /* kept of one step; the others are counted */

/* A part of a check. */
struct step {
    struct context *ctx;
    uint64_t check;
    uint64_t seen;       /* the convention after which it began */
    uint64_t checked_to; /* and to which it came */
    uint64_t conventions, events, broken;
    bool is_last;
    struct history_fault_insert_in faults[FAULTS_MOST];
};

static const char *kind_of(enum history_fault fault)
{
    static const char *const kinds[] = {[HISTORY_CHANGED] = "changed",
                                        [HISTORY_MISSING] = "missing",
                                        [HISTORY_ADDED] = "added",
                                        [HISTORY_END] = "end"};

    return kinds[fault];
}

static void note(struct step *step, uint64_t convention, const struct history_finding *found)
{
    step->checked_to = convention;
    step->conventions++;
    step->events += found->events;
    if (found->fault == HISTORY_HOLDS)
        return;
    if (step->broken < FAULTS_MOST)
        step->faults[step->broken] =
            (struct history_fault_insert_in){.check_id = step->check,
                                             .convention_id = convention,
                                             .sequence = found->sequence,
                                             .kind = kind_of(found->fault)};
    step->broken++;
}

/* Looks at conventions until the time is over, in memory of its own. */
static enum err examine(struct step *step, struct context *scratch, int64_t until)
{
    do {
        struct history_chains_row *rows;
        size_t count;

        arena_reset(scratch->arena);
        ERR_TRY(db_history_chains(scratch->db, scratch->arena,
                                  &(struct history_chains_in){.after = step->checked_to}, &rows,
                                  &count));
        step->is_last = count == 0;
        for (size_t i = 0; i < count && (i == 0 || clock_monotonic_us() < until); i++) {
            struct history_finding found;

            ERR_TRY(history_examine(scratch, &rows[i], &found));
            note(step, rows[i].id, &found);
        }
    } while (!step->is_last && clock_monotonic_us() < until);
    return ERR_OK;
}

static enum err keep(void *what)
{
    const struct step *step = what;
    struct context *ctx = step->ctx;
    struct db_done done;

    ERR_TRY(db_history_check_advance(
        ctx->db, ctx->arena,
        &(struct history_check_advance_in){.id = step->check,
                                           .seen = step->seen,
                                           .checked_to = step->checked_to,
                                           .conventions = step->conventions,
                                           .events = step->events,
                                           .broken = step->broken,
                                           .has_finished_at = step->is_last,
                                           .finished_at = ctx->now},
        &done));
    for (uint64_t i = 0; done.affected > 0 && i < step->broken && i < FAULTS_MOST; i++)
        ERR_TRY(db_history_fault_insert(ctx->db, ctx->arena, &step->faults[i], NULL));
    return ERR_OK;
}

/* Where to go on: behind what the open check has seen, or at the beginning of a new one. */
static enum err begin(struct step *step, bool restart)
{
    struct context *ctx = step->ctx;
    struct history_check_last_row *last;
    struct db_done done;

    ERR_TRY(db_history_check_last(ctx->db, ctx->arena, &last));
    if (last && !last->has_finished_at && !restart) {
        step->check = last->id;
        step->seen = step->checked_to = last->checked_to;
        return ERR_OK;
    }
    ERR_TRY(db_history_check_insert(
        ctx->db, ctx->arena,
        &(struct history_check_insert_in){.account_id = ctx->actor.account, .now = ctx->now},
        &done));
    step->check = done.insert_id;
    return ERR_OK;
}

enum err history_check_go_on(struct context *ctx, bool restart, int64_t microseconds)
{
    int64_t until = clock_monotonic_us() + microseconds;
    struct step *step = ARENA_NEW(ctx->arena, struct step);
    struct context scratch = *ctx;
    enum err code;

    step->ctx = ctx;
    ERR_TRY(begin(step, restart));
    scratch.arena = arena_new(SCRATCH_MOST);
    code = examine(step, &scratch, until);
    arena_free(scratch.arena);
    ERR_TRY(code);
    return db_transaction(ctx->db, keep, step);
}
