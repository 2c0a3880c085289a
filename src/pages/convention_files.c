/* A convention's files: the original, the returned one, every earlier version, and pictures. */
#include <inttypes.h>

#include "base/clock.h"
#include "db/document.h"
#include "db/statements.h"
#include "domain/convention.h"
#include "inspect/client.h"
#include "pages/conventions.h"
#include "pages/frame.h"
#include "pages/routes.h"
#include "pdf/token.h"

#define PICTURE_WIDTH 900 /* pixels */

/* The address's second number, of a version or a page: these have 32 bits. */
static enum err small_number(const struct exchange *x, uint32_t *number)
{
    if (http_id(x, 1) > UINT32_MAX)
        return err_raise(ERR_NOT_FOUND, NULL, "number %" PRIu64, http_id(x, 1));
    *number = (uint32_t)http_id(x, 1);
    return ERR_OK;
}

static enum err send(struct exchange *x, const struct convention_sheet_row *sheet, uint64_t id,
                     const char *what, bool in_line)
{
    struct document document;

    ERR_TRY(db_document_load(x->db, x->arena, id, &document));
    return http_download(x, &(struct http_file_out){
                                .name = arena_printf(x->arena, "%s %s %s %s.pdf", what,
                                                     sheet->last_name, sheet->first_name,
                                                     clock_french_day(x->arena, sheet->first_day)),
                                .media_type = "application/pdf",
                                .content = document.content,
                                .in_line = in_line});
}

/* GET /conventions/{id}/conv — the host's and the origin's accounts
 *
 * « Conv. »: the original, or the returned file once the convention is validated. */
enum err page_convention_file(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct convention_sheet_row *sheet;
    uint64_t document;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    ERR_TRY(convention_current_file(&ctx, sheet->id, &document));
    return send(x, sheet, document, "Convention", false);
}

/* GET /conventions/{id}/original — the host's and the origin's accounts */
enum err page_convention_original(struct exchange *x)
{
    struct convention_sheet_row *sheet;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    return send(x, sheet, sheet->original_document_id, "Convention", false);
}

/* GET /conventions/{id}/retour — the host's and the origin's accounts */
enum err page_convention_returned(struct exchange *x)
{
    struct convention_sheet_row *sheet;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    if (!sheet->has_deposit_document_id)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64 " was not returned", sheet->id);
    return send(x, sheet, sheet->deposit_document_id, "Convention signée", false);
}

/* GET /conventions/{id}/versions/{id} — the host's and the origin's accounts
 *
 * The file of a row of the history, by its number. */
enum err page_convention_version(struct exchange *x)
{
    struct convention_sheet_row *sheet;
    struct history_document_row *version;
    uint32_t sequence;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    ERR_TRY(small_number(x, &sequence));
    ERR_TRY(db_history_document(
        x->db, x->arena,
        &(struct history_document_in){.convention_id = sheet->id, .sequence = sequence}, &version));
    if (!version || !version->has_document_id)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64 " has no such version",
                         sheet->id);
    return send(x, sheet, version->document_id, "Convention", false);
}

/* A page of a document as a picture, drawn in the inspector. */
static enum err send_picture(struct exchange *x, uint64_t id)
{
    struct document document;
    struct bytes png;
    uint32_t page;

    ERR_TRY(small_number(x, &page));
    ERR_TRY(db_document_load(x->db, x->arena, id, &document));
    ERR_TRY(
        inspect_page_picture(x->arena, x->settings, document.content, page, PICTURE_WIDTH, &png));
    return http_download(
        x, &(struct http_file_out){
               .name = "page.png", .media_type = "image/png", .content = png, .in_line = true});
}

/* GET /conventions/{id}/images/original/{id} — the host's and the origin's accounts */
enum err page_original_picture(struct exchange *x)
{
    struct convention_sheet_row *sheet;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    return send_picture(x, sheet->original_document_id);
}

/* GET /conventions/{id}/images/retour/{id} — the host's and the origin's accounts */
enum err page_returned_picture(struct exchange *x)
{
    struct convention_sheet_row *sheet;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    if (!sheet->has_deposit_document_id)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64 " was not returned", sheet->id);
    return send_picture(x, sheet->deposit_document_id);
}

/* GET /c/{token} — admins and members of an establishment
 *
 * Where the QR code of a printed convention leads: its page, for who may see it. */
enum err page_convention_code(struct exchange *x)
{
    unsigned char id[PDF_ID_SIZE];
    struct convention_by_public_id_row *row;
    struct convention_sheet_row *sheet;
    bool genuine;

    ERR_TRY(pdf_token_parse(x->settings, http_token(x, 0), id, &genuine));
    if (!genuine)
        return err_raise(ERR_NOT_FOUND, NULL, "no token of ours");
    ERR_TRY(db_convention_by_public_id(
        x->db, x->arena, &(struct convention_by_public_id_in){.public_id = {id, PDF_ID_SIZE}},
        &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "no such convention");
    ERR_TRY(page_sheet_of(x, row->convention_id, &sheet));
    return http_redirect(x, page_url(x->arena, at_convention, sheet->id));
}
