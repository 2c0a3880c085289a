/* Signing in and out. */
#include <string.h>

#include "base/log.h"
#include "http/form.h"
#include "http/second_factor.h"
#include "pages/account_view.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(sign_in_code_view);

#define SIGN_IN_FORM(FIELD)                               \
    FIELD(EMAIL, email, FORM_REQUIRED, 0, 254, NULL)      \
    FIELD(SECRET, password, FORM_REQUIRED, 0, 1024, NULL) \
    FIELD(LINE, retour, FORM_OPTIONAL, 0, 2000, NULL)
FORM_DECLARE(sign_in_form, SIGN_IN_FORM)

#define CODE_FORM(FIELD)                             \
    FIELD(SECRET, code, FORM_REQUIRED, 0, 100, NULL) \
    FIELD(LINE, retour, FORM_OPTIONAL, 0, 2000, NULL)
FORM_DECLARE(code_form, CODE_FORM)

/* Where to go after the sign-in: an address of this site, as browsers send them, or the
 * dashboard. */
static const char *way_back(const char *address)
{
    if (!address || address[0] != '/' || address[1] == '/')
        return "/";
    for (const char *c = address; *c; c++)
        if (*c <= 0x20 || *c > 0x7e || *c == '\\')
            return "/";
    return address;
}

/* Where the second step is made. */
static const char *code_address(struct exchange *x, const char *back)
{
    const char *address = page_url(x->arena, at_sign_in_code);

    return strcmp(back, "/") == 0
               ? address
               : arena_printf(x->arena, "%s?retour=%s", address, http_url_encode(x->arena, back));
}

static enum err show(struct exchange *x, unsigned status, const struct sign_in_form *form,
                     const char *return_to)
{
    struct view_page page;
    struct view_sign_in view = {
        .page = &page,
        .action = page_url(x->arena, at_sign_in_try),
        .return_to = return_to,
        .forgotten = page_url(x->arena, at_password_forgotten),
        .email = page_form_field(x->arena, "email", &form->email),
        .password = page_form_field(x->arena, "password", &form->password),
    };

    page_frame(x, &page);
    page.csrf = http_csrf(x);
    FORM_FRAME(&page, x->arena, sign_in_form, form);
    return http_page(x, status, "sign-in.html", &view);
}

/* GET /connexion — everybody
 *
 *     retour   the address to open after the sign-in; the dashboard where it is absent
 *
 * Who is signed in already is sent there at once. */
enum err page_sign_in(struct exchange *x)
{
    const struct sign_in_form empty = {.email = {.typed = ""}, .password = {.typed = ""}};
    const char *back = way_back(http_query(x, "retour"));

    if (x->session)
        return http_redirect(x, back);
    return show(x, 200, &empty, back);
}

/* POST /connexion — everybody
 *
 *     email, password
 *     retour   as above
 *
 * 422 where they do not fit, 429 after too many tries; the form is shown again. */
enum err page_sign_in_try(struct exchange *x)
{
    struct sign_in_form form;
    bool code;
    enum err err;

    FORM_READ(x, sign_in_form, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &form, way_back(form.retour.text));
    err = http_sign_in(x, form.email.text, form.password.text, &code);
    if (err == ERR_INVALID || err == ERR_THROTTLED) {
        form_refuse(x, &form.password, err_last()->key);
        return show(x, err == ERR_INVALID ? 422 : 429, &form, way_back(form.retour.text));
    }
    ERR_TRY(err);
    return http_redirect(x, code ? code_address(x, way_back(form.retour.text))
                                 : way_back(form.retour.text));
}

static enum err show_code(struct exchange *x, unsigned status, const struct code_form *form,
                          const char *return_to)
{
    struct view_page page;
    struct sign_in_code_view view = {.page = &page,
                                     .action = page_url(x->arena, at_sign_in_finish),
                                     .return_to = return_to,
                                     .code = page_form_field(x->arena, "code", &form->code),
                                     .back = page_url(x->arena, at_sign_in)};

    page_frame(x, &page);
    page.csrf = http_csrf(x);
    FORM_FRAME(&page, x->arena, code_form, form);
    return http_page(x, status, "sign-in-code.html", &view);
}

/* GET /connexion/code — who has given the password of an account with a second factor
 *
 *     retour   as above */
enum err page_sign_in_code(struct exchange *x)
{
    const char *back = way_back(http_query(x, "retour"));
    struct code_form form;
    bool begun;

    if (x->session)
        return http_redirect(x, back);
    ERR_TRY(http_sign_in_begun(x, &begun));
    if (!begun)
        return http_redirect(x, page_url(x->arena, at_sign_in));
    FORM_EMPTY(&form);
    return show_code(x, 200, &form, back);
}

/* POST /connexion/code — who has given the password of an account with a second factor
 *
 *     code     of the authenticator, or a recovery code
 *     retour   as above
 *
 * 422 where it does not fit, 429 after too many tries. */
enum err page_sign_in_finish(struct exchange *x)
{
    struct code_form form;
    bool begun;
    enum err err;

    ERR_TRY(http_sign_in_begun(x, &begun));
    if (!begun)
        return http_redirect(x, page_url(x->arena, at_sign_in));
    FORM_READ(x, code_form, &form);
    if (!FORM_GOOD(&form))
        return show_code(x, 422, &form, way_back(form.retour.text));
    err = http_sign_in_finish(x, form.code.text);
    if (err == ERR_INVALID || err == ERR_THROTTLED) {
        form_refuse(x, &form.code, arena_strdup(x->arena, err_last()->key));
        return show_code(x, err == ERR_INVALID ? 422 : 429, &form, way_back(form.retour.text));
    }
    ERR_TRY(err);
    return http_redirect(x, way_back(form.retour.text));
}

/* POST /deconnexion — who is signed in */
enum err page_sign_out(struct exchange *x)
{
    ERR_TRY(http_sign_out(x));
    return http_redirect(x, page_url(x->arena, at_sign_in));
}
