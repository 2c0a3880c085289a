/* « Mot de passe oublié »: asking for a link, and choosing another password with it. */
#include <string.h>

#include "base/clock.h"
#include "domain/account_password.h"
#include "http/form.h"
#include "pages/account_view.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(password_forgotten_view);
VIEW_TYPE(password_choice_view);

#define FORGOTTEN_FORM(FIELD) FIELD(EMAIL, email, FORM_REQUIRED, 0, 254, NULL)
FORM_DECLARE(forgotten_form, FORGOTTEN_FORM)

#define CHOICE_FORM(FIELD)                                \
    FIELD(SECRET, password, FORM_REQUIRED, 0, 1024, NULL) \
    FIELD(SECRET, password_again, FORM_REQUIRED, 0, 1024, NULL)
FORM_DECLARE(choice_form, CHOICE_FORM)

/* An answer leaves so long after its request, which is much longer than a mail takes to be written:
 * its time does not tell whether there was one to write. */
#define ANSWER_US (250 * 1000)

static enum err ask(struct exchange *x, unsigned status, const struct forgotten_form *form)
{
    struct view_page page;
    struct password_forgotten_view view = {.page = &page,
                                           .action = page_url(x->arena, at_password_forgotten_send),
                                           .email =
                                               page_form_field(x->arena, "email", &form->email),
                                           .back = page_url(x->arena, at_sign_in)};

    page_frame(x, &page);
    page.csrf = http_csrf(x);
    FORM_FRAME(&page, x->arena, forgotten_form, form);
    return http_page(x, status, "password-forgotten.html", &view);
}

/* GET /mot-de-passe-oublie — everybody */
enum err page_password_forgotten(struct exchange *x)
{
    struct forgotten_form form;

    FORM_EMPTY(&form);
    return ask(x, 200, &form);
}

/* POST /mot-de-passe-oublie — everybody
 *
 *     email
 *
 * The answer, and its time, are the same whether there is such an account; 429 after too many. */
enum err page_password_forgotten_send(struct exchange *x)
{
    struct context ctx = page_context(x);
    int64_t begun = clock_monotonic_us();
    struct forgotten_form form;
    enum err code;

    FORM_READ(x, forgotten_form, &form);
    if (!FORM_GOOD(&form))
        return ask(x, 422, &form);
    code = http_attempt(x, "password", form.email.text, "password-throttled");
    if (code == ERR_THROTTLED) {
        form_refuse(x, &form.email, "password-throttled");
        return ask(x, 429, &form);
    }
    ERR_TRY(code);
    ERR_TRY(password_forgotten(&ctx, form.email.text));
    clock_wait_until_us(begun + ANSWER_US);
    return page_done(x, page_url(x->arena, at_sign_in), "password-asked");
}

static enum err choose(struct exchange *x, unsigned status, const char *token, const char *email,
                       const struct choice_form *form)
{
    struct view_page page;
    struct password_choice_view view = {
        .page = &page,
        .action = page_url(x->arena, at_password_choose),
        .token = token,
        .email = email,
        .password = page_form_field(x->arena, "password", &form->password),
        .password_again = page_form_field(x->arena, "password_again", &form->password_again)};

    http_response_keep_address(x->response);
    page_frame(x, &page);
    page.csrf = http_csrf(x);
    FORM_FRAME(&page, x->arena, choice_form, form);
    return http_page(x, status, "password-choice.html", &view);
}

/* GET /mot-de-passe — who has the link
 *
 *     jeton   the token of the mail
 *
 * Opening it uses nothing up. */
enum err page_password_choice(struct exchange *x)
{
    const char *token = http_query(x, "jeton"), *email;
    struct context ctx = page_context(x);
    struct choice_form form;

    ERR_TRY(password_link_look(&ctx, token, &email));
    FORM_EMPTY(&form);
    return choose(x, 200, token, email, &form);
}

/* POST /mot-de-passe — who has the link
 *
 *     jeton   the token of the mail
 *     password, password_again
 *
 * One signs in anew with it, and with the second factor where there is one. */
enum err page_password_choose(struct exchange *x)
{
    const char *token = http_field(x->request, "jeton"), *email;
    struct context ctx = page_context(x);
    struct choice_form form;
    enum err code;

    ERR_TRY(password_link_look(&ctx, token, &email));
    FORM_READ(x, choice_form, &form);
    if (form.password.given && form.password_again.given &&
        strcmp(form.password.text, form.password_again.text) != 0)
        form_refuse(x, &form.password_again, "password-differs");
    if (!FORM_GOOD(&form))
        return choose(x, 422, token, email, &form);
    code = password_choose(&ctx, token, form.password.text);
    if (code == ERR_INVALID) {
        form_refuse(x, &form.password, arena_strdup(x->arena, err_last()->key));
        return choose(x, 422, token, email, &form);
    }
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_sign_in), "password-chosen");
}
