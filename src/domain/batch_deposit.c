/* The depositor's word on a batch: whose each part is. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "db/document.h"
#include "db/statements.h"
#include "domain/batch.h"
#include "domain/batch_owner.h"
#include "domain/comparison.h"
#include "domain/deposit.h"
#include "domain/recognition.h"
#include "inspect/client.h"
#include "pdf/token.h"

/* The files of one convention, twice: as they are, and put together. */
#define GROUP_MEMORY ((size_t)256 * 1024 * 1024)

#define TYPED_LENGTH 300   /* characters that are kept */
#define CHOICES_MOST 10000 /* among which a label is looked for */

/* After which no further convention is begun: the web server waits for an answer a minute. */
#define SECONDS 20

/* A part, and what is said of it. */
struct answered {
    const struct batch_parts_row *row;
    const char *typed;
    bool aside;
    uint64_t convention; /* 0: none */
    const char *problem; /* NULL for none */
    bool taken;          /* its group has had its turn */
};

struct answering {
    struct context *ctx;
    uint64_t batch;
    struct answered *parts;
    size_t count;
    struct convention_open_row *open; /* what can be chosen */
    size_t open_count;
    bool late; /* out: some have not had their turn */
};

enum err batch_choices(struct context *ctx, uint64_t most, struct convention_open_row **rows,
                       size_t *count)
{
    return db_convention_open(
        ctx->db, ctx->arena,
        &(struct convention_open_in){.viewer = ctx->actor.establishment,
                                     .pattern = "",
                                     .today = clock_day(ctx->arena, ctx->now),
                                     .limit = most,
                                     .side = ctx->actor.role == ROLE_ADMIN
                                                 ? CONVENTION_OPEN_SIDE_BOTH
                                                 : CONVENTION_OPEN_SIDE_ORIGIN,
                                     .search = CONVENTION_OPEN_SEARCH_NONE},
        rows, count);
}

bool batch_is_open(const struct context *ctx, const struct batch_parts_row *part)
{
    return part->has_convention_id &&
           (strcmp(part->convention_state, "not_returned") == 0 ||
            strcmp(part->convention_state, "pending") == 0) &&
           (part->is_origin || ctx->actor.role == ROLE_ADMIN);
}

static enum err find_short_code(struct answering *answering, const char *code, uint64_t *convention)
{
    struct inspect_sheet sheet = {0};
    struct batch_owner owner;

    strncpy(sheet.short_code, code, sizeof sheet.short_code - 1);
    ERR_TRY(batch_owner_of(answering->ctx, &sheet, &owner));
    *convention = owner.convention;
    return ERR_OK;
}

static bool is_label(struct arena *arena, const char *wanted, const char *label)
{
    return strcmp(text_fold(arena, text_squeeze(arena, label)), wanted) == 0;
}

/* Whether what was typed is what was proposed: then nobody else is meant. */
static bool is_proposal(const struct answering *answering, const struct batch_parts_row *row,
                        const char *wanted)
{
    struct arena *arena = answering->ctx->arena;

    return batch_is_open(answering->ctx, row) &&
           is_label(
               arena, wanted,
               batch_label(arena, row->last_name, row->first_name, row->first_day, row->title));
}

/* Whose label or short code was typed; the problem where it is nobody's, or of two. */
static enum err find_typed(struct answering *answering, struct answered *part)
{
    struct arena *arena = answering->ctx->arena;
    const char *wanted = text_fold(arena, text_squeeze(arena, part->typed));
    char code[PDF_SHORT_CODE_LENGTH + 1];
    size_t found = 0;

    if (is_proposal(answering, part->row, wanted))
        part->convention = part->row->convention_id;
    else if (pdf_short_code_parse(part->typed, code))
        ERR_TRY(find_short_code(answering, code, &part->convention));
    if (part->convention != 0)
        return ERR_OK;
    for (size_t i = 0; i < answering->open_count; i++) {
        const struct convention_open_row *open = &answering->open[i];
        if (!is_label(arena, wanted,
                      batch_label(arena, open->last_name, open->first_name, open->first_day,
                                  open->title)))
            continue;
        part->convention = open->id;
        found++;
    }
    if (found == 0)
        part->problem = "batch-trainee-unknown";
    else if (found > 1)
        part->problem = "batch-trainee-twice";
    if (found != 1)
        part->convention = 0;
    return ERR_OK;
}

/* As much of it as is kept. */
static const char *cut(struct arena *arena, const char *typed)
{
    const char *squeezed = text_squeeze(arena, typed), *at = squeezed;
    const char *end = squeezed + strlen(squeezed);
    uint32_t character;

    for (int count = 0; count < TYPED_LENGTH && text_next(&at, end, &character); count++)
        continue;
    return arena_strndup(arena, squeezed, (size_t)(at - squeezed));
}

/* The part before it, among those that have pages. */
static const struct answered *before(const struct answering *answering, size_t part)
{
    while (part-- > 0)
        if (answering->parts[part].row->pages > 0)
            return &answering->parts[part];
    return NULL;
}

static enum err answer(struct answering *answering, size_t number,
                       const struct batch_answer *answer)
{
    struct answered *part = &answering->parts[number];
    const struct answered *previous;

    part->aside = answer->action == BATCH_ASIDE;
    part->typed = cut(answering->ctx->arena, answer->typed);
    if (part->aside)
        return ERR_OK;
    if (answer->action == BATCH_DEPOSIT) {
        if (part->typed[0] == '\0')
            return ERR_OK;
        return find_typed(answering, part);
    }
    previous = before(answering, number);
    if (previous && !previous->aside) {
        part->convention = previous->convention;
        part->typed = previous->typed ? previous->typed : "";
    }
    if (part->convention == 0)
        part->problem = "batch-nothing-to-join";
    return ERR_OK;
}

static bool is_open(const struct batch_parts_row *row)
{
    return row->has_document_id && strcmp(row->state, "deposited") != 0;
}

static enum err read_answers(struct answering *answering, const struct batch_answer *answers,
                             size_t count)
{
    struct context *ctx = answering->ctx;
    struct batch_parts_row *rows;

    ERR_TRY(db_batch_parts(
        ctx->db, ctx->arena,
        &(struct batch_parts_in){.batch_id = answering->batch, .viewer = ctx->actor.establishment},
        &rows, &answering->count));
    answering->parts = ARENA_NEW_ARRAY(ctx->arena, answering->count, struct answered);
    for (size_t i = 0; i < answering->count; i++) {
        answering->parts[i].row = &rows[i];
        for (size_t j = 0; j < count; j++)
            if (answers[j].part == rows[i].id && is_open(&rows[i]))
                ERR_TRY(answer(answering, i, &answers[j]));
    }
    return ERR_OK;
}

/* Parts of one convention on their way into it. */
struct taking {
    struct context ctx; /* with an arena of its own */
    uint64_t batch;
    struct answered **parts;
    size_t count;
    struct deposit_entry entry;
    bool lacking; /* a signature box seems empty */
    bool gone;    /* out: somebody has deposited them meanwhile */
};

static enum err mark(struct taking *taking, bool same)
{
    struct context *ctx = &taking->ctx;
    const char *remark = same ? "batch-same" : taking->lacking ? "batch-lacking" : NULL;

    for (size_t i = 0; i < taking->count; i++) {
        const struct batch_parts_row *row = taking->parts[i]->row;
        bool keeps = row->has_document_id && (same || row->document_id != taking->entry.document);

        ERR_TRY(db_batch_part_deposited(
            ctx->db, ctx->arena,
            &(struct batch_part_deposited_in){.id = row->id,
                                              .batch_id = taking->batch,
                                              .convention_id = taking->entry.convention,
                                              .has_document_id = keeps,
                                              .document_id = row->document_id,
                                              .problem = remark},
            NULL));
    }
    return ERR_OK;
}

/* Under the batch's lock: nobody deposits its parts twice. */
static enum err take_once(void *what)
{
    struct taking *taking = what;
    struct context *ctx = &taking->ctx;
    struct batch_lock_row *batch;
    struct batch_part_by_id_row *part;
    bool same;

    ERR_TRY(db_batch_lock(ctx->db, ctx->arena,
                          &(struct batch_lock_in){.id = taking->batch,
                                                  .account_id = ctx->actor.account,
                                                  .establishment_id = ctx->actor.establishment},
                          &batch));
    if (!batch)
        return err_raise(ERR_NOT_FOUND, "batch-gone", "batch %" PRIu64, taking->batch);
    taking->gone = false;
    for (size_t i = 0; i < taking->count && !taking->gone; i++) {
        ERR_TRY(db_batch_part_by_id(ctx->db, ctx->arena,
                                    &(struct batch_part_by_id_in){.id = taking->parts[i]->row->id,
                                                                  .batch_id = taking->batch},
                                    &part));
        taking->gone = !part || strcmp(part->state, "deposited") == 0;
    }
    if (taking->gone)
        return ERR_OK;
    ERR_TRY(deposit_enter(ctx, &taking->entry, &same));
    return mark(taking, same);
}

/* The parts' files, put together where there are several. */
static enum err load(struct taking *taking)
{
    struct context *ctx = &taking->ctx;
    struct inspect_part *files = ARENA_NEW_ARRAY(ctx->arena, taking->count, struct inspect_part);
    struct document document;

    for (size_t i = 0; i < taking->count; i++) {
        ERR_TRY(
            db_document_load(ctx->db, ctx->arena, taking->parts[i]->row->document_id, &document));
        files[i].file = document.content;
    }
    taking->entry.file = files[0].file;
    taking->entry.document = taking->parts[0]->row->document_id;
    if (taking->count == 1)
        return ERR_OK;
    taking->entry.document = 0;
    ERR_TRY(inspect_merge(ctx->arena, ctx->settings, files, taking->count, &taking->entry.file));
    for (size_t i = 0; i < taking->count; i++)
        if (files[i].failure)
            return err_raise(ERR_INVALID, files[i].failure, "part %" PRIu64,
                             taking->parts[i]->row->id);
    return ERR_OK;
}

static enum err take(struct taking *taking)
{
    struct recognition recognition;
    struct comparison_boxes boxes;

    ERR_TRY(load(taking));
    ERR_TRY(recognise(&taking->ctx, taking->entry.file, taking->entry.convention, &recognition));
    boxes = comparison_boxes_of(recognition.comparison, recognition.report);
    taking->lacking = comparison_misses_any(&boxes);
    taking->entry.recognition = &recognition;
    taking->entry.by_hand = !finding_is_recognised(recognition.finding);
    return db_transaction(taking->ctx.db, take_once, taking);
}

/* Why it was not deposited, as a sentence's key. */
static const char *problem_of(struct arena *arena, enum err code)
{
    if (code != ERR_INTERNAL && err_last()->key[0] != '\0')
        return arena_strdup(arena, err_last()->key);
    if (code == ERR_NOT_FOUND)
        return "several-not-found";
    log_failure("a part of a batch");
    return "several-failed";
}

/* Those that go with the part: of the same convention. A digital file goes alone. */
static size_t group_of(struct answering *answering, size_t first, struct answered **group)
{
    struct answered *leader = &answering->parts[first];
    size_t count = 0;

    leader->taken = true;
    group[count++] = leader;
    for (size_t i = first + 1; i < answering->count; i++) {
        struct answered *part = &answering->parts[i];
        bool alone = leader->row->digital || part->row->digital;

        if (part->taken || part->problem || !is_open(part->row) ||
            part->convention != leader->convention || alone)
            continue;
        part->taken = true;
        group[count++] = part;
    }
    return count;
}

static void deposit_group(struct answering *answering, size_t first, struct arena *arena)
{
    const struct answered *leader = &answering->parts[first];
    struct answered *group[BATCH_ANSWERS_MOST];
    struct taking taking = {.ctx = *answering->ctx, .batch = answering->batch, .parts = group};
    enum err code;

    taking.count = group_of(answering, first, group);
    taking.ctx.arena = arena;
    taking.entry.name = leader->row->file_name;
    taking.entry.convention = leader->convention;
    code = take(&taking);
    for (size_t i = 0; code != ERR_OK && i < taking.count; i++)
        group[i]->problem = problem_of(answering->ctx->arena, code);
    arena_reset(arena);
}

/* What was said of parts that are not deposited, to be shown again. */
static enum err keep_once(void *what)
{
    const struct answering *answering = what;
    struct context *ctx = answering->ctx;

    for (size_t i = 0; i < answering->count; i++) {
        const struct answered *part = &answering->parts[i];

        if (!is_open(part->row) || !part->typed || (part->taken && !part->problem))
            continue;
        ERR_TRY(db_batch_part_answer(
            ctx->db, ctx->arena,
            &(struct batch_part_answer_in){.id = part->row->id,
                                           .batch_id = answering->batch,
                                           .state = part->aside ? "aside" : "waiting",
                                           .typed = part->typed,
                                           .problem = part->problem},
            NULL));
    }
    return ERR_OK;
}

/* Group by group, as long as there is time. */
static void deposit_groups(struct answering *answering)
{
    int64_t end = clock_monotonic_us() + (int64_t)SECONDS * 1000000;
    struct arena *arena = arena_new(GROUP_MEMORY);

    for (size_t i = 0; i < answering->count; i++) {
        const struct answered *part = &answering->parts[i];

        if (!is_open(part->row) || part->taken || part->problem || part->convention == 0)
            continue;
        answering->late = clock_monotonic_us() > end;
        if (answering->late)
            break;
        deposit_group(answering, i, arena);
    }
    arena_free(arena);
}

enum err batch_deposit(struct context *ctx, uint64_t batch, const struct batch_answer *answers,
                       size_t count, bool *late)
{
    struct answering answering = {.ctx = ctx, .batch = batch};
    struct batch_by_id_row *row;

    ERR_TRY(db_batch_by_id(ctx->db, ctx->arena,
                           &(struct batch_by_id_in){.id = batch,
                                                    .account_id = ctx->actor.account,
                                                    .establishment_id = ctx->actor.establishment},
                           &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, "batch-gone", "batch %" PRIu64, batch);
    ERR_TRY(batch_choices(ctx, CHOICES_MOST, &answering.open, &answering.open_count));
    ERR_TRY(read_answers(&answering, answers, count));
    deposit_groups(&answering);
    *late = answering.late;
    return db_transaction(ctx->db, keep_once, &answering);
}
