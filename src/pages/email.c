/* « Mon compte », another address: asked for here, confirmed at both addresses. */
#include "base/clock.h"
#include "db/statements.h"
#include "domain/account_email.h"
#include "http/form.h"
#include "pages/account_view.h"
#include "pages/frame.h"
#include "pages/options.h"
#include "pages/routes.h"

VIEW_TYPE(options_email_view);
VIEW_TYPE(address_view);

#define EMAIL_FORM(FIELD)                            \
    FIELD(EMAIL, email, FORM_REQUIRED, 0, 254, NULL) \
    FIELD(SECRET, password, FORM_REQUIRED, 0, 1024, NULL)
FORM_DECLARE(email_form, EMAIL_FORM)

#define ANSWER_FORM(FIELD) FIELD(CHOICE, reponse, FORM_REQUIRED, 0, 0, "confirmer|refuser")
FORM_DECLARE(answer_form, ANSWER_FORM)

static enum err show(struct exchange *x, unsigned status, const struct email_form *form)
{
    struct email_change_of_row *change;
    struct view_page page;
    struct options_email_view view = {.page = &page,
                                      .tabs = page_options_tabs(x),
                                      .present = x->session->email,
                                      .action = page_url(x->arena, at_email_ask),
                                      .email = page_form_field(x->arena, "email", &form->email),
                                      .password =
                                          page_form_field(x->arena, "password", &form->password),
                                      .back = page_url(x->arena, at_profile)};

    ERR_TRY(db_email_change_of(
        x->db, x->arena,
        &(struct email_change_of_in){.account_id = x->session->account_id, .now = x->now},
        &change));
    if (change) {
        view.coming = change->new_email;
        view.until = clock_french_instant(x->arena, change->expires_at);
        view.old_confirmed = change->old_confirmed;
        view.new_confirmed = change->new_confirmed;
        view.cancel_action = page_url(x->arena, at_email_cancel);
    }
    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, email_form, form);
    return http_page(x, status, "options-email.html", &view);
}

/* GET /options/profil/adresse — who is signed in */
enum err page_email(struct exchange *x)
{
    struct email_form form;

    FORM_EMPTY(&form);
    return show(x, 200, &form);
}

/* The failure last raised, at the field it is about. */
static enum err refuse(struct exchange *x, enum err code, struct email_form *form,
                       struct form_value *field)
{
    if (code != ERR_INVALID && code != ERR_CONFLICT && code != ERR_THROTTLED)
        return code;
    form_refuse(x, field, arena_strdup(x->arena, err_last()->key));
    return show(x, code == ERR_THROTTLED ? 429 : 422, form);
}

/* POST /options/profil/adresse — who is signed in
 *
 *     email      the new address
 *     password   the present one */
enum err page_email_ask(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct email_form form;
    enum err code;

    FORM_READ(x, email_form, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &form);
    code = http_password_check(x, form.password.text);
    if (code != ERR_OK)
        return refuse(x, code, &form, &form.password);
    code = http_attempt(x, "email", x->session->email, "email-throttled");
    if (code == ERR_OK)
        code = email_change_ask(&ctx, x->session->email, form.email.text);
    if (code != ERR_OK)
        return refuse(x, code, &form, &form.email);
    return page_done(x, page_url(x->arena, at_email), "email-asked");
}

/* POST /options/profil/adresse/annuler — who is signed in */
enum err page_email_cancel(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(email_change_cancel(&ctx));
    return page_done(x, page_url(x->arena, at_email), "email-cancelled");
}

static enum err show_link(struct exchange *x, unsigned status, const char *token, bool waits)
{
    struct context ctx = page_context(x);
    struct email_change_offer offer;
    struct view_page page;
    struct address_view view = {
        .page = &page, .action = page_url(x->arena, at_address_answer), .token = token};

    ERR_TRY(email_change_look(&ctx, token, &offer));
    http_response_keep_address(x->response);
    page_frame(x, &page);
    page.csrf = http_csrf(x);
    view.email = offer.email;
    view.new_email = offer.new_email;
    view.is_confirmed = waits || offer.confirmed;
    view.other = offer.is_new ? offer.email : offer.new_email;
    return http_page(x, status, "address.html", &view);
}

/* GET /adresse — who has the link
 *
 *     jeton   the token of the mail
 *
 * Opening it uses nothing up. */
enum err page_address(struct exchange *x)
{
    return show_link(x, 200, http_query(x, "jeton"), false);
}

/* POST /adresse — who has the link
 *
 *     jeton     the token of the mail
 *     reponse   confirmer or refuser */
enum err page_address_answer(struct exchange *x)
{
    const char *token = http_field(x->request, "jeton");
    const char *home = page_url(x->arena, x->session ? at_email : at_sign_in);
    struct context ctx = page_context(x);
    struct answer_form form;
    bool complete;

    FORM_READ(x, answer_form, &form);
    if (!FORM_GOOD(&form))
        return show_link(x, 422, token, false);
    if (form.reponse.number == 1) {
        ERR_TRY(email_change_refuse(&ctx, token));
        return page_done(x, home, "email-refused");
    }
    ERR_TRY(email_change_confirm(&ctx, token, &complete));
    return complete ? page_done(x, home, "email-changed") : show_link(x, 200, token, true);
}
