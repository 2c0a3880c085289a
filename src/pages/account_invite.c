/* Inviting somebody to an account, anywhere, by operators. */
#include <string.h>

#include "domain/account_invitation.h"
#include "domain/establishment.h"
#include "http/form.h"
#include "pages/accounts_view.h"
#include "pages/establishments.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(account_invite_view);

#define INVITE_FORM(FIELD)                                            \
    FIELD(EMAIL, email, FORM_REQUIRED, 0, 254, NULL)                  \
    FIELD(CHOICE, role, FORM_REQUIRED, 0, 0, "admin|member|operator") \
    FIELD(LINE, uai, FORM_OPTIONAL, 0, 20, NULL)
FORM_DECLARE(account_invite, INVITE_FORM)

static const enum role roles[] = {ROLE_ADMIN, ROLE_MEMBER, ROLE_OPERATOR}; /* as the choices */

static const struct view_form_field *role_field(struct exchange *x, const struct form_value *value)
{
    static const char *const names[] = {"admin", "member", "operator"};
    struct view_form_field *field = ARENA_NEW(x->arena, struct view_form_field);
    struct view_option *options = ARENA_NEW_ARRAY(x->arena, 3, struct view_option);

    for (size_t i = 0; i < 3; i++)
        options[i] = (struct view_option){
            .value = names[i],
            .label = http_sentence(x, arena_printf(x->arena, "role-%s", names[i])),
            .selected = strcmp(names[i], value->typed) == 0};
    *field = (struct view_form_field){
        .id = "role", .error = value->sentence, .options = options, .options_count = 3};
    return field;
}

static enum err show(struct exchange *x, unsigned status, const struct account_invite *form)
{
    struct view_page page;
    struct account_invite_view view = {.page = &page,
                                       .action = page_url(x->arena, at_account_invite),
                                       .back = page_url(x->arena, at_accounts),
                                       .email = page_form_field(x->arena, "email", &form->email),
                                       .role = role_field(x, &form->role),
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

/* The establishment of the form; 0 for an operator, who belongs to none. */
static enum err read_establishment(struct exchange *x, struct context *ctx,
                                   struct account_invite *form, uint64_t *id)
{
    bool is_operator = form->role.given && roles[form->role.number] == ROLE_OPERATOR;
    const char *sentence;
    enum err code;

    *id = 0;
    if (is_operator || !form->uai.given) {
        if (is_operator && form->uai.given)
            form_refuse(x, &form->uai, "invite-operator-school");
        if (!is_operator && !form->uai.error)
            form_refuse(x, &form->uai, "form-required");
        return ERR_OK;
    }
    form->uai.text = form->uai.typed = uai_tidy(x->arena, form->uai.text);
    sentence = page_uai_sentence(x, form->uai.text);
    if (sentence) {
        form_refuse(x, &form->uai, "uai-invalid");
        form->uai.sentence = sentence;
        return ERR_OK;
    }
    code = establishment_find(ctx, form->uai.text, id);
    if (code == ERR_NOT_FOUND) {
        form_refuse(x, &form->uai, "invite-no-school");
        return ERR_OK;
    }
    return code;
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
    uint64_t establishment;
    enum err code;

    FORM_READ(x, account_invite, &form);
    ERR_TRY(read_establishment(x, &ctx, &form, &establishment));
    if (!FORM_GOOD(&form))
        return show(x, 422, &form);
    code = invitation_send(&ctx, &(struct invitation){.email = form.email.text,
                                                      .role = roles[form.role.number],
                                                      .establishment = establishment});
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
