#include "domain/trainee_import.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/document.h"
#include "db/statements.h"
#include "domain/purge.h"
#include "domain/revision.h"
#include "domain/trainee_plan.h"

#define KEPT_SECONDS ((int64_t)24 * 60 * 60)

struct keeping {
    struct context *ctx;
    struct bytes file;
    const char *file_name;
    const char *class_name;
    uint64_t id;
};

static enum err forget(struct context *ctx, uint64_t id, uint64_t document)
{
    ERR_TRY(db_trainee_import_delete(ctx->db, ctx->arena,
                                     &(struct trainee_import_delete_in){.id = id}, NULL));
    return db_document_remove(ctx->db, ctx->arena, document);
}

static enum err keep_once(void *what)
{
    struct keeping *keeping = what;
    struct context *ctx = keeping->ctx;
    struct trainee_import_earlier_row *earlier;
    struct db_done done;
    uint64_t document;

    ERR_TRY(db_trainee_import_earlier(
        ctx->db, ctx->arena, &(struct trainee_import_earlier_in){.account_id = ctx->actor.account},
        &earlier));
    if (earlier)
        ERR_TRY(forget(ctx, earlier->id, earlier->document_id));
    ERR_TRY(db_document_store(ctx->db, ctx->arena, keeping->file, "text/csv", &document));
    ERR_TRY(db_trainee_import_insert(
        ctx->db, ctx->arena,
        &(struct trainee_import_insert_in){.account_id = ctx->actor.account,
                                           .establishment_id = ctx->actor.establishment,
                                           .document_id = document,
                                           .file_name = keeping->file_name,
                                           .class_name = keeping->class_name,
                                           .now = ctx->now},
        &done));
    keeping->id = done.insert_id;
    return ERR_OK;
}

enum err trainee_import_keep(struct context *ctx, struct bytes file, const char *file_name,
                             const char *class_name, struct trainee_table *table, uint64_t *id)
{
    struct keeping keeping = {
        .ctx = ctx, .file = file, .file_name = file_name, .class_name = class_name};

    *table = (struct trainee_table){.count = 0};
    if (ctx->actor.establishment == 0)
        return err_raise(ERR_FORBIDDEN, "registration-not-yours", "account %" PRIu64,
                         ctx->actor.account);
    ERR_TRY(
        trainee_table_read(ctx->arena, file, class_name, clock_day(ctx->arena, ctx->now), table));
    ERR_TRY(db_transaction(ctx->db, keep_once, &keeping));
    *id = keeping.id;
    return ERR_OK;
}

static enum err find(struct context *ctx, uint64_t id, enum trainee_import_by_id_lock lock,
                     struct trainee_import_by_id_row **row)
{
    ERR_TRY(db_trainee_import_by_id(
        ctx->db, ctx->arena,
        &(struct trainee_import_by_id_in){.id = id,
                                          .account_id = ctx->actor.account,
                                          .establishment_id = ctx->actor.establishment,
                                          .lock = lock},
        row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, "import-gone", "import %" PRIu64, id);
}

static enum err make_plan(struct context *ctx, const struct trainee_import_by_id_row *import,
                          enum trainee_all_lock lock, struct import_plan *plan)
{
    struct trainee_all_row *known;
    struct trainee_table table;
    struct document document;
    size_t count;

    ERR_TRY(db_document_load(ctx->db, ctx->arena, import->document_id, &document));
    ERR_TRY(trainee_table_read(ctx->arena, document.content, import->class_name,
                               clock_day(ctx->arena, ctx->now), &table));
    ERR_TRY(db_trainee_all(
        ctx->db, ctx->arena,
        &(struct trainee_all_in){.origin_id = ctx->actor.establishment, .lock = lock}, &known,
        &count));
    *plan = (struct import_plan){.file_name = import->file_name, .class_name = import->class_name};
    trainee_plan_make(ctx->arena, &table, known, count, plan);
    return ERR_OK;
}

enum err trainee_import_plan(struct context *ctx, uint64_t id, struct import_plan *plan)
{
    struct trainee_import_by_id_row *import;

    ERR_TRY(find(ctx, id, TRAINEE_IMPORT_BY_ID_LOCK_NONE, &import));
    return make_plan(ctx, import, TRAINEE_ALL_LOCK_NONE, plan);
}

struct confirming {
    struct context *ctx;
    struct context part; /* for one row after the other */
    uint64_t id;
    const char *digest;
    bool reissue;
};

/* One that somebody else added since the school's trainees were read makes the plan another. */
static enum err create(struct context *ctx, const struct trainee *trainee)
{
    uint64_t id;
    enum err code = trainee_insert(ctx, trainee, &id);

    if (code == ERR_CONFLICT && strcmp(err_last()->key, "trainee-same-as-another") == 0)
        return err_raise(ERR_CONFLICT, "import-changed", "added meanwhile");
    return code;
}

static enum err write_row(struct context *ctx, const struct import_row *row, bool reissue)
{
    size_t reissued;

    if (row->outcome == IMPORT_CREATE)
        ERR_TRY(create(ctx, &row->trainee));
    if (row->outcome == IMPORT_CHANGE)
        ERR_TRY(trainee_write(ctx, row->id, &row->trainee, reissue, &reissued));
    if (row->outcome == IMPORT_CHANGE && row->conventions > 0)
        ERR_TRY(revision_raise_trainee(ctx, row->id));
    arena_reset(ctx->arena);
    return ERR_OK;
}

static enum err check(const struct confirming *confirming, const struct import_plan *plan)
{
    if (plan->totals[IMPORT_REFUSED] > 0)
        return err_raise(ERR_CONFLICT, "import-faults", "%zu rows", plan->totals[IMPORT_REFUSED]);
    if (strcmp(plan->digest, confirming->digest) != 0)
        return err_raise(ERR_CONFLICT, "import-changed", "import %" PRIu64, confirming->id);
    if (confirming->reissue && plan->conventions > IMPORT_REISSUES_MOST)
        return err_raise(ERR_TOO_LARGE, "import-too-many-conventions", "%zu conventions",
                         plan->conventions);
    return ERR_OK;
}

static enum err confirm_once(void *what)
{
    struct confirming *confirming = what;
    struct context *ctx = confirming->ctx;
    struct trainee_import_by_id_row *import;
    struct import_plan plan;

    ERR_TRY(find(ctx, confirming->id, TRAINEE_IMPORT_BY_ID_LOCK_UPDATE, &import));
    ERR_TRY(make_plan(ctx, import, TRAINEE_ALL_LOCK_UPDATE, &plan));
    ERR_TRY(check(confirming, &plan));
    for (size_t i = 0; i < plan.count; i++)
        ERR_TRY(write_row(&confirming->part, &plan.rows[i], confirming->reissue));
    ERR_TRY(forget(ctx, import->id, import->document_id));
    return revision_raise(ctx, ctx->actor.establishment, ctx->actor.establishment);
}

enum err trainee_import_confirm(struct context *ctx, uint64_t id, const char *digest, bool reissue)
{
    struct confirming confirming = {
        .ctx = ctx, .part = context_part(ctx), .id = id, .digest = digest, .reissue = reissue};

    return db_transaction(ctx->db, confirm_once, &confirming);
}

static enum err abandon_once(void *what)
{
    struct confirming *abandoning = what;
    struct trainee_import_by_id_row *import;

    ERR_TRY(find(abandoning->ctx, abandoning->id, TRAINEE_IMPORT_BY_ID_LOCK_UPDATE, &import));
    return forget(abandoning->ctx, import->id, import->document_id);
}

enum err trainee_import_abandon(struct context *ctx, uint64_t id)
{
    struct confirming abandoning = {.ctx = ctx, .id = id};

    return db_transaction(ctx->db, abandon_once, &abandoning);
}

static enum err purge_some_imports(struct context *ctx, unsigned *count)
{
    struct trainee_import_old_row *old;
    size_t found;

    ERR_TRY(db_trainee_import_old(
        ctx->db, ctx->arena, &(struct trainee_import_old_in){.before = ctx->now - KEPT_SECONDS},
        &old, &found));
    for (size_t i = 0; i < found; i++)
        ERR_TRY(forget(ctx, old[i].id, old[i].document_id));
    *count = (unsigned)found;
    return ERR_OK;
}

enum err trainee_import_purge(struct context *ctx, unsigned *count)
{
    return purge_all(ctx, purge_some_imports, count);
}
