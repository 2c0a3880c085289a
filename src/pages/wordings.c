/* « Options », the convention's text: changed, looked at, earlier ones taken again. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/options.h"
#include "pages/routes.h"
#include "view/markdown.h"

VIEW_TYPE(options_version);
VIEW_TYPE(options_picture);
VIEW_TYPE(options_wording_view);
VIEW_TYPE(options_version_view);

#define VERSIONS_MOST 200 /* shown, the latest first */

/* version is the number of the text in force when the page was opened, 0 for none. */
#define WORDING_FORM(FIELD)                          \
    FIELD(TEXT, text, FORM_REQUIRED, 0, 40000, NULL) \
    FIELD(NUMBER, version, FORM_REQUIRED, 0, INT64_MAX, NULL)
FORM_DECLARE(wording_form, WORDING_FORM)

#define SEEN_FORM(FIELD) FIELD(NUMBER, version, FORM_REQUIRED, 0, INT64_MAX, NULL)
FORM_DECLARE(seen_form, SEEN_FORM)

const char *page_wording_sentence(struct exchange *x, const struct wording_fault *fault)
{
    const char *sentence = http_sentence(x, fault->key);

    if (fault->line == 0)
        return sentence;
    return arena_printf(x->arena, "%s (Ligne %u : « %s »)", sentence, fault->line,
                        fault->line_text);
}

/* A number that was not sent, or is none, is of no version: what is to be changed was not seen. */
static uint64_t seen_of(const struct form_value *version)
{
    return version->given ? (uint64_t)version->number : INT64_MAX;
}

/* What is shown of a text: own filled with the example's data, as HTML; NULL and *fault where it
 * is refused. */
static enum err preview(struct exchange *x, const char *own, const char **html,
                        struct wording_fault *fault)
{
    struct context ctx = page_context(x);
    struct convention_paper paper;
    enum err code = wording_example(&ctx, x->session->establishment_id, own, &paper, fault);

    *html = NULL;
    if (code == ERR_INVALID)
        return ERR_OK;
    ERR_TRY(code);
    return view_markdown_html(x->arena, paper.text, VIEW_MARKDOWN_MOST, html);
}

static enum err list_versions(struct exchange *x, struct options_wording_view *view)
{
    struct wording_list_row *rows;
    struct options_version *shown;
    size_t count;

    ERR_TRY(
        db_wording_list(x->db, x->arena,
                        &(struct wording_list_in){.establishment_id = x->session->establishment_id,
                                                  .limit = VERSIONS_MOST},
                        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct options_version);
    for (size_t i = 0; i < count; i++)
        shown[i] =
            (struct options_version){.url = page_url(x->arena, at_wording_version, rows[i].id),
                                     .at = clock_french_instant(x->arena, rows[i].created_at),
                                     .author = rows[i].author,
                                     .is_standard = rows[i].is_standard,
                                     .is_current = i == 0};
    view->versions = shown;
    view->versions_count = count;
    return ERR_OK;
}

/* The pages of the text in force, as pictures. */
static enum err list_pictures(struct exchange *x, const struct establishment_by_id_row *row,
                              struct options_wording_view *view)
{
    struct context ctx = page_context(x);
    struct options_picture *shown;
    struct wording_fault fault;
    struct bytes pdf;
    unsigned pages;

    ERR_TRY(wording_draw_example(&ctx, row->id, row->convention_text, &fault, &pdf, &pages));
    shown = ARENA_NEW_ARRAY(x->arena, pages, struct options_picture);
    for (unsigned i = 0; i < pages; i++)
        shown[i] = (struct options_picture){.number = i + 1,
                                            .url = page_url(x->arena, at_example_picture, i + 1)};
    view->pictures = shown;
    view->pictures_count = pages;
    return ERR_OK;
}

/* The page, with what is typed in its form; as a draft it is not the text in force. */
static enum err show(struct exchange *x, unsigned status, const struct wording_form *form,
                     bool is_draft, const char *sentence)
{
    struct establishment_by_id_row *row;
    struct wording_fault fault;
    struct view_page page;
    struct options_wording_view view = {.page = &page,
                                        .tabs = page_options_tabs(x),
                                        .action = page_url(x->arena, at_wording_save),
                                        .preview_action = page_url(x->arena, at_wording_preview),
                                        .print_action = page_url(x->arena, at_wording_print),
                                        .file_url = page_url(x->arena, at_example),
                                        .version = form->version.number,
                                        .is_draft = is_draft,
                                        .text = page_form_field(x->arena, "text", &form->text)};

    ERR_TRY(page_options_establishment(x, &row));
    if (row->convention_text)
        view.reset_action = page_url(x->arena, at_wording_reset);
    ERR_TRY(list_versions(x, &view));
    if (!form->text.error)
        ERR_TRY(
            preview(x, is_draft ? form->text.text : row->convention_text, &view.preview, &fault));
    if (!is_draft)
        ERR_TRY(list_pictures(x, row, &view));
    page_frame(x, &page);
    if (form->text.error) /* the hidden version is nothing to correct */
        page_form_errors(&page, x->arena, wording_form_fields, 1, form->values);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, status, "options-text.html", &view);
}

/* GET /options/convention — an establishment's admins */
enum err page_wording(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct establishment_by_id_row *row;
    struct wording_last_row *last;
    struct wording_form form;

    ERR_TRY(page_options_establishment(x, &row));
    ERR_TRY(db_wording_last(x->db, x->arena, &(struct wording_last_in){.establishment_id = row->id},
                            &last));
    FORM_EMPTY(&form);
    form.version.number = (int64_t)last->id;
    form.text.typed = row->convention_text;
    if (!row->convention_text)
        ERR_TRY(wording_standard(&ctx, &form.text.typed));
    return show(x, 200, &form, false, NULL);
}

/* Shows the form again with why its text was refused at the field. */
static enum err refuse(struct exchange *x, struct wording_form *form,
                       const struct wording_fault *fault)
{
    form->text.error = fault->key;
    form->text.sentence = page_wording_sentence(x, fault);
    return show(x, 422, form, true, NULL);
}

static enum err answer(struct exchange *x, enum err code, struct wording_form *form,
                       const struct wording_fault *fault)
{
    if (code == ERR_INVALID)
        return refuse(x, form, fault);
    if (code == ERR_CONFLICT)
        return show(x, 409, form, true, http_sentence(x, arena_strdup(x->arena, err_last()->key)));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_wording), "wording-changed");
}

/* POST /options/convention — an establishment's admins
 *
 *     text      Markdown with variables
 *     version   of the text that was seen */
enum err page_wording_save(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct wording_fault fault = {0};
    struct wording_form form;

    FORM_READ(x, wording_form, &form);
    if (form.text.error)
        return show(x, 422, &form, true, NULL);
    return answer(x,
                  wording_change(&ctx, x->session->establishment_id, seen_of(&form.version),
                                 form.text.text, &fault),
                  &form, &fault);
}

/* POST /options/convention/apercu — an establishment's admins
 *
 *     text, version   as above; nothing is kept */
enum err page_wording_preview(struct exchange *x)
{
    struct wording_fault fault = {0};
    struct wording_form form;
    const char *html;

    FORM_READ(x, wording_form, &form);
    if (form.text.error)
        return show(x, 422, &form, true, NULL);
    ERR_TRY(preview(x, form.text.text, &html, &fault));
    return html ? show(x, 200, &form, true, NULL) : refuse(x, &form, &fault);
}

/* POST /options/convention/pdf — an establishment's admins
 *
 *     text, version   as above; nothing is kept
 *
 * The example of a convention with that text. */
enum err page_wording_print(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct wording_fault fault = {0};
    struct wording_form form;
    struct bytes pdf;
    unsigned pages;
    enum err code;

    FORM_READ(x, wording_form, &form);
    if (form.text.error)
        return show(x, 422, &form, true, NULL);
    code = wording_draw_example(&ctx, x->session->establishment_id, form.text.text, &fault, &pdf,
                                &pages);
    if (code == ERR_INVALID)
        return refuse(x, &form, &fault);
    ERR_TRY(code);
    return http_download(x, &(struct http_file_out){.name = "Aperçu de la convention.pdf",
                                                    .media_type = "application/pdf",
                                                    .content = pdf});
}

/* POST /options/convention/texte-type — an establishment's admins
 *
 *     version   of the text that was seen */
enum err page_wording_reset(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct wording_fault fault = {0};
    struct seen_form form;

    FORM_READ(x, seen_form, &form);
    ERR_TRY(
        wording_change(&ctx, x->session->establishment_id, seen_of(&form.version), NULL, &fault));
    return page_done(x, page_url(x->arena, at_wording), "wording-reset");
}

static enum err version_of(struct exchange *x, struct wording_by_id_row **row)
{
    ERR_TRY(db_wording_by_id(
        x->db, x->arena,
        &(struct wording_by_id_in){.id = http_id(x, 0), .viewer = x->session->establishment_id},
        row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "text %" PRIu64, http_id(x, 0));
}

static enum err show_version(struct exchange *x, unsigned status)
{
    struct context ctx = page_context(x);
    struct wording_by_id_row *row;
    struct wording_last_row *last;
    struct wording_fault fault = {0};
    struct view_page page;
    struct options_version_view view = {.page = &page, .tabs = page_options_tabs(x)};

    ERR_TRY(version_of(x, &row));
    ERR_TRY(db_wording_last(
        x->db, x->arena,
        &(struct wording_last_in){.establishment_id = x->session->establishment_id}, &last));
    view.at = clock_french_instant(x->arena, row->created_at);
    view.author = row->author;
    view.is_standard = row->text == NULL;
    view.is_current = row->id == last->id;
    view.version = (int64_t)last->id;
    view.restore_action = page_url(x->arena, at_wording_restore, row->id);
    view.back = page_url(x->arena, at_wording);
    view.text = row->text;
    if (!row->text)
        ERR_TRY(wording_standard(&ctx, &view.text));
    ERR_TRY(preview(x, row->text, &view.preview, &fault));
    if (!view.preview)
        view.refusal = page_wording_sentence(x, &fault);
    page_frame(x, &page);
    return http_page(x, status, "options-text-version.html", &view);
}

/* GET /options/convention/versions/{id} — the establishment's admins */
enum err page_wording_version(struct exchange *x)
{
    return show_version(x, 200);
}

/* POST /options/convention/versions/{id}/reprendre — the establishment's admins
 *
 *     version   of the text that was in force when this was asked for */
enum err page_wording_restore(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct wording_fault fault = {0};
    struct wording_by_id_row *row;
    struct seen_form form;
    enum err code;

    ERR_TRY(version_of(x, &row));
    FORM_READ(x, seen_form, &form);
    code = wording_change(&ctx, x->session->establishment_id, seen_of(&form.version), row->text,
                          &fault);
    if (code == ERR_INVALID)
        return show_version(x, 422);
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_wording), "wording-restored");
}
