/* Inviting somebody to an account, anywhere, by operators. */
#include <string.h>

#include "domain/account_invitation.h"
#include "domain/establishment.h"
#include "http/form.h"
#include "pages/accounts.h"
#include "pages/accounts_view.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(account_invite_view);

#define INVITE_FORM(FIELD)                           \
    FIELD(EMAIL, email, FORM_REQUIRED, 0, 254, NULL) \
    ACCOUNT_PLACE(FIELD)
FORM_DECLARE(account_invite, INVITE_FORM)

static enum err show(struct exchange *x, unsigned status, const struct account_invite *form)
{
    struct view_page page;
    struct account_invite_view view = {.page = &page,
                                       .action = page_url(x->arena, at_account_invite),
                                       .back = page_url(x->arena, at_accounts),
                                       .email = page_form_field(x->arena, "email", &form->email),
                                       .role = page_account_role_field(x, &form->role),
                                       .uai = page_form_field(x->arena, "uai", &form->uai)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, account_invite, form);
    return http_page(x, status, "account-invite.html", &view);
}

/* GET /comptes/inviter — operators
 *
 *     uai   of the establishment, to be in the form already; may be absent */
enum err page_account_invitation(struct exchange *x)
{
    const char *uai = http_query(x, "uai");
    struct account_invite form;

    FORM_EMPTY(&form);
    if (uai)
        form.uai.typed = uai_tidy(x->arena, uai);
    return show(x, 200, &form);
}

/* Back to the invitations that wait. */
static enum err back(struct exchange *x, const char *done)
{
    return page_done(x, arena_printf(x->arena, "%s?qui=invites", page_url(x->arena, at_accounts)),
                     done);
}

/* POST /comptes/inviter — operators
 *
 *     email   whom to invite
 *     role    admin, member or operator
 *     uai     of the establishment; none for an operator */
enum err page_account_invite(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct account_invite form;
    struct account_place place;
    enum err code;

    FORM_READ(x, account_invite, &form);
    ERR_TRY(page_account_place_read(x, &form.role, &form.uai, &place));
    if (!FORM_GOOD(&form))
        return show(x, 422, &form);
    code = invitation_send(&ctx, &(struct invitation){.email = form.email.text,
                                                      .role = place.role,
                                                      .establishment = place.establishment});
    if (code == ERR_CONFLICT || code == ERR_INVALID) {
        form_refuse(x, &form.email, arena_strdup(x->arena, err_last()->key));
        return show(x, 422, &form);
    }
    ERR_TRY(code);
    return back(x, "invited");
}

/* POST /comptes/invitations/{id}/renvoyer — operators */
enum err page_account_invitation_resend(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(invitation_resend(&ctx, http_id(x, 0)));
    return back(x, "invitation-resent");
}

/* POST /comptes/invitations/{id}/retirer — operators */
enum err page_account_invitation_withdraw(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(invitation_withdraw(&ctx, http_id(x, 0)));
    return back(x, "invitation-withdrawn");
}
