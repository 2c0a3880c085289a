#include "domain/original.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/document.h"
#include "domain/paper_facts.h"
#include "domain/wording.h"

/* Reads what the convention says; the identification is not yet in it. */
static enum err load_paper(struct context *ctx, uint64_t convention, struct convention_paper *paper,
                           struct convention_paper_row **row)
{
    struct establishment_by_id_row *host;
    struct establishment_by_id_row *origin;

    ERR_TRY(db_convention_paper(ctx->db, ctx->arena,
                                &(struct convention_paper_in){.id = convention}, row));
    if (!*row)
        return err_raise(ERR_INTERNAL, NULL, "convention %" PRIu64 " is not there", convention);
    *paper = (struct convention_paper){.last_name = (*row)->last_name,
                                       .first_name = (*row)->first_name,
                                       .birth_day = (*row)->birth_day,
                                       .class_name = (*row)->class_name,
                                       .guardian_name = (*row)->guardian_name,
                                       .guardian_phone = (*row)->guardian_phone,
                                       .guardian_email = (*row)->guardian_email,
                                       .guardian_address = (*row)->guardian_address,
                                       .title = (*row)->title,
                                       .course = (*row)->course,
                                       .first_day = (*row)->first_day,
                                       .last_day = (*row)->last_day,
                                       .starts_at = (*row)->starts_at,
                                       .ends_at = (*row)->ends_at,
                                       .place = (*row)->place,
                                       .person_name = (*row)->person_name,
                                       .person_phone = (*row)->person_phone,
                                       .meals = (*row)->meals,
                                       .transport = (*row)->transport,
                                       .created_at = ctx->now};
    ERR_TRY(paper_load_school(ctx, (*row)->host_id, &paper->host, &host));
    ERR_TRY(paper_load_school(ctx, (*row)->origin_id, &paper->origin, &origin));
    ERR_TRY(paper_load_image(ctx, host->has_logo_id, host->logo_id, &paper->logo));
    paper->board_day = origin->board_day;
    return wording_fill(ctx, paper, host->convention_text, &paper->text);
}

/* What a search of the list looks through. */
static const char *folded_search(struct arena *arena, const struct convention_paper *paper)
{
    return arena_printf(arena, "%s %s %s %s %s %s", text_fold(arena, paper->last_name),
                        text_fold(arena, paper->first_name), text_fold(arena, paper->guardian_name),
                        text_fold(arena, paper->origin.name), text_fold(arena, paper->title),
                        text_fold(arena, clock_french_day(arena, paper->first_day)));
}

struct drawn {
    const unsigned char *id; /* PDF_ID_SIZE bytes */
    const struct pdf_token *token;
    struct bytes pdf;
    unsigned pages;
};

static enum err store(struct context *ctx, uint64_t convention, const struct drawn *drawn,
                      struct original *original)
{
    struct db_done done;

    ERR_TRY(
        db_document_store(ctx->db, ctx->arena, drawn->pdf, "application/pdf", &original->document));
    ERR_TRY(db_convention_original_insert(
        ctx->db, ctx->arena,
        &(struct convention_original_insert_in){.convention_id = convention,
                                                .public_id = {drawn->id, PDF_ID_SIZE},
                                                .short_code = drawn->token->short_code,
                                                .document_id = original->document,
                                                .pages = drawn->pages,
                                                .now = ctx->now},
        &done));
    original->id = done.insert_id;
    return ERR_OK;
}

enum err original_issue(struct context *ctx, uint64_t convention, uint64_t replaced,
                        struct original *original)
{
    unsigned char id[PDF_ID_SIZE];
    struct convention_paper paper;
    struct convention_paper_row *row;
    struct pdf_layout layout;
    struct bytes pdf;

    ERR_TRY(load_paper(ctx, convention, &paper, &row));
    pdf_id_make(id);
    ERR_TRY(pdf_token_make(ctx->arena, ctx->settings, id, &paper.token));
    ERR_TRY(pdf_convention_draw(ctx->arena, ctx->settings, &paper, &layout, &pdf));
    ERR_TRY(store(
        ctx, convention,
        &(struct drawn){.id = id, .token = &paper.token, .pdf = pdf, .pages = layout.page_count},
        original));
    if (replaced != 0)
        ERR_TRY(db_convention_original_replace(
            ctx->db, ctx->arena,
            &(struct convention_original_replace_in){.id = replaced, .now = ctx->now}, NULL));
    return db_convention_set_original(
        ctx->db, ctx->arena,
        &(struct convention_set_original_in){.id = convention,
                                             .original_id = original->id,
                                             .folded_trainee = row->folded_name,
                                             .folded_search = folded_search(ctx->arena, &paper),
                                             .first_day = row->first_day},
        NULL);
}

enum err original_index(struct context *ctx, uint64_t convention)
{
    struct convention_paper paper;
    struct convention_paper_row *row;

    ERR_TRY(load_paper(ctx, convention, &paper, &row));
    return db_convention_set_search(
        ctx->db, ctx->arena,
        &(struct convention_set_search_in){.id = convention,
                                           .folded_trainee = row->folded_name,
                                           .folded_search = folded_search(ctx->arena, &paper),
                                           .first_day = row->first_day},
        NULL);
}
