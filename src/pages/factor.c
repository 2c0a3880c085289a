/* « Mon compte », the second factor: setting it up, new recovery codes, doing without it. */
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/account_factor.h"
#include "http/form.h"
#include "http/second_factor.h"
#include "pages/frame.h"
#include "pages/options.h"
#include "pages/remarks.h"
#include "pages/routes.h"
#include "pdf/qr.h"

VIEW_TYPE(options_factor_view);
VIEW_TYPE(options_recovery_view);

#define FEW_CODES 3

#define FACTOR_FORM(FIELD)                                \
    FIELD(SECRET, password, FORM_OPTIONAL, 0, 1024, NULL) \
    FIELD(SECRET, code, FORM_OPTIONAL, 0, 100, NULL)
FORM_DECLARE(factor_form, FACTOR_FORM)

/* The key that waits for its first code, as QR code and as text. */
static enum err show_key(struct exchange *x, struct options_factor_view *view)
{
    struct context ctx = page_context(x);
    unsigned side;

    ERR_TRY(factor_show(&ctx, x->session->email, &view->key, &view->key_address));
    ERR_TRY(qr_path(x->arena, view->key_address, &view->qr, &side));
    view->side = side;
    return ERR_OK;
}

static enum err factor_row(struct exchange *x, struct factor_by_account_row **row)
{
    return db_factor_by_account(
        x->db, x->arena, &(struct factor_by_account_in){.account_id = x->session->account_id}, row);
}

static enum err show(struct exchange *x, unsigned status, const struct factor_form *form)
{
    struct factor_by_account_row *row;
    struct view_page page;
    struct options_factor_view view = {.page = &page,
                                       .tabs = page_options_tabs(x),
                                       .begin_action = page_url(x->arena, at_factor_begin),
                                       .confirm_action = page_url(x->arena, at_factor_confirm),
                                       .renew_action = page_url(x->arena, at_factor_renew),
                                       .disable_action = page_url(x->arena, at_factor_disable),
                                       .password =
                                           page_form_field(x->arena, "password", &form->password),
                                       .code = page_form_field(x->arena, "code", &form->code),
                                       .back = page_url(x->arena, at_profile)};

    ERR_TRY(factor_row(x, &row));
    view.is_on = row && row->has_confirmed_at;
    view.is_begun =
        row && !row->has_confirmed_at && row->created_at > x->now - FACTOR_BEGUN_SECONDS;
    view.is_off = !view.is_on && !view.is_begun;
    if (view.is_on) {
        view.since = clock_french_instant(x->arena, row->confirmed_at);
        view.codes = row->codes;
        view.has_few_codes = row->codes < FEW_CODES;
    }
    if (view.is_begun)
        ERR_TRY(show_key(x, &view));
    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, factor_form, form);
    return http_page(x, status, "options-factor.html", &view);
}

/* GET /options/profil/double — who is signed in */
enum err page_factor(struct exchange *x)
{
    struct factor_form form;

    FORM_EMPTY(&form);
    return show(x, 200, &form);
}

/* Puts the failure last raised at the field it is about. */
static enum err refuse(struct exchange *x, enum err code, struct factor_form *form,
                       struct form_value *field)
{
    if (code != ERR_INVALID && code != ERR_THROTTLED)
        return code;
    form_refuse(x, field, arena_strdup(x->arena, err_last()->key));
    return show(x, code == ERR_INVALID ? 422 : 429, form);
}

static void require(struct exchange *x, struct form_value *value)
{
    if (!value->error && !value->given)
        form_refuse(x, value, "form-required");
}

/* POST /options/profil/double/commencer — who is signed in
 *
 *     password   the present one: a session that somebody took must not shut its owner out */
enum err page_factor_begin(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct factor_form form;
    enum err code;

    FORM_READ(x, factor_form, &form);
    require(x, &form.password);
    if (!FORM_GOOD(&form))
        return show(x, 422, &form);
    code = http_password_check(x, form.password.text);
    if (code != ERR_OK)
        return refuse(x, code, &form, &form.password);
    ERR_TRY(factor_begin(&ctx));
    return http_redirect(x, page_url(x->arena, at_factor));
}

/* The recovery codes, which are never shown again. */
static enum err show_codes(struct exchange *x, const char *const *codes, bool is_new)
{
    struct view_page page;
    struct options_recovery_view view = {.page = &page,
                                         .tabs = page_options_tabs(x),
                                         .is_new = is_new,
                                         .back = page_url(x->arena, at_profile)};

    page_frame(x, &page);
    page_texts(x->arena, codes, HTTP_RECOVERY_CODES, &view.codes, &view.codes_count);
    return http_page(x, 200, "options-recovery.html", &view);
}

/* POST /options/profil/double/confirmer — who is signed in
 *
 *     code   the first one of the authenticator */
enum err page_factor_confirm(struct exchange *x)
{
    struct context ctx = page_context(x);
    const char *const *codes;
    struct factor_form form;
    enum err code;

    FORM_READ(x, factor_form, &form);
    require(x, &form.code);
    if (!FORM_GOOD(&form))
        return show(x, 422, &form);
    code = http_attempt(x, "factor-confirm", x->session->email, "factor-throttled");
    if (code == ERR_OK)
        code = factor_confirm(&ctx, form.code.text, &codes);
    if (code != ERR_OK)
        return refuse(x, code, &form, &form.code);
    ERR_TRY(http_attempt_forgive(x, "factor-confirm", x->session->email));
    return show_codes(x, codes, false);
}

/* Whether password and code are the account's. *answered: they are not, and the form is shown. */
static enum err check_both(struct exchange *x, struct factor_form *form, bool *answered)
{
    struct factor_by_account_row *row;
    enum err code;

    *answered = true;
    ERR_TRY(factor_row(x, &row));
    if (!row || !row->has_confirmed_at)
        return err_raise(ERR_CONFLICT, "factor-off", "there is none");
    FORM_READ(x, factor_form, form);
    require(x, &form->password);
    require(x, &form->code);
    if (!FORM_GOOD(form))
        return show(x, 422, form);
    code = http_password_check(x, form->password.text);
    if (code != ERR_OK)
        return refuse(x, code, form, &form->password);
    code = http_factor_check(x, x->session->account_id, form->code.text);
    if (code != ERR_OK)
        return refuse(x, code, form, &form->code);
    *answered = false;
    return ERR_OK;
}

/* POST /options/profil/double/codes — who is signed in
 *
 *     password, code */
enum err page_factor_renew(struct exchange *x)
{
    struct context ctx = page_context(x);
    const char *const *codes;
    struct factor_form form;
    bool answered;

    ERR_TRY(check_both(x, &form, &answered));
    if (answered)
        return ERR_OK;
    ERR_TRY(factor_renew_codes(&ctx, &codes));
    return show_codes(x, codes, true);
}

/* POST /options/profil/double/desactiver — who is signed in
 *
 *     password, code */
enum err page_factor_disable(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct factor_form form;
    bool answered;

    ERR_TRY(check_both(x, &form, &answered));
    if (answered)
        return ERR_OK;
    ERR_TRY(factor_disable(&ctx));
    return page_done(x, page_url(x->arena, at_profile), "factor-off");
}
