#include "domain/batch.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "archive/zip_read.h"
#include "base/clock.h"
#include "db/document.h"
#include "db/statements.h"
#include "domain/batch_owner.h"
#include "domain/batch_sort.h"
#include "domain/deposit.h"
#include "domain/recognition.h"
#include "inspect/client.h"

#define BATCH_KEPT (24 * 60 * 60) /* seconds */

/* For what is unpacked, made of pictures and taken apart: each has bounds of its own. */
#define BATCH_MEMORY ((size_t)512 * 1024 * 1024)

const char *batch_code_name(enum batch_code code)
{
    static const char *const names[BATCH_CODE_COUNT] = {
        [BATCH_CODE_NONE] = "none",         [BATCH_CODE_UNKNOWN] = "unknown",
        [BATCH_CODE_OURS] = "ours",         [BATCH_CODE_FOREIGN] = "foreign",
        [BATCH_CODE_REPLACED] = "replaced",
    };

    return code < BATCH_CODE_COUNT ? names[code] : "";
}

/* A batch on its way in; ctx has an arena of its own. */
struct receiving {
    struct context ctx;
    const char *typed; /* what is proposed for parts that say nothing, or NULL */
    const char **names;
    struct inspect_survey *files;
    size_t count;
    uint64_t batch;
    uint32_t parts; /* that are stored */
};

/* A part as it is stored. */
struct part {
    const char *name;
    struct bytes pdf;
    uint32_t first_page, pages;
    bool whole, digital;
    enum batch_code code;
    uint64_t convention; /* 0 for none */
    const char *problem; /* NULL for none */
};

static bool is_picture(struct bytes file)
{
    return bytes_start_with(file, bytes_of("\x89PNG\r\n\x1a\n")) ||
           bytes_start_with(file, bytes_of("\xff\xd8\xff"));
}

/* Documents of word processors are ZIPs too: the name tells them from an archive. */
static bool is_archive(const struct batch_source *source)
{
    size_t length = strlen(source->name);

    return length > 4 && strcasecmp(source->name + length - 4, ".zip") == 0 &&
           zip_is_one(source->content);
}

bool batch_is_one(const struct batch_source *sources, size_t count)
{
    return count > 1 || (count == 1 && (is_archive(&sources[0]) || is_picture(sources[0].content)));
}

static enum err add_file(struct receiving *receiving, const char *name, struct bytes content,
                         const char *failure)
{
    if (receiving->count == BATCH_FILES_MOST)
        return err_raise(ERR_TOO_LARGE, "batch-too-many", "over %d files", BATCH_FILES_MOST);
    receiving->names[receiving->count] =
        deposit_name(receiving->ctx.arena, name && *name ? name : "?");
    receiving->files[receiving->count++] =
        (struct inspect_survey){.file = content, .failure = failure};
    return ERR_OK;
}

/* The files that came, those of archives among them. */
static enum err gather(struct receiving *receiving, const struct batch_source *sources,
                       size_t count)
{
    const struct zip_bounds bounds = {BATCH_FILES_MOST, INSPECT_FILE_MAX, BATCH_BYTES_MOST};

    receiving->names = ARENA_NEW_ARRAY(receiving->ctx.arena, BATCH_FILES_MOST, const char *);
    receiving->files =
        ARENA_NEW_ARRAY(receiving->ctx.arena, BATCH_FILES_MOST, struct inspect_survey);
    for (size_t i = 0; i < count; i++) {
        struct zip_member *members;
        size_t found;

        if (!is_archive(&sources[i])) {
            ERR_TRY(add_file(receiving, sources[i].name, sources[i].content, NULL));
            continue;
        }
        ERR_TRY(zip_read(receiving->ctx.arena, sources[i].content, bounds, &members, &found));
        for (size_t j = 0; j < found; j++)
            ERR_TRY(add_file(receiving, members[j].name, members[j].content, members[j].failure));
    }
    if (receiving->count == 0)
        return err_raise(ERR_INVALID, "batch-empty", "no files");
    return ERR_OK;
}

/* Pictures become PDFs of a page; together they may have as many bytes as a batch. */
static enum err wrap_pictures(struct receiving *receiving)
{
    struct context *ctx = &receiving->ctx;
    size_t left = BATCH_BYTES_MOST;

    for (size_t i = 0; i < receiving->count; i++) {
        struct inspect_survey *file = &receiving->files[i];
        struct inspect_part part = {.file = file->file};

        if (file->failure || !is_picture(file->file))
            continue;
        ERR_TRY(inspect_merge(ctx->arena, ctx->settings, &part, 1, &file->file));
        file->failure = part.failure;
        if (!part.failure && file->file.length > left)
            return err_raise(ERR_TOO_LARGE, "zip-too-large", "over %zu bytes", BATCH_BYTES_MOST);
        left -= file->file.length;
    }
    return ERR_OK;
}

struct storing {
    struct receiving *receiving;
    const struct part *parts;
    size_t count;
};

static enum err store_part(struct context *ctx, const struct receiving *receiving,
                           const struct part *part, uint32_t number)
{
    const char *typed = part->code == BATCH_CODE_NONE ? receiving->typed : NULL;
    uint64_t document = 0;

    if (part->pdf.length > 0)
        ERR_TRY(db_document_store(ctx->db, ctx->arena, part->pdf, "application/pdf", &document));
    return db_batch_part_insert(
        ctx->db, ctx->arena,
        &(struct batch_part_insert_in){.batch_id = receiving->batch,
                                       .number = number,
                                       .has_document_id = document != 0,
                                       .document_id = document,
                                       .file_name = part->name,
                                       .first_page = part->first_page,
                                       .pages = part->pages,
                                       .whole = part->whole,
                                       .digital = part->digital,
                                       .code = batch_code_name(part->code),
                                       .has_convention_id = part->convention != 0,
                                       .convention_id = part->convention,
                                       .typed = typed,
                                       .problem = part->problem},
        NULL);
}

static enum err store_once(void *what)
{
    const struct storing *storing = what;

    for (size_t i = 0; i < storing->count; i++)
        ERR_TRY(store_part(&storing->receiving->ctx, storing->receiving, &storing->parts[i],
                           storing->receiving->parts + (uint32_t)i + 1));
    return ERR_OK;
}

/* The parts of one file, at once. */
static enum err store(struct receiving *receiving, const struct part *parts, size_t count)
{
    struct storing storing = {receiving, parts, count};

    ERR_TRY(db_transaction(receiving->ctx.db, store_once, &storing));
    receiving->parts += (uint32_t)count;
    return ERR_OK;
}

/* Whose each page is. owners has one a page, at owner - 1; both are told apart by their original.
 */
static enum err read_owners(struct receiving *receiving, const struct inspect_survey *file,
                            struct batch_page *pages, struct batch_owner *owners)
{
    for (uint32_t i = 0; i < file->pages; i++) {
        uint32_t same = 0;

        ERR_TRY(batch_owner_of(&receiving->ctx, &file->sheets[i], &owners[i]));
        pages[i].blank = file->sheets[i].blank == 1;
        if (owners[i].original == 0)
            continue;
        while (owners[same].original != owners[i].original)
            same++;
        pages[i].owner = same + 1;
        pages[i].owner_pages = owners[i].pages;
    }
    return ERR_OK;
}

static bool is_signed(const struct inspect_survey *file)
{
    return (file->bits & INSPECT_SURVEY_SIGNED) != 0;
}

/* Whether all pages with a code are of one convention. */
static bool has_one_owner(const struct batch_group *groups, size_t count)
{
    uint32_t owner = 0;

    for (size_t i = 0; i < count; i++) {
        if (groups[i].owner == 0)
            continue;
        if (owner != 0 && groups[i].owner != owner)
            return false;
        owner = groups[i].owner;
    }
    return true;
}

static struct part part_of(const char *name, const struct batch_group *group,
                           const struct batch_owner *owners)
{
    /* Without an owner, the code of the first page is what there is to say. */
    const struct batch_owner *owner = &owners[group->owner ? group->owner - 1 : group->first];

    return (struct part){.name = name,
                         .first_page = group->first + 1,
                         .pages = group->count,
                         .code = owner->code,
                         .convention = owner->convention};
}

/* What would keep a file that names its convention from being deposited, found out early. */
static enum err look_ahead(struct receiving *receiving, struct bytes file, const char **problem)
{
    struct context ctx = context_part(&receiving->ctx);
    struct recognition recognition;
    enum err code = recognise(&ctx, file, 0, &recognition);

    if (code == ERR_INVALID || code == ERR_TOO_LARGE)
        *problem = arena_strdup(receiving->ctx.arena, err_last()->key);
    else if (code == ERR_OK && recognition.finding == FINDING_ALTERED)
        *problem = "batch-altered";
    arena_reset(ctx.arena);
    return code == ERR_UNAVAILABLE || code == ERR_INTERNAL ? code : ERR_OK;
}

static enum err receive_whole(struct receiving *receiving, const char *name,
                              const struct inspect_survey *file, const struct batch_owner *owners,
                              const struct batch_group *groups, size_t count)
{
    struct batch_group all = {.count = file->pages};
    struct part part;

    for (size_t i = 0; i < count && all.owner == 0; i++)
        all.owner = groups[i].owner;
    part = part_of(name, &all, owners);
    part.whole = true;
    part.pdf = file->file;
    part.digital = is_signed(file) || (file->bits & INSPECT_SURVEY_NAMED) != 0;
    if (part.digital)
        ERR_TRY(look_ahead(receiving, file->file, &part.problem));
    return store(receiving, &part, 1);
}

/* Where it cannot be taken apart it stays whole, and says so. */
static enum err receive_parts(struct receiving *receiving, const char *name,
                              const struct inspect_survey *file, const struct batch_owner *owners,
                              const struct batch_group *groups, size_t count)
{
    struct context *ctx = &receiving->ctx;
    struct arena *scratch = arena_new(BATCH_MEMORY);
    struct inspect_range *ranges = ARENA_NEW_ARRAY(ctx->arena, count, struct inspect_range);
    struct part *parts = ARENA_NEW_ARRAY(ctx->arena, count, struct part);
    enum err code;

    for (size_t i = 0; i < count; i++)
        ranges[i] = (struct inspect_range){.first = groups[i].first + 1, .count = groups[i].count};
    code = inspect_split(scratch, ctx->settings, file->file, ranges, count);
    for (size_t i = 0; i < count; i++) {
        parts[i] = part_of(name, &groups[i], owners);
        parts[i].pdf = ranges[i].pdf;
    }
    if (code == ERR_OK)
        code = store(receiving, parts, count);
    else if (code == ERR_INVALID || code == ERR_TOO_LARGE)
        code = store(receiving,
                     &(struct part){.name = name,
                                    .first_page = 1,
                                    .pages = file->pages,
                                    .whole = true,
                                    .pdf = file->file,
                                    .problem = "batch-not-split"},
                     1);
    arena_free(scratch);
    return code;
}

static enum err receive_file(struct receiving *receiving, size_t number)
{
    const struct inspect_survey *file = &receiving->files[number];
    const char *name = receiving->names[number];
    struct arena *arena = receiving->ctx.arena;
    struct batch_page *pages = ARENA_NEW_ARRAY(arena, file->pages, struct batch_page);
    struct batch_owner *owners = ARENA_NEW_ARRAY(arena, file->pages, struct batch_owner);
    struct batch_group *groups = ARENA_NEW_ARRAY(arena, file->pages, struct batch_group);
    size_t count;

    if (file->failure)
        return store(receiving, &(struct part){.name = name, .problem = file->failure}, 1);
    ERR_TRY(read_owners(receiving, file, pages, owners));
    count = batch_sort(pages, file->pages, groups);
    if (count == 1 || is_signed(file) ||
        ((file->bits & INSPECT_SURVEY_NAMED) && has_one_owner(groups, count)))
        return receive_whole(receiving, name, file, owners, groups, count);
    return receive_parts(receiving, name, file, owners, groups, count);
}

static enum err receive(struct receiving *receiving, const struct batch_source *sources,
                        size_t count)
{
    struct context *ctx = &receiving->ctx;
    struct db_done done;

    ERR_TRY(gather(receiving, sources, count));
    ERR_TRY(wrap_pictures(receiving));
    ERR_TRY(inspect_survey(ctx->arena, ctx->settings, receiving->files, receiving->count,
                           BATCH_PAGES_MOST));
    if (receiving->count == 1 && receiving->files[0].failure)
        return err_raise(ERR_INVALID, receiving->files[0].failure, "the only file");
    ERR_TRY(db_batch_insert(ctx->db, ctx->arena,
                            &(struct batch_insert_in){.account_id = ctx->actor.account,
                                                      .establishment_id = ctx->actor.establishment,
                                                      .now = ctx->now},
                            &done));
    receiving->batch = done.insert_id;
    for (size_t i = 0; i < receiving->count; i++)
        ERR_TRY(receive_file(receiving, i));
    return ERR_OK;
}

static enum err label_of(struct context *ctx, uint64_t convention, const char **label)
{
    struct convention_sheet_row *sheet;

    *label = NULL;
    if (convention == 0)
        return ERR_OK;
    ERR_TRY(db_convention_sheet(
        ctx->db, ctx->arena,
        &(struct convention_sheet_in){.id = convention, .viewer = ctx->actor.establishment},
        &sheet));
    if (sheet)
        *label = batch_label(ctx->arena, sheet->last_name, sheet->first_name, sheet->first_day,
                             sheet->title);
    return ERR_OK;
}

enum err batch_receive(struct context *ctx, const struct batch_source *sources, size_t count,
                       uint64_t chosen, uint64_t *batch)
{
    struct receiving receiving = {.ctx = *ctx};
    enum err code;

    ERR_TRY(label_of(ctx, chosen, &receiving.typed));
    receiving.ctx.arena = arena_new(BATCH_MEMORY);
    code = receive(&receiving, sources, count);
    arena_free(receiving.ctx.arena);
    *batch = receiving.batch;
    return code;
}

const char *batch_label(struct arena *arena, const char *last_name, const char *first_name,
                        const char *first_day, const char *title)
{
    return arena_printf(arena, "%s %s – %s – %s", last_name, first_name,
                        clock_french_day(arena, first_day), title);
}

struct purging {
    struct context *ctx;
    unsigned count;
};

static enum err forget(struct context *ctx, uint64_t batch)
{
    struct batch_documents_row *documents;
    size_t count;

    ERR_TRY(db_batch_documents(ctx->db, ctx->arena, &(struct batch_documents_in){.batch_id = batch},
                               &documents, &count));
    ERR_TRY(db_batch_delete(ctx->db, ctx->arena, &(struct batch_delete_in){.id = batch}, NULL));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(db_document_remove(ctx->db, ctx->arena, documents[i].document_id));
    return ERR_OK;
}

static enum err purge_once(void *what)
{
    struct purging *purging = what;
    struct context *ctx = purging->ctx;
    struct batch_old_row *old;
    size_t count;

    purging->count = 0;
    ERR_TRY(db_batch_old(ctx->db, ctx->arena,
                         &(struct batch_old_in){.before = ctx->now - BATCH_KEPT}, &old, &count));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(forget(ctx, old[i].id));
    purging->count = (unsigned)count;
    return ERR_OK;
}

enum err batch_purge(struct context *ctx, unsigned *count)
{
    struct purging purging = {.ctx = ctx};

    *count = 0;
    do {
        ERR_TRY(db_transaction(ctx->db, purge_once, &purging));
        *count += purging.count;
    } while (purging.count > 0);
    return ERR_OK;
}
