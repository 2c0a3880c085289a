/* The deposit of a completed convention, and the depositor's word on a file that waits. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/statements.h"
#include "domain/batch.h"
#include "domain/deposit.h"
#include "http/form.h"
#include "pages/boxes.h"
#include "pages/conventions.h"
#include "pages/frame.h"
#include "pages/remarks.h"
#include "pages/routes.h"

#define DEPOSIT_FORM(FIELD)                             \
    FIELD(FILE, fichier, FORM_REQUIRED, 0, 0, NULL)     \
    FIELD(LINE, convention, FORM_OPTIONAL, 0, 20, NULL) \
    FIELD(LINE, malgre, FORM_OPTIONAL, 0, 3, NULL)
FORM_DECLARE(deposit_form, DEPOSIT_FORM)

#define UPLOAD_FORM(FIELD)                              \
    FIELD(LINE, convention, FORM_REQUIRED, 0, 20, NULL) \
    FIELD(LINE, malgre, FORM_OPTIONAL, 0, 3, NULL)
FORM_DECLARE(upload_form, UPLOAD_FORM)

static uint64_t number_of(const struct form_value *value)
{
    return strtoull(value->text, NULL, 10);
}

/* "oui": it shall be deposited whatever boxes seem empty. */
static bool is_anyway(const struct form_value *value)
{
    return strcmp(value->text, "oui") == 0;
}

static void set_finding(struct conventions_result *result, const char *finding)
{
    result->was_signed = strcmp(finding, finding_name(FINDING_SIGNED)) == 0;
    result->was_on_screen = strcmp(finding, finding_name(FINDING_ON_SCREEN)) == 0;
    result->was_scan = strcmp(finding, finding_name(FINDING_SCAN)) == 0;
    result->was_altered = strcmp(finding, finding_name(FINDING_ALTERED)) == 0;
    result->was_unknown = strcmp(finding, finding_name(FINDING_UNKNOWN)) == 0;
}

static enum err name_trainee(struct exchange *x, uint64_t convention,
                             struct conventions_result *result)
{
    struct convention_sheet_row *sheet;

    ERR_TRY(db_convention_sheet(
        x->db, x->arena,
        &(struct convention_sheet_in){.id = convention, .viewer = x->session->establishment_id},
        &sheet));
    if (!sheet)
        return err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64, convention);
    result->trainee = arena_printf(x->arena, "%s %s", sheet->first_name, sheet->last_name);
    result->convention_url = page_url(x->arena, at_convention, convention);
    return ERR_OK;
}

enum err page_deposit_result(struct exchange *x, uint64_t convention,
                             const struct conventions_result **shown)
{
    struct conventions_result *result = ARENA_NEW(x->arena, struct conventions_result);
    struct convention_sheet_row *sheet;
    struct deposit_by_id_row *deposit;

    *shown = NULL;
    ERR_TRY(db_convention_sheet(
        x->db, x->arena,
        &(struct convention_sheet_in){.id = convention, .viewer = x->session->establishment_id},
        &sheet));
    if (!sheet || !sheet->has_deposit_id)
        return ERR_OK;
    ERR_TRY(db_deposit_by_id(x->db, x->arena, &(struct deposit_by_id_in){.id = sheet->deposit_id},
                             &deposit));
    ERR_TRY(name_trainee(x, convention, result));
    ERR_TRY(page_signers(x, sheet->deposit_id, &result->signers, &result->signers_count));
    set_finding(result, deposit->finding);
    result->is_same = http_query(x, "deja") != NULL;
    result->is_done = !result->is_same;
    *shown = result;
    return ERR_OK;
}

/* Shows the page with what is wrong with the file. */
static enum err refuse(struct exchange *x, unsigned status, uint64_t chosen, const char *sentence)
{
    struct view_form_error *error = ARENA_NEW(x->arena, struct view_form_error);
    struct conventions_deposit *deposit;

    *error = (struct view_form_error){.field = "fichier", .sentence = sentence};
    ERR_TRY(page_conventions_deposit(x, chosen, &deposit));
    page_conventions_file_error(x, deposit, sentence);
    return page_conventions_show(x, status, deposit, error, 1);
}

/* Whether the answer to a refused deposit is the form, with the reason at the file. */
static unsigned status_of(enum err code)
{
    switch (code) {
    case ERR_INVALID:
        return 422;
    case ERR_TOO_LARGE:
        return 413;
    case ERR_CONFLICT:
        return 409;
    case ERR_FORBIDDEN:
        return 403;
    case ERR_UNAVAILABLE:
        return 503;
    case ERR_OK:
    case ERR_SIGNED_OUT:
    case ERR_NOT_FOUND:
    case ERR_THROTTLED:
    case ERR_INTERNAL:
    case ERR_COUNT:
        break;
    }
    return 0;
}

static enum err refuse_with_reason(struct exchange *x, enum err code, uint64_t chosen)
{
    unsigned status = err_last()->key[0] ? status_of(code) : 0;

    if (status == 0)
        return code;
    return refuse(x, status, chosen, http_sentence(x, arena_strdup(x->arena, err_last()->key)));
}

static enum err lead_on(struct exchange *x, const struct deposit_answer *answer)
{
    const char *list = page_conventions_tab(x->arena, CONVENTION_PENDING);

    if (answer->outcome == DEPOSIT_DONE || answer->outcome == DEPOSIT_SAME)
        return http_redirect(x, arena_printf(x->arena, "%s&depose=%" PRIu64 "%s", list,
                                             answer->convention,
                                             answer->outcome == DEPOSIT_SAME ? "&deja=1" : ""));
    if (answer->outcome == DEPOSIT_LACKING)
        return http_redirect(x, arena_printf(x->arena, "%s?convention=%" PRIu64,
                                             page_url(x->arena, at_upload, answer->upload),
                                             answer->convention));
    return http_redirect(x, page_url(x->arena, at_upload, answer->upload));
}

/* The files that came. */
static size_t read_sources(struct exchange *x, struct batch_source **sources)
{
    const struct http_files *files = &x->request->files;
    size_t count = 0;

    *sources = ARENA_NEW_ARRAY(x->arena, files->count, struct batch_source);
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i].field, "fichier") == 0)
            (*sources)[count++] =
                (struct batch_source){files->items[i].name, files->items[i].content};
    return count;
}

static enum err take_batch(struct exchange *x, const struct batch_source *sources, size_t count,
                           uint64_t chosen)
{
    struct context ctx = page_context(x);
    uint64_t batch;
    enum err code = batch_receive(&ctx, sources, count, chosen, &batch);

    if (code != ERR_OK)
        return refuse_with_reason(x, code, chosen);
    return http_redirect(x, page_url(x->arena, at_batch, batch));
}

/* POST /conventions/depot — admins and members of an establishment
 *
 *     fichier      the completed convention, a PDF of at most 20 MB; or several files, a ZIP of
 *                  them, pictures of pages, a PDF of several conventions (pages/batch.c)
 *     convention   the convention it is for; empty for « Reconnaissance automatique »
 *     malgre       "oui": deposit it whatever signature boxes seem empty
 *
 * Leads to the list, or to the page where the depositor confirms, chooses, or is told which boxes
 * seem empty. A refused file is
 * answered with the page itself and the reason at the field. */
enum err page_deposit(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct deposit_answer answer;
    struct batch_source *sources;
    struct deposit_form form;
    uint64_t chosen;
    size_t count;
    enum err code;

    FORM_READ(x, deposit_form, &form);
    chosen = number_of(&form.convention);
    if (form.fichier.error)
        return refuse(x, 422, chosen, form.fichier.sentence);
    count = read_sources(x, &sources);
    if (batch_is_one(sources, count))
        return take_batch(x, sources, count, chosen);
    code = deposit_receive(&ctx, form.fichier.file->content, form.fichier.file->name, chosen,
                           is_anyway(&form.malgre), &answer);
    if (code == ERR_CONFLICT && strcmp(err_last()->key, "deposit-several") == 0)
        return take_batch(x, sources, count, chosen);
    if (code != ERR_OK)
        return refuse_with_reason(x, code, chosen);
    return lead_on(x, &answer);
}

static enum err show_upload(struct exchange *x, unsigned status,
                            const struct deposit_answer *answer)
{
    struct conventions_result *result = ARENA_NEW(x->arena, struct conventions_result);
    struct conventions_deposit *deposit;

    ERR_TRY(page_conventions_deposit(x, answer->convention, &deposit));
    *result = (struct conventions_result){
        .is_lacking = answer->outcome == DEPOSIT_LACKING,
        .is_confirm = answer->outcome == DEPOSIT_CONFIRM,
        .is_choose = answer->outcome == DEPOSIT_CHOOSE,
        .action = page_url(x->arena, at_upload_confirm, answer->upload),
        .proposed = arena_printf(x->arena, "%" PRIu64, answer->convention),
        .boxes = page_boxes(x, &answer->boxes, BOXES_FULL_NAMES)};
    set_finding(result, finding_name(answer->finding));
    page_remarks_text(x, answer->remarks, answer->remark_count, &result->reasons,
                      &result->reasons_count);
    page_texts(x->arena, answer->signers, answer->signer_count, &result->signers,
               &result->signers_count);
    if (answer->convention != 0)
        ERR_TRY(name_trainee(x, answer->convention, result));
    deposit->result = result;
    return page_conventions_show(x, status, deposit, NULL, 0);
}

/* GET /conventions/depot/{id} — who deposited the file
 *
 *     convention   the convention it was deposited for, where a box of it seems empty
 *
 * What is known of a file that waits: whose it seems to be and which boxes seem empty, or why it
 * was not recognised. */
enum err page_upload(struct exchange *x)
{
    const char *chosen = http_query(x, "convention");
    struct context ctx = page_context(x);
    struct deposit_answer answer;

    ERR_TRY(deposit_pending(&ctx, http_id(x, 0), chosen ? strtoull(chosen, NULL, 10) : 0, &answer));
    return show_upload(x, 200, &answer);
}

/* POST /conventions/depot/{id} — who deposited the file
 *
 *     convention   the convention it is for
 *     malgre       "oui": deposit it whatever signature boxes seem empty */
enum err page_upload_confirm(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct deposit_answer answer;
    struct upload_form form;
    enum err code;

    FORM_READ(x, upload_form, &form);
    if (form.convention.error || number_of(&form.convention) == 0) {
        ERR_TRY(deposit_pending(&ctx, http_id(x, 0), 0, &answer));
        return show_upload(x, 422, &answer);
    }
    code = deposit_confirm(&ctx, http_id(x, 0), number_of(&form.convention),
                           is_anyway(&form.malgre), &answer);
    if (code != ERR_OK)
        return refuse_with_reason(x, code, number_of(&form.convention));
    return lead_on(x, &answer);
}
