#include "domain/wording.h"

#include "base/buf.h"
#include "pdf/text_view.h"
#include "view/markdown.h"

#define OWN_NAME "convention.md"

static enum err fill_own(struct context *ctx, const struct convention_text *values, const char *own,
                         const char **text)
{
    struct buf out = buf_new(ctx->arena, VIEW_MARKDOWN_MOST);

    ERR_TRY(view_render_source(ctx->arena, OWN_NAME, own, &convention_text_type, values, &out));
    *text = out.data;
    return ERR_OK;
}

enum err wording_fill(struct context *ctx, const struct convention_paper *paper, const char *own,
                      const char **text)
{
    struct convention_text values;

    if (!own)
        return pdf_text_render(ctx->arena, ctx->views, paper, text);
    values = pdf_text_of(ctx->arena, paper);
    return fill_own(ctx, &values, own, text);
}

enum err wording_check(struct context *ctx, const char *text)
{
    const struct convention_text nothing = {0};
    const char *filled;
    enum err code = fill_own(ctx, &nothing, text, &filled);

    if (code == ERR_OK)
        return ERR_OK;
    return err_raise(ERR_INVALID, "wording-invalid", "%s",
                     arena_strdup(ctx->arena, err_last()->detail));
}
