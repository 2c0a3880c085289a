#include "domain/batch_owner.h"

#include "db/statements.h"
#include "pdf/token.h"

/* What is known of the original that a code names. */
struct named {
    uint64_t original, convention, host, origin;
    uint32_t pages;
    bool replaced;
};

static struct batch_owner owner_from(const struct context *ctx, const struct named *named)
{
    struct batch_owner owner = {
        .code = BATCH_CODE_FOREIGN, .original = named->original, .pages = named->pages};

    if (named->host != ctx->actor.establishment && named->origin != ctx->actor.establishment)
        return owner;
    owner.code = named->replaced ? BATCH_CODE_REPLACED : BATCH_CODE_OURS;
    owner.convention = named->replaced ? 0 : named->convention;
    return owner;
}

static enum err by_public_id(struct context *ctx, const unsigned char id[PDF_ID_SIZE],
                             struct batch_owner *owner)
{
    struct convention_by_public_id_row *row;

    ERR_TRY(db_convention_by_public_id(
        ctx->db, ctx->arena, &(struct convention_by_public_id_in){.public_id = {id, PDF_ID_SIZE}},
        &row));
    if (row)
        *owner = owner_from(ctx, &(struct named){row->document_id, row->convention_id, row->host_id,
                                                 row->origin_id, row->pages, row->has_replaced_at});
    return ERR_OK;
}

static enum err by_short_code(struct context *ctx, const char *text, struct batch_owner *owner)
{
    struct convention_by_short_code_row *row;
    char code[PDF_SHORT_CODE_LENGTH + 1];

    if (!pdf_short_code_parse(text, code))
        return ERR_OK;
    ERR_TRY(db_convention_by_short_code(
        ctx->db, ctx->arena, &(struct convention_by_short_code_in){.short_code = code}, &row));
    if (row)
        *owner = owner_from(ctx, &(struct named){row->document_id, row->convention_id, row->host_id,
                                                 row->origin_id, row->pages, row->has_replaced_at});
    return ERR_OK;
}

enum err batch_owner_of(struct context *ctx, const struct inspect_sheet *sheet,
                        struct batch_owner *owner)
{
    unsigned char id[PDF_ID_SIZE];
    bool genuine;

    *owner =
        (struct batch_owner){.code = sheet->code_count > 0 ? BATCH_CODE_UNKNOWN : BATCH_CODE_NONE};
    for (uint32_t i = 0; i < sheet->code_count; i++) {
        ERR_TRY(pdf_token_parse(ctx->settings, sheet->codes[i], id, &genuine));
        if (genuine)
            return by_public_id(ctx, id, owner);
    }
    return by_short_code(ctx, sheet->short_code, owner);
}
