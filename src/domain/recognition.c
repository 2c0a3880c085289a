#include "domain/recognition.h"

#include <inttypes.h>
#include <string.h>

#include "db/document.h"
#include "db/statements.h"
#include "inspect/client.h"
#include "pdf/token.h"

/* Without a code, a scan with more pages is taken for several conventions. */
#define PAGES_OF_ONE 4

/* Where the identification was found decides how far it is believed. */
enum trace { TRACE_NONE, TRACE_METADATA, TRACE_PAGE };

struct identified {
    enum trace trace;
    uint64_t convention;
    uint64_t document; /* of the original that carries the identification */
    uint64_t host, origin;
    uint32_t pages; /* that the original has */
    bool replaced;
};

static bool is_visible(enum inspect_addition_kind kind)
{
    return kind == INSPECT_ADDED_INK || kind == INSPECT_ADDED_STAMP || kind == INSPECT_ADDED_TEXT ||
           kind == INSPECT_ADDED_MARKUP || kind == INSPECT_ADDED_FIELD;
}

/* A time stamp says when, not who: alone it signs nothing. */
static bool is_signed(const struct inspect_report *report)
{
    for (uint32_t i = 0; i < report->signature_count; i++)
        if (!report->signatures[i].is_timestamp)
            return true;
    return false;
}

enum finding recognition_weigh(const struct inspect_report *report)
{
    if (report->original == INSPECT_ORIGINAL_IDENTICAL)
        return FINDING_UNSIGNED;
    if (report->original == INSPECT_ORIGINAL_CHANGED || report->verdict == INSPECT_ALTERED ||
        report->verdict == INSPECT_BROKEN)
        return FINDING_ALTERED;
    if (is_signed(report))
        return report->verdict == INSPECT_INTACT ? FINDING_SIGNED : FINDING_ALTERED;
    for (uint32_t i = 0; i < report->addition_count; i++)
        if (is_visible(report->additions[i].kind))
            return FINDING_ON_SCREEN;
    return FINDING_UNSIGNED;
}

static enum err look_up(struct context *ctx, const unsigned char id[PDF_ID_SIZE], enum trace trace,
                        struct identified *identified)
{
    struct convention_by_public_id_row *row;

    ERR_TRY(db_convention_by_public_id(
        ctx->db, ctx->arena, &(struct convention_by_public_id_in){.public_id = {id, PDF_ID_SIZE}},
        &row));
    if (row)
        *identified = (struct identified){.trace = trace,
                                          .convention = row->convention_id,
                                          .document = row->document_id,
                                          .host = row->host_id,
                                          .origin = row->origin_id,
                                          .pages = row->pages,
                                          .replaced = row->has_replaced_at};
    return ERR_OK;
}

static enum err look_up_short_code(struct context *ctx, const char *text,
                                   struct identified *identified)
{
    struct convention_by_short_code_row *row;
    char code[PDF_SHORT_CODE_LENGTH + 1];

    if (!pdf_short_code_parse(text, code))
        return ERR_OK;
    ERR_TRY(db_convention_by_short_code(
        ctx->db, ctx->arena, &(struct convention_by_short_code_in){.short_code = code}, &row));
    if (row)
        *identified = (struct identified){.trace = TRACE_PAGE,
                                          .convention = row->convention_id,
                                          .document = row->document_id,
                                          .host = row->host_id,
                                          .origin = row->origin_id,
                                          .pages = row->pages,
                                          .replaced = row->has_replaced_at};
    return ERR_OK;
}

/* The metadata's token first, then codes on the pages, then the short code. Only what carries our
 * MAC counts. */
static enum err identify(struct context *ctx, const struct inspect_found *found,
                         struct identified *identified)
{
    unsigned char id[PDF_ID_SIZE];
    bool genuine;

    *identified = (struct identified){.trace = TRACE_NONE};
    for (uint32_t i = 0; i < found->report->token_count; i++) {
        ERR_TRY(pdf_token_parse(ctx->settings, found->report->tokens[i], id, &genuine));
        if (genuine)
            return look_up(ctx, id, TRACE_METADATA, identified);
    }
    for (size_t i = 0; i < found->code_count; i++) {
        ERR_TRY(pdf_token_parse(ctx->settings, found->codes[i].text, id, &genuine));
        if (genuine)
            return look_up(ctx, id, TRACE_PAGE, identified);
    }
    return look_up_short_code(ctx, found->report->short_code, identified);
}

/* Whether a scan seems to be of several conventions: two of their codes are on its pages, or more
 * pages than one has. */
static enum err is_of_several(struct context *ctx, const struct inspect_found *found,
                              const struct identified *identified, bool *several)
{
    unsigned char first[PDF_ID_SIZE], id[PDF_ID_SIZE];
    uint32_t most = identified->trace == TRACE_PAGE ? identified->pages : PAGES_OF_ONE;
    bool known = false, genuine;

    *several = false;
    if (identified->trace == TRACE_METADATA)
        return ERR_OK;
    for (size_t i = 0; i < found->code_count && !*several; i++) {
        ERR_TRY(pdf_token_parse(ctx->settings, found->codes[i].text, id, &genuine));
        *several = genuine && known && memcmp(first, id, sizeof id) != 0;
        if (genuine && !known)
            memcpy(first, id, sizeof id);
        known = known || genuine;
    }
    *several = *several || found->report->pages > most;
    return ERR_OK;
}

/* Refuses what may not be answered for, or has been replaced. */
static enum err admit(struct context *ctx, const struct identified *identified, uint64_t chosen)
{
    if (identified->trace == TRACE_NONE)
        return ERR_OK;
    if (identified->host != ctx->actor.establishment &&
        identified->origin != ctx->actor.establishment)
        return err_raise(ERR_FORBIDDEN, "deposit-foreign", "account %" PRIu64, ctx->actor.account);
    if (chosen != 0 && chosen != identified->convention)
        return err_raise(ERR_CONFLICT, "deposit-other-trainee",
                         "convention %" PRIu64 " chosen, the file is of %" PRIu64, chosen,
                         identified->convention);
    if (identified->replaced)
        return err_raise(ERR_CONFLICT, "deposit-replaced", "convention %" PRIu64,
                         identified->convention);
    return ERR_OK;
}

/* Beside the original it carries the identification of, else beside that of the convention chosen,
 * which is the viewer's own or no original at all. */
static enum err compare(struct context *ctx, struct bytes file, const struct identified *identified,
                        uint64_t chosen, struct document *original, struct recognition *recognition)
{
    struct comparison_original_row *row = NULL;
    uint64_t document = identified->document;

    if (document == 0 && chosen != 0)
        ERR_TRY(
            db_comparison_original(ctx->db, ctx->arena,
                                   &(struct comparison_original_in){
                                       .convention_id = chosen, .viewer = ctx->actor.establishment},
                                   &row));
    if (row)
        document = row->document_id;
    if (document == 0)
        return ERR_OK;
    if (original->content.length == 0)
        ERR_TRY(db_document_load(ctx->db, ctx->arena, document, original));
    recognition->comparison = comparison_make(ctx, original->content, file, recognition->report);
    return ERR_OK;
}

enum err recognise(struct context *ctx, struct bytes file, uint64_t chosen,
                   struct recognition *recognition)
{
    struct inspect_dialogue *dialogue;
    const struct inspect_found *found;
    struct identified identified;
    struct document original = {0};
    bool several = false;

    ERR_TRY(inspect_open(ctx->arena, ctx->settings, file, &dialogue, &found));
    ERR_TRY(identify(ctx, found, &identified));
    if (chosen == 0)
        ERR_TRY(is_of_several(ctx, found, &identified, &several));
    if (several)
        return err_raise(ERR_CONFLICT, "deposit-several", "%" PRIu32 " pages",
                         found->report->pages);
    ERR_TRY(admit(ctx, &identified, chosen));
    if (identified.trace == TRACE_METADATA)
        ERR_TRY(db_document_load(ctx->db, ctx->arena, identified.document, &original));
    *recognition = (struct recognition){.convention = identified.convention};
    ERR_TRY(inspect_finish(dialogue, original.content, &recognition->report));
    switch (identified.trace) {
    case TRACE_NONE:
        recognition->finding = FINDING_UNKNOWN;
        break;
    case TRACE_PAGE:
        recognition->finding = FINDING_SCAN;
        break;
    case TRACE_METADATA:
        recognition->finding = recognition_weigh(recognition->report);
        break;
    }
    if (recognition->finding == FINDING_UNSIGNED)
        return err_raise(ERR_INVALID, "deposit-unsigned", "convention %" PRIu64,
                         identified.convention);
    return compare(ctx, file, &identified, chosen, &original, recognition);
}
