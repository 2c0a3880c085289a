#include "domain/retention.h"

#include "base/clock.h"
#include "db/document.h"
#include "db/statements.h"
#include "domain/revision.h"

#define AT_ONCE 50 /* conventions in a step */

struct erasing {
    struct context *ctx;
    const struct retention_due_row *row;
};

const char *retention_kept_from(struct arena *arena, const char *today)
{
    return arena_printf(arena, "%d-09-01", clock_school_year_began(today) - 1);
}

/* Calls a statement that deletes by the convention. */
#define DELETE_BY_CONVENTION(statement)      \
    ERR_TRY(db_retention_delete_##statement( \
        ctx->db, ctx->arena,                 \
        &(struct retention_delete_##statement##_in){.convention_id = row->convention_id}, NULL))

static enum err erase_rows(struct context *ctx, const struct retention_due_row *row)
{
    DELETE_BY_CONVENTION(messages);
    DELETE_BY_CONVENTION(reminders);
    DELETE_BY_CONVENTION(signatures);
    DELETE_BY_CONVENTION(remarks);
    DELETE_BY_CONVENTION(deposits);
    DELETE_BY_CONVENTION(originals);
    DELETE_BY_CONVENTION(history);
    DELETE_BY_CONVENTION(convention);
    ERR_TRY(db_retention_delete_registration(
        ctx->db, ctx->arena,
        &(struct retention_delete_registration_in){.registration_id = row->registration_id}, NULL));
    return db_retention_delete_trainee(
        ctx->db, ctx->arena, &(struct retention_delete_trainee_in){.trainee_id = row->trainee_id},
        NULL);
}

/* One transaction. Documents go last, since rows refer to them. */
static enum err erase(void *arg)
{
    const struct erasing *erasing = arg;
    struct context *ctx = erasing->ctx;
    const struct retention_due_row *row = erasing->row;
    struct retention_documents_row *documents;
    struct history_chain_lock_row *lock;
    size_t count;

    ERR_TRY(db_history_chain_lock(
        ctx->db, ctx->arena, &(struct history_chain_lock_in){.id = row->convention_id}, &lock));
    if (!lock)
        return ERR_OK; /* somebody else erased it */
    ERR_TRY(db_retention_documents(
        ctx->db, ctx->arena, &(struct retention_documents_in){.convention_id = row->convention_id},
        &documents, &count));
    ERR_TRY(erase_rows(ctx, row));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(db_document_remove(ctx->db, ctx->arena, documents[i].document_id));
    return revision_raise(ctx, row->host_id, row->origin_id);
}

enum err retention_erase(struct context *ctx, uint64_t *done)
{
    const char *before = retention_kept_from(ctx->arena, clock_day(ctx->arena, ctx->now));
    struct retention_due_row *rows;
    struct db_done idle;
    size_t count;

    ERR_TRY(db_retention_due(ctx->db, ctx->arena,
                             &(struct retention_due_in){.before = before, .limit = AT_ONCE}, &rows,
                             &count));
    for (size_t i = 0; i < count; i++) {
        struct erasing erasing = {ctx, &rows[i]};
        ERR_TRY(db_transaction(ctx->db, erase, &erasing));
    }
    ERR_TRY(db_retention_delete_idle_trainees(
        ctx->db, ctx->arena, &(struct retention_delete_idle_trainees_in){.before = before}, &idle));
    *done = count + idle.affected;
    return ERR_OK;
}
