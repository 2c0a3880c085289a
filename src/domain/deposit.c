#include "domain/deposit.h"

#include <inttypes.h>
#include <string.h>

#include "base/crypto.h"
#include "base/text.h"
#include "db/document.h"
#include "db/statements.h"
#include "domain/purge.h"
#include "domain/recognition.h"
#include "domain/transition.h"

#define UPLOAD_KEPT (24 * 60 * 60) /* seconds */
#define NAME_LENGTH 255            /* characters of a file's name that are kept */

/* A deposit on its way into a convention, maybe of a kept upload. */
struct depositing {
    struct context *ctx;
    struct deposit_entry entry;
    uint64_t upload; /* 0 for none */
    bool same;       /* out: it was the file in force already */
};

const char *finding_name(enum finding finding)
{
    static const char *const names[FINDING_COUNT] = {
        [FINDING_SIGNED] = "signed",   [FINDING_ON_SCREEN] = "on_screen",
        [FINDING_SCAN] = "scan",       [FINDING_UNSIGNED] = "unsigned",
        [FINDING_ALTERED] = "altered", [FINDING_UNKNOWN] = "unknown",
    };

    return finding < FINDING_COUNT ? names[finding] : "";
}

static enum err store_signatures(struct context *ctx, uint64_t deposit,
                                 const struct inspect_report *report)
{
    for (uint32_t i = 0; i < report->signature_count; i++) {
        const struct inspect_signature *signature = &report->signatures[i];

        ERR_TRY(db_deposit_signature_insert(
            ctx->db, ctx->arena,
            &(struct deposit_signature_insert_in){
                .deposit_id = deposit,
                .number = i + 1,
                .field = signature->field,
                .signer = signature->signer,
                .issuer = signature->issuer,
                .digest = signature->digest,
                .has_signed_at = signature->has_signing_time,
                .signed_at = signature->signing_time,
                .has_valid_from = signature->not_before != 0,
                .valid_from = signature->not_before,
                .has_valid_until = signature->not_after != 0,
                .valid_until = signature->not_after,
                .integrity = signature->integrity,
                .chain = inspect_chain_name(signature->chain),
                .changes_after = inspect_changes_name(signature->changes_after),
                .status = inspect_status_name(signature->status),
                .indication = inspect_indication_name(signature->indication),
                .has_proven_at = signature->proven_time != 0,
                .proven_at = signature->proven_time},
            NULL));
    }
    return ERR_OK;
}

/* What was added to the original, as a remark. */
static struct deposit_remark addition_remark(struct arena *arena,
                                             const struct inspect_addition *addition)
{
    const char *kind = inspect_addition_name(addition->kind);

    return (struct deposit_remark){
        .sentence = arena_printf(arena, "inspect-added-%s", kind),
        .detail = addition->page ? arena_printf(arena, "page %" PRIu32, addition->page) : ""};
}

/* The reasons of the report, then what was added, in one list. */
static void list_remarks(struct arena *arena, const struct inspect_report *report,
                         struct deposit_answer *answer)
{
    struct deposit_remark *remarks = ARENA_NEW_ARRAY(
        arena, report->reason_count + report->addition_count, struct deposit_remark);
    size_t count = 0;

    for (uint32_t i = 0; i < report->reason_count; i++)
        remarks[count++] =
            (struct deposit_remark){.warning = report->reasons[i].weight != INSPECT_NOTE,
                                    .sentence = report->reasons[i].key,
                                    .detail = report->reasons[i].detail};
    for (uint32_t i = 0; i < report->addition_count; i++)
        if (report->additions[i].kind != INSPECT_ADDED_SIGNATURE)
            remarks[count++] = addition_remark(arena, &report->additions[i]);
    answer->remarks = remarks;
    answer->remark_count = count;
}

static enum err store_remarks(struct context *ctx, uint64_t deposit,
                              const struct inspect_report *report)
{
    struct deposit_answer answer;

    list_remarks(ctx->arena, report, &answer);
    for (size_t i = 0; i < answer.remark_count; i++)
        ERR_TRY(db_deposit_remark_insert(
            ctx->db, ctx->arena,
            &(struct deposit_remark_insert_in){.deposit_id = deposit,
                                               .number = (uint32_t)i + 1,
                                               .warning = answer.remarks[i].warning,
                                               .sentence = answer.remarks[i].sentence,
                                               .detail = answer.remarks[i].detail},
            NULL));
    return ERR_OK;
}

/* Whether that deposit has these very bytes. */
static enum err is_same_file(struct context *ctx, uint64_t deposit, struct bytes file, bool *same)
{
    unsigned char digest[CRYPTO_SHA256_SIZE];
    struct deposit_by_id_row *row;

    *same = false;
    if (deposit == 0)
        return ERR_OK;
    ERR_TRY(db_deposit_by_id(ctx->db, ctx->arena, &(struct deposit_by_id_in){.id = deposit}, &row));
    crypto_sha256(file, digest);
    *same = row && bytes_equal(row->sha256, (struct bytes){digest, sizeof digest});
    return ERR_OK;
}

static enum err store(struct context *ctx, const struct deposit_entry *entry,
                      struct transition *transition, uint64_t document)
{
    const struct recognition *recognition = entry->recognition;
    struct db_done done;

    ERR_TRY(
        db_deposit_insert(ctx->db, ctx->arena,
                          &(struct deposit_insert_in){.convention_id = transition->convention,
                                                      .document_id = document,
                                                      .account_id = ctx->actor.account,
                                                      .file_name = entry->name,
                                                      .finding = finding_name(recognition->finding),
                                                      .by_hand = entry->by_hand,
                                                      .pages = recognition->report->pages,
                                                      .now = ctx->now},
                          &done));
    ERR_TRY(store_signatures(ctx, done.insert_id, recognition->report));
    ERR_TRY(store_remarks(ctx, done.insert_id, recognition->report));
    ERR_TRY(comparison_store(ctx, done.insert_id, recognition->comparison, recognition->report));
    return transition_finish(ctx, transition, done.insert_id, document, "");
}

enum err deposit_enter(struct context *ctx, const struct deposit_entry *entry, bool *same)
{
    struct transition transition;
    uint64_t document = entry->document;

    ERR_TRY(transition_begin(ctx, entry->convention, EVENT_DEPOSIT, 0, &transition));
    ERR_TRY(is_same_file(ctx, transition.deposit, entry->file, same));
    if (*same)
        return ERR_OK;
    if (document == 0)
        ERR_TRY(db_document_store(ctx->db, ctx->arena, entry->file, "application/pdf", &document));
    return store(ctx, entry, &transition, document);
}

/* The document of the kept upload. */
static enum err lock_upload(struct context *ctx, uint64_t id, uint64_t *document)
{
    struct upload_lock_row *upload;

    ERR_TRY(db_upload_lock(ctx->db, ctx->arena,
                           &(struct upload_lock_in){.id = id,
                                                    .account_id = ctx->actor.account,
                                                    .establishment_id = ctx->actor.establishment},
                           &upload));
    if (!upload)
        return err_raise(ERR_NOT_FOUND, "upload-gone", "upload %" PRIu64, id);
    *document = upload->document_id;
    return ERR_OK;
}

/* An upload whose document the deposit takes is kept no longer. */
static enum err deposit_once(void *what)
{
    struct depositing *depositing = what;
    struct context *ctx = depositing->ctx;

    if (depositing->upload != 0)
        ERR_TRY(lock_upload(ctx, depositing->upload, &depositing->entry.document));
    ERR_TRY(deposit_enter(ctx, &depositing->entry, &depositing->same));
    if (depositing->upload == 0 || depositing->same)
        return ERR_OK;
    return db_upload_delete(ctx->db, ctx->arena,
                            &(struct upload_delete_in){.id = depositing->upload}, NULL);
}

/* What is told of the file, whatever becomes of it. */
static void describe(struct arena *arena, const struct recognition *recognition, const char *name,
                     struct deposit_answer *answer)
{
    const struct inspect_report *report = recognition->report;
    const char **signers = ARENA_NEW_ARRAY(arena, report->signature_count, const char *);

    *answer =
        (struct deposit_answer){.finding = recognition->finding,
                                .convention = recognition->convention,
                                .file_name = name,
                                .signers = signers,
                                .boxes = comparison_boxes_of(recognition->comparison, report)};
    list_remarks(arena, report, answer);
    for (uint32_t i = 0; i < report->signature_count; i++)
        if (report->signatures[i].signer[0] != '\0')
            signers[answer->signer_count++] = report->signatures[i].signer;
}

static enum err deposit(struct depositing *depositing, struct deposit_answer *answer)
{
    ERR_TRY(db_transaction(depositing->ctx->db, deposit_once, depositing));
    answer->outcome = depositing->same ? DEPOSIT_SAME : DEPOSIT_DONE;
    answer->convention = depositing->entry.convention;
    return ERR_OK;
}

/* A file that waits for its depositor's word. */
struct keeping {
    struct context *ctx;
    struct bytes file;
    const char *name;
    uint64_t convention; /* that it is for, 0 where nobody knows yet */
    bool same;           /* out: it is the file in force already */
    uint64_t upload;
};

/* Nobody is asked about a file that would be refused afterwards. */
static enum err keep_once(void *what)
{
    struct keeping *keeping = what;
    struct context *ctx = keeping->ctx;
    struct transition transition;
    struct db_done done;
    uint64_t document;

    if (keeping->convention != 0) {
        ERR_TRY(transition_begin(ctx, keeping->convention, EVENT_DEPOSIT, 0, &transition));
        ERR_TRY(is_same_file(ctx, transition.deposit, keeping->file, &keeping->same));
        if (keeping->same)
            return ERR_OK;
    }
    ERR_TRY(db_document_store(ctx->db, ctx->arena, keeping->file, "application/pdf", &document));
    ERR_TRY(
        db_upload_insert(ctx->db, ctx->arena,
                         &(struct upload_insert_in){.account_id = ctx->actor.account,
                                                    .establishment_id = ctx->actor.establishment,
                                                    .document_id = document,
                                                    .file_name = keeping->name,
                                                    .now = ctx->now},
                         &done));
    keeping->upload = done.insert_id;
    return ERR_OK;
}

bool finding_is_recognised(enum finding finding)
{
    return finding == FINDING_SIGNED || finding == FINDING_ON_SCREEN;
}

const char *deposit_name(struct arena *arena, const char *name)
{
    const char *at = name, *end = name + strlen(name);
    uint32_t character;

    for (int count = 0; count < NAME_LENGTH && text_next(&at, end, &character); count++)
        continue;
    return at == end ? name : arena_strndup(arena, name, (size_t)(at - name));
}

/* What the depositor of a kept file is asked. */
static enum deposit_outcome outcome_of(const struct recognition *recognition, uint64_t chosen)
{
    if (chosen != 0 || finding_is_recognised(recognition->finding))
        return DEPOSIT_LACKING;
    return recognition->finding == FINDING_SCAN ? DEPOSIT_CONFIRM : DEPOSIT_CHOOSE;
}

enum err deposit_receive(struct context *ctx, struct bytes file, const char *name, uint64_t chosen,
                         bool anyway, struct deposit_answer *answer)
{
    struct keeping keeping = {.ctx = ctx, .file = file, .name = deposit_name(ctx->arena, name)};
    struct recognition recognition;

    ERR_TRY(recognise(ctx, file, chosen, &recognition));
    describe(ctx->arena, &recognition, keeping.name, answer);
    if ((chosen != 0 || finding_is_recognised(recognition.finding)) &&
        (anyway || !comparison_misses_any(&answer->boxes)))
        return deposit(
            &(struct depositing){.ctx = ctx,
                                 .entry = {.file = file,
                                           .name = keeping.name,
                                           .convention = chosen ? chosen : recognition.convention,
                                           .by_hand = !finding_is_recognised(recognition.finding),
                                           .recognition = &recognition}},
            answer);
    answer->outcome = outcome_of(&recognition, chosen);
    answer->convention = chosen ? chosen : answer->convention;
    keeping.convention = answer->outcome == DEPOSIT_LACKING ? answer->convention : 0;
    ERR_TRY(db_transaction(ctx->db, keep_once, &keeping));
    answer->upload = keeping.upload;
    if (keeping.same)
        answer->outcome = DEPOSIT_SAME;
    return ERR_OK;
}

/* The kept upload's file. */
static enum err load_upload(struct context *ctx, uint64_t id, struct bytes *file, const char **name)
{
    struct upload_by_id_row *upload;
    struct document document;

    ERR_TRY(db_upload_by_id(ctx->db, ctx->arena,
                            &(struct upload_by_id_in){.id = id,
                                                      .account_id = ctx->actor.account,
                                                      .establishment_id = ctx->actor.establishment},
                            &upload));
    if (!upload)
        return err_raise(ERR_NOT_FOUND, "upload-gone", "upload %" PRIu64, id);
    ERR_TRY(db_document_load(ctx->db, ctx->arena, upload->document_id, &document));
    *file = document.content;
    *name = upload->file_name;
    return ERR_OK;
}

enum err deposit_confirm(struct context *ctx, uint64_t upload, uint64_t convention, bool anyway,
                         struct deposit_answer *answer)
{
    struct recognition recognition;
    struct bytes file;
    const char *name;

    ERR_TRY(load_upload(ctx, upload, &file, &name));
    ERR_TRY(recognise(ctx, file, convention, &recognition));
    describe(ctx->arena, &recognition, name, answer);
    if (!anyway && comparison_misses_any(&answer->boxes)) {
        answer->upload = upload;
        answer->convention = convention;
        answer->outcome = DEPOSIT_LACKING;
        return ERR_OK;
    }
    return deposit(
        &(struct depositing){.ctx = ctx,
                             .entry = {.file = file,
                                       .name = name,
                                       .convention = convention,
                                       .by_hand = !finding_is_recognised(recognition.finding),
                                       .recognition = &recognition},
                             .upload = upload},
        answer);
}

enum err deposit_pending(struct context *ctx, uint64_t upload, uint64_t chosen,
                         struct deposit_answer *answer)
{
    struct recognition recognition;
    struct bytes file;
    const char *name;

    ERR_TRY(load_upload(ctx, upload, &file, &name));
    ERR_TRY(recognise(ctx, file, chosen, &recognition));
    describe(ctx->arena, &recognition, name, answer);
    answer->upload = upload;
    answer->convention = chosen ? chosen : answer->convention;
    answer->outcome = outcome_of(&recognition, chosen);
    return ERR_OK;
}

static enum err purge_some_uploads(struct context *ctx, unsigned *count)
{
    struct upload_old_row *old;
    size_t found;

    ERR_TRY(db_upload_old(ctx->db, ctx->arena,
                          &(struct upload_old_in){.before = ctx->now - UPLOAD_KEPT}, &old, &found));
    for (size_t i = 0; i < found; i++) {
        ERR_TRY(db_upload_delete(ctx->db, ctx->arena, &(struct upload_delete_in){.id = old[i].id},
                                 NULL));
        ERR_TRY(db_document_remove(ctx->db, ctx->arena, old[i].document_id));
    }
    *count = (unsigned)found;
    return ERR_OK;
}

enum err deposit_purge(struct context *ctx, unsigned *count)
{
    return purge_all(ctx, purge_some_uploads, count);
}
