/* « Options », one's own account: name and password. */
#include <string.h>

#include "db/statements.h"
#include "domain/account.h"
#include "http/form.h"
#include "pages/accounts.h"
#include "pages/frame.h"
#include "pages/options.h"
#include "pages/routes.h"

VIEW_TYPE(options_profile_view);

#define PROFILE_FORM(FIELD) FIELD(LINE, name, FORM_REQUIRED, 1, 150, NULL)
FORM_DECLARE(profile_form, PROFILE_FORM)

#define PASSWORD_FORM(FIELD)                                  \
    FIELD(SECRET, old_password, FORM_REQUIRED, 0, 1024, NULL) \
    FIELD(SECRET, new_password, FORM_REQUIRED, 0, 1024, NULL) \
    FIELD(SECRET, new_password_again, FORM_REQUIRED, 0, 1024, NULL)
FORM_DECLARE(password_form, PASSWORD_FORM)

static enum err show(struct exchange *x, unsigned status, const struct profile_form *profile,
                     const struct password_form *password)
{
    struct factor_by_account_row *factor;
    struct view_page page;
    struct options_profile_view view = {
        .page = &page,
        .tabs = page_options_tabs(x),
        .email = x->session->email,
        .action = page_url(x->arena, at_profile_rename),
        .name = page_form_field(x->arena, "name", &profile->name),
        .email_url = page_url(x->arena, at_email),
        .factor_url = page_url(x->arena, at_factor),
        .sessions_url = page_url(x->arena, at_sessions),
        .password_action = page_url(x->arena, at_profile_password),
        .old_password = page_form_field(x->arena, "old_password", &password->old_password),
        .new_password = page_form_field(x->arena, "new_password", &password->new_password),
        .new_password_again =
            page_form_field(x->arena, "new_password_again", &password->new_password_again)};

    ERR_TRY(db_factor_by_account(
        x->db, x->arena, &(struct factor_by_account_in){.account_id = x->session->account_id},
        &factor));
    view.has_factor = factor && factor->has_confirmed_at;
    ERR_TRY(page_account_events(x, x->session->account_id, &view.events));
    page_frame(x, &page);
    if (FORM_GOOD(profile))
        FORM_FRAME(&page, x->arena, password_form, password);
    else
        FORM_FRAME(&page, x->arena, profile_form, profile);
    return http_page(x, status, "options-profile.html", &view);
}

static void name_of(struct exchange *x, struct profile_form *form)
{
    FORM_EMPTY(form);
    form->name.typed = x->session->name;
}

/* GET /options/profil — who is signed in */
enum err page_profile(struct exchange *x)
{
    struct profile_form profile;
    struct password_form password;

    name_of(x, &profile);
    FORM_EMPTY(&password);
    return show(x, 200, &profile, &password);
}

/* POST /options/profil — who is signed in
 *
 *     name   as it stands in the history of conventions from now on */
enum err page_profile_rename(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct profile_form profile;
    struct password_form password;

    FORM_READ(x, profile_form, &profile);
    if (!FORM_GOOD(&profile)) {
        FORM_EMPTY(&password);
        return show(x, 422, &profile, &password);
    }
    ERR_TRY(account_rename(&ctx, profile.name.text));
    return page_done(x, page_url(x->arena, at_profile), "profile-renamed");
}

/* Puts the failure last raised at the field it is about. */
static enum err refuse(struct exchange *x, enum err code, struct password_form *form,
                       struct form_value *field)
{
    struct profile_form profile;

    if (code != ERR_INVALID && code != ERR_THROTTLED)
        return code;
    form_refuse(x, field, arena_strdup(x->arena, err_last()->key));
    name_of(x, &profile);
    return show(x, code == ERR_INVALID ? 422 : 429, &profile, form);
}

/* POST /options/profil/mot-de-passe — who is signed in
 *
 *     old_password, new_password, new_password_again
 *
 * All sessions of the account end; this browser begins a new one. */
enum err page_profile_password(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct profile_form profile;
    struct password_form form;
    enum err code;

    FORM_READ(x, password_form, &form);
    if (form.new_password.given && form.new_password_again.given &&
        strcmp(form.new_password.text, form.new_password_again.text) != 0)
        form_refuse(x, &form.new_password_again, "password-differs");
    if (!FORM_GOOD(&form)) {
        name_of(x, &profile);
        return show(x, 422, &profile, &form);
    }
    code = http_password_check(x, form.old_password.text);
    if (code != ERR_OK)
        return refuse(x, code, &form, &form.old_password);
    code = account_change_password(&ctx, form.new_password.text);
    if (code != ERR_OK)
        return refuse(x, code, &form, &form.new_password);
    ERR_TRY(http_session_begin(x, x->session->account_id));
    return page_done(x, page_url(x->arena, at_profile), "password-changed");
}
