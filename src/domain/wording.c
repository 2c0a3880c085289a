#include "domain/wording.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "db/db.h"
#include "db/statements.h"
#include "domain/paper_facts.h"
#include "domain/revision.h"
#include "pdf/text_view.h"
#include "view/markdown.h"

#define OWN_NAME "convention.md"
#define SHOWN_MOST 80 /* characters of a refused line */
#define EXAMPLE_IN_SECONDS ((int64_t)30 * 24 * 60 * 60)

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

/* The standard text as it may be changed, which a form sends back without its last line end. */
enum err wording_standard(struct context *ctx, const char **text)
{
    const char *source;
    size_t length;

    ERR_TRY(view_source(ctx->arena, ctx->settings->views, OWN_NAME, &source));
    length = strlen(source);
    while (length > 0 && source[length - 1] == '\n')
        length--;
    *text = arena_strndup(ctx->arena, source, length);
    return ERR_OK;
}

/* The beginning of a line of text, lines counted from 1. */
static const char *line_of(struct arena *arena, const char *text, unsigned line)
{
    size_t length, characters = 0, end = 0;

    while (line > 1 && (text = strchr(text, '\n'))) {
        text++;
        line--;
    }
    if (!text)
        return "";
    length = strcspn(text, "\n");
    while (end < length && characters < SHOWN_MOST) {
        end++;
        characters += ((unsigned char)text[end] & 0xc0) != 0x80;
    }
    return arena_printf(arena, "%.*s%s", (int)end, text, end < length ? "…" : "");
}

/* Puts the failure last raised in terms of the text. What a template's error says is "name:line:
 * what is wrong" (view.h). */
static enum err refuse(struct context *ctx, const char *own, struct wording_fault *fault)
{
    const struct failure *last = err_last();
    const char *detail = arena_strdup(ctx->arena, last->detail);
    bool is_whole = last->code == ERR_TOO_LARGE;
    const char *line = strchr(detail, ':');

    *fault = (struct wording_fault){.key = "convention-too-long", .line_text = ""};
    if (!is_whole) {
        fault->key = strcmp(last->key, "view-template") == 0 ? "wording-markup"
                                                             : arena_strdup(ctx->arena, last->key);
        fault->line = line ? (unsigned)strtoul(line + 1, NULL, 10) : 0;
        fault->line_text = fault->line > 0 ? line_of(ctx->arena, own, fault->line) : "";
    }
    return err_raise(ERR_INVALID, "wording-invalid", "%s", detail);
}

/* A failure that the text is to blame for; others are handed on as they are. */
static enum err judge(struct context *ctx, enum err code, const char *own,
                      struct wording_fault *fault)
{
    if (own && (code == ERR_INVALID || code == ERR_TOO_LARGE))
        return refuse(ctx, own, fault);
    return code;
}

static const struct paper_school example_school = {.name = "Collège Exemple",
                                                   .uai = "0000000A",
                                                   .address = "12 rue de l’École",
                                                   .postal_code = "69000",
                                                   .city = "Lyon",
                                                   .phone = "04 00 00 00 00",
                                                   .email = "college@exemple.fr",
                                                   .head_name = "Dominique EXEMPLE",
                                                   .head_title = "principal"};

static void fill_example(struct context *ctx, struct convention_paper *paper)
{
    const char *today = clock_day(ctx->arena, ctx->now);
    const char *day = clock_day(ctx->arena, ctx->now + EXAMPLE_IN_SECONDS);

    *paper = (struct convention_paper){.is_example = true,
                                       .origin = example_school,
                                       .last_name = "EXEMPLE",
                                       .first_name = "Camille",
                                       .birth_day = "2012-03-14",
                                       .class_name = "3e B",
                                       .guardian_name = "Claude EXEMPLE",
                                       .guardian_phone = "06 00 00 00 00",
                                       .guardian_email = "famille@exemple.fr",
                                       .guardian_address = "5 rue des Lilas, 69000 Lyon",
                                       .title = "Découverte d’une formation",
                                       .course = "CAP menuisier",
                                       .first_day = day,
                                       .last_day = day,
                                       .starts_at = "08:30",
                                       .ends_at = "16:30",
                                       .place = "Atelier",
                                       .person_name = "Sacha EXEMPLE",
                                       .person_phone = "04 00 00 00 01",
                                       .meals = "canteen",
                                       .transport = "family",
                                       .board_day = today,
                                       .created_at = ctx->now};
}

enum err wording_example(struct context *ctx, uint64_t host, const char *own,
                         struct convention_paper *paper, struct wording_fault *fault)
{
    unsigned char id[PDF_ID_SIZE];
    struct establishment_by_id_row *row;

    fill_example(ctx, paper);
    ERR_TRY(paper_load_school(ctx, host, &paper->host, &row));
    ERR_TRY(paper_load_image(ctx, row->has_logo_id, row->logo_id, &paper->logo));
    pdf_id_make(id);
    ERR_TRY(pdf_token_make(ctx->arena, ctx->settings, id, &paper->token));
    return judge(ctx, wording_fill(ctx, paper, own, &paper->text), own, fault);
}

enum err wording_draw_example(struct context *ctx, uint64_t host, const char *own,
                              struct wording_fault *fault, struct bytes *pdf, unsigned *pages)
{
    struct convention_paper paper;
    struct pdf_layout layout;

    ERR_TRY(wording_example(ctx, host, own, &paper, fault));
    ERR_TRY(judge(ctx, pdf_convention_draw(ctx->arena, ctx->settings, &paper, &layout, pdf), own,
                  fault));
    *pages = layout.page_count;
    return ERR_OK;
}

struct changing {
    struct context *ctx;
    uint64_t host;
    uint64_t seen;
    const char *text;
};

static bool same_text(const char *one, const char *other)
{
    return one && other ? strcmp(one, other) == 0 : one == other;
}

static enum err change_once(void *what)
{
    const struct changing *changing = what;
    struct context *ctx = changing->ctx;
    struct establishment_lock_row *row;
    struct wording_last_row *last;

    ERR_TRY(db_establishment_lock(ctx->db, ctx->arena,
                                  &(struct establishment_lock_in){.id = changing->host}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "no such establishment");
    if (same_text(row->convention_text, changing->text))
        return ERR_OK;
    ERR_TRY(db_wording_last(ctx->db, ctx->arena,
                            &(struct wording_last_in){.establishment_id = changing->host}, &last));
    if (changing->seen != WORDING_ANY && changing->seen != last->id)
        return err_raise(ERR_CONFLICT, "wording-out-of-date", "another text came meanwhile");
    ERR_TRY(db_wording_insert(ctx->db, ctx->arena,
                              &(struct wording_insert_in){.establishment_id = changing->host,
                                                          .text = changing->text,
                                                          .has_account_id = ctx->actor.account != 0,
                                                          .account_id = ctx->actor.account,
                                                          .now = ctx->now},
                              NULL));
    ERR_TRY(db_establishment_set_text(
        ctx->db, ctx->arena,
        &(struct establishment_set_text_in){.id = changing->host, .text = changing->text}, NULL));
    return revision_raise(ctx, changing->host, changing->host);
}

enum err wording_change(struct context *ctx, uint64_t host, uint64_t seen, const char *text,
                        struct wording_fault *fault)
{
    const char *standard = NULL;
    struct bytes pdf;
    unsigned pages;

    if (text) {
        ERR_TRY(wording_draw_example(ctx, host, text, fault, &pdf, &pages));
        ERR_TRY(wording_standard(ctx, &standard));
    }
    return db_transaction(ctx->db, change_once,
                          &(struct changing){.ctx = ctx,
                                             .host = host,
                                             .seen = seen,
                                             .text = same_text(text, standard) ? NULL : text});
}
