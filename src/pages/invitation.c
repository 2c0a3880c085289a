/* An invitation's link: who has it makes an account. */
#include <string.h>

#include "domain/account_invitation.h"
#include "http/form.h"
#include "pages/account_view.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(invitation_view);

#define INVITATION_FORM(FIELD)                            \
    FIELD(LINE, name, FORM_REQUIRED, 1, 150, NULL)        \
    FIELD(SECRET, password, FORM_REQUIRED, 0, 1024, NULL) \
    FIELD(SECRET, password_again, FORM_REQUIRED, 0, 1024, NULL)
FORM_DECLARE(invitation_form, INVITATION_FORM)

static enum err show(struct exchange *x, unsigned status, const char *token,
                     const struct invitation_offer *offer, const struct invitation_form *form)
{
    struct view_page page;
    struct invitation_view view = {
        .page = &page,
        .action = page_url(x->arena, at_invitation_accept),
        .token = token,
        .email = offer->email,
        .establishment = offer->establishment_name,
        .is_admin = offer->role == ROLE_ADMIN,
        .name = page_form_field(x->arena, "name", &form->name),
        .password = page_form_field(x->arena, "password", &form->password),
        .password_again = page_form_field(x->arena, "password_again", &form->password_again)};

    http_response_keep_address(x->response);
    page_frame(x, &page);
    page.csrf = http_csrf(x);
    FORM_FRAME(&page, x->arena, invitation_form, form);
    return http_page(x, status, "invitation.html", &view);
}

/* GET /invitation — who has the link
 *
 *     jeton   the token of the mail
 *
 * Opening it uses nothing up: programs that look mails through do that too. */
enum err page_invitation(struct exchange *x)
{
    const char *token = http_query(x, "jeton");
    struct context ctx = page_context(x);
    struct invitation_offer offer;
    struct invitation_form form;

    ERR_TRY(invitation_look(&ctx, token, &offer));
    FORM_EMPTY(&form);
    return show(x, 200, token, &offer, &form);
}

static void read_form(struct exchange *x, struct invitation_form *form)
{
    FORM_READ(x, invitation_form, form);
    if (form->password.given && form->password_again.given &&
        strcmp(form->password.text, form->password_again.text) != 0)
        form_refuse(x, &form->password_again, "password-differs");
}

/* POST /invitation — who has the link
 *
 *     jeton   the token of the mail
 *     name, password, password_again
 *
 * Makes the account and signs in with it. */
enum err page_invitation_accept(struct exchange *x)
{
    const char *token = http_field(x->request, "jeton");
    struct context ctx = page_context(x);
    struct invitation_offer offer;
    struct invitation_form form;
    uint64_t account;
    enum err code;

    ERR_TRY(invitation_look(&ctx, token, &offer));
    read_form(x, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, token, &offer, &form);
    code = invitation_accept(&ctx, token, form.name.text, form.password.text, &account);
    if (code == ERR_INVALID) {
        form_refuse(x, &form.password, arena_strdup(x->arena, err_last()->key));
        return show(x, 422, token, &offer, &form);
    }
    ERR_TRY(code);
    ERR_TRY(http_session_begin(x, account));
    return page_done(x, page_url(x->arena, at_profile), "account-made");
}
