#include "domain/directory_import.h"

#include <inttypes.h>
#include <string.h>

#include "db/document.h"
#include "db/statements.h"
#include "domain/directory_plan.h"
#include "domain/revision.h"

#define KEPT_SECONDS ((int64_t)24 * 60 * 60)

struct keeping {
    struct context *ctx;
    struct bytes file;
    const char *file_name;
    uint64_t id; /* out */
};

static enum err forget(struct context *ctx, uint64_t id, uint64_t document)
{
    ERR_TRY(db_directory_import_delete(ctx->db, ctx->arena,
                                       &(struct directory_import_delete_in){.id = id}, NULL));
    return db_document_remove(ctx->db, ctx->arena, document);
}

static enum err keep_once(void *what)
{
    struct keeping *keeping = what;
    struct context *ctx = keeping->ctx;
    struct directory_import_over_row *over;
    struct db_done done;
    uint64_t document;
    size_t count;

    ERR_TRY(db_directory_import_over(
        ctx->db, ctx->arena,
        &(struct directory_import_over_in){.account_id = ctx->actor.account,
                                           .before = ctx->now - KEPT_SECONDS},
        &over, &count));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(forget(ctx, over[i].id, over[i].document_id));
    ERR_TRY(db_document_store(ctx->db, ctx->arena, keeping->file, "text/csv", &document));
    ERR_TRY(db_directory_import_insert(
        ctx->db, ctx->arena,
        &(struct directory_import_insert_in){.account_id = ctx->actor.account,
                                             .document_id = document,
                                             .file_name = keeping->file_name,
                                             .now = ctx->now},
        &done));
    keeping->id = done.insert_id;
    return ERR_OK;
}

enum err directory_import_keep(struct context *ctx, struct bytes file, const char *file_name,
                               struct directory_table *table, uint64_t *id)
{
    struct keeping keeping = {.ctx = ctx, .file = file, .file_name = file_name};

    ERR_TRY(directory_table_read(ctx->arena, file, table));
    ERR_TRY(db_transaction(ctx->db, keep_once, &keeping));
    *id = keeping.id;
    return ERR_OK;
}

static enum err find(struct context *ctx, uint64_t id, enum directory_import_by_id_lock lock,
                     struct directory_import_by_id_row **row)
{
    ERR_TRY(db_directory_import_by_id(ctx->db, ctx->arena,
                                      &(struct directory_import_by_id_in){
                                          .id = id, .account_id = ctx->actor.account, .lock = lock},
                                      row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, "directory-gone", "import %" PRIu64, id);
}

static enum err make_plan(struct context *ctx, const struct directory_import_by_id_row *import,
                          struct directory_plan *plan)
{
    struct directory_known_row *known;
    struct directory_table table;
    struct document document;
    size_t count;

    ERR_TRY(db_document_load(ctx->db, ctx->arena, import->document_id, &document));
    ERR_TRY(directory_table_read(ctx->arena, document.content, &table));
    ERR_TRY(db_directory_known(ctx->db, ctx->arena, &known, &count));
    *plan = (struct directory_plan){.file_name = import->file_name};
    directory_plan_make(ctx->arena, &table, known, count, plan);
    return ERR_OK;
}

enum err directory_import_plan(struct context *ctx, uint64_t id, struct directory_plan *plan)
{
    struct directory_import_by_id_row *import;

    ERR_TRY(find(ctx, id, DIRECTORY_IMPORT_BY_ID_LOCK_NONE, &import));
    return make_plan(ctx, import, plan);
}

struct confirming {
    struct context *ctx;
    uint64_t id;
    const char *digest;
};

/* What somebody else created or changed since the establishments were read makes the plan another.
 */
static enum err write_row(struct context *ctx, const struct directory_row *row)
{
    enum err code = ERR_OK;
    uint64_t id;

    if (row->outcome == DIRECTORY_CREATE)
        code = establishment_insert(ctx, &row->establishment, &id);
    if (row->outcome == DIRECTORY_CHANGE)
        code = establishment_write(ctx, row->id, row->version, &row->establishment);
    if (code == ERR_CONFLICT || code == ERR_NOT_FOUND)
        return err_raise(ERR_CONFLICT, "directory-changed", "changed meanwhile");
    return code;
}

static enum err confirm_once(void *what)
{
    const struct confirming *confirming = what;
    struct context *ctx = confirming->ctx;
    struct directory_import_by_id_row *import;
    struct directory_plan plan;

    ERR_TRY(find(ctx, confirming->id, DIRECTORY_IMPORT_BY_ID_LOCK_UPDATE, &import));
    ERR_TRY(make_plan(ctx, import, &plan));
    if (plan.totals[DIRECTORY_REFUSED] > 0)
        return err_raise(ERR_CONFLICT, "directory-faults", "%zu rows",
                         plan.totals[DIRECTORY_REFUSED]);
    if (strcmp(plan.digest, confirming->digest) != 0)
        return err_raise(ERR_CONFLICT, "directory-changed", "import %" PRIu64, confirming->id);
    for (size_t i = 0; i < plan.count; i++)
        ERR_TRY(write_row(ctx, &plan.rows[i]));
    ERR_TRY(forget(ctx, import->id, import->document_id));
    return revision_raise_all(ctx);
}

enum err directory_import_confirm(struct context *ctx, uint64_t id, const char *digest)
{
    return db_transaction(ctx->db, confirm_once,
                          &(struct confirming){.ctx = ctx, .id = id, .digest = digest});
}

static enum err abandon_once(void *what)
{
    const struct confirming *abandoning = what;
    struct directory_import_by_id_row *import;

    ERR_TRY(find(abandoning->ctx, abandoning->id, DIRECTORY_IMPORT_BY_ID_LOCK_UPDATE, &import));
    return forget(abandoning->ctx, import->id, import->document_id);
}

enum err directory_import_abandon(struct context *ctx, uint64_t id)
{
    return db_transaction(ctx->db, abandon_once, &(struct confirming){.ctx = ctx, .id = id});
}
