/* One account, for operators: whose it is, where and as what, and whether it may sign in. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/account.h"
#include "domain/account_member.h"
#include "http/form.h"
#include "pages/accounts.h"
#include "pages/accounts_view.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(account_sheet_view);

FORM_DECLARE(account_form, ACCOUNT_PLACE)

static enum err find(struct exchange *x, struct operator_account_row **row)
{
    ERR_TRY(db_operator_account(
        x->db, x->arena,
        &(struct operator_account_in){
            .id = http_id(x, 0), .now = x->now, .idle_since = x->now - HTTP_SESSION_IDLE_SECONDS},
        row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "account %" PRIu64, http_id(x, 0));
}

static struct accounts_row facts_of(struct exchange *x, const struct operator_account_row *row)
{
    return (struct accounts_row){
        .name = row->name,
        .email = row->email,
        .establishment = row->establishment,
        .establishment_url = row->has_establishment_id
                                 ? page_url(x->arena, at_establishment, row->establishment_id)
                                 : NULL,
        .is_operator = strcmp(row->role, "operator") == 0,
        .is_admin = strcmp(row->role, "admin") == 0,
        .is_disabled = row->has_disabled_at,
        .is_self = row->id == x->session->account_id,
        .came =
            row->has_last_sign_in_at ? clock_french_instant(x->arena, row->last_sign_in_at) : NULL};
}

/* The address of a change, with the version that is shown. */
static const char *action(struct exchange *x, enum page at, const struct operator_account_row *row)
{
    return arena_printf(x->arena, "%s?version=%" PRIu32, page_url(x->arena, at, row->id),
                        row->version);
}

static enum err show(struct exchange *x, unsigned status, const char *name,
                     const struct operator_account_row *row, const struct account_form *form)
{
    struct account_sheet_view view;
    struct accounts_row facts;
    struct view_page page;

    page_frame(x, &page);
    page.title = row->name;
    FORM_FRAME(&page, x->arena, account_form, form);
    facts = facts_of(x, row);
    view = (struct account_sheet_view){
        .page = &page,
        .row = &facts,
        .since = clock_french_instant(x->arena, row->created_at),
        .disabled_at =
            row->has_disabled_at ? clock_french_instant(x->arena, row->disabled_at) : NULL,
        .sessions = (int64_t)row->sessions,
        .place_action = action(x, at_account_place, row),
        .role = page_account_role_field(x, &form->role),
        .uai = page_form_field(x->arena, "uai", &form->uai),
        .sign_out_action =
            row->sessions > 0 ? page_url(x->arena, at_account_sign_out, row->id) : NULL,
        .has_factor = row->has_factor,
        .factor_url = page_url(x->arena, at_account_factor, row->id),
        .disable_url = page_url(x->arena, at_account_disabling, row->id),
        .disable_action = action(x, at_account_disable, row),
        .enable_action = action(x, at_account_enable, row),
        .profile_url = page_url(x->arena, at_profile),
        .back = page_url(x->arena, at_accounts)};
    ERR_TRY(page_account_events(x, row->id, &view.events));
    return http_page(x, status, name, &view);
}

/* With what the account is now in the form. */
static enum err show_plain(struct exchange *x, const char *name)
{
    struct operator_account_row *row;
    struct account_form form;

    ERR_TRY(find(x, &row));
    FORM_EMPTY(&form);
    form.role.typed = row->role;
    form.uai.typed = row->uai ? row->uai : "";
    return show(x, 200, name, row, &form);
}

/* GET /comptes/{id} — operators */
enum err page_account(struct exchange *x)
{
    return show_plain(x, "account.html");
}

/* GET /comptes/{id}/desactiver — operators
 *
 * Asks whether it is meant. */
enum err page_account_disabling(struct exchange *x)
{
    return show_plain(x, "account-disable.html");
}

static uint32_t version_of(const struct exchange *x)
{
    return (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX);
}

/* POST /comptes/{id}/role — operators
 *
 *     version   of the account that was seen, in the address; as for the others
 *     role      admin, member or operator
 *     uai       of the establishment; none for an operator */
enum err page_account_place(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct operator_account_row *row;
    struct account_place place;
    struct account_form form;
    enum err code;

    ERR_TRY(find(x, &row));
    FORM_READ(x, account_form, &form);
    ERR_TRY(page_account_place_read(x, &form.role, &form.uai, &place));
    if (!FORM_GOOD(&form))
        return show(x, 422, "account.html", row, &form);
    code = member_place(&ctx, row->id, version_of(x), place.role, place.establishment);
    if (code == ERR_CONFLICT) {
        form_refuse(x, &form.role, arena_strdup(x->arena, err_last()->key));
        return show(x, 409, "account.html", row, &form);
    }
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_account, row->id), "role-changed");
}

static enum err set_disabled(struct exchange *x, bool disabled, const char *done)
{
    struct context ctx = page_context(x);

    ERR_TRY(member_set_disabled(&ctx, http_id(x, 0), version_of(x), disabled));
    return page_done(x, page_url(x->arena, at_account, http_id(x, 0)), done);
}

/* POST /comptes/{id}/desactiver — operators
 *
 *     version   as above */
enum err page_account_disable(struct exchange *x)
{
    return set_disabled(x, true, "member-disabled");
}

/* POST /comptes/{id}/reactiver — operators */
enum err page_account_enable(struct exchange *x)
{
    return set_disabled(x, false, "member-enabled");
}

/* GET /comptes/{id}/double — operators
 *
 * Asks whether it is meant. */
enum err page_account_factor(struct exchange *x)
{
    return show_plain(x, "account-factor.html");
}

/* POST /comptes/{id}/double — operators
 *
 * Takes the second factor away, for who has lost telephone and recovery codes. */
enum err page_account_factor_reset(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(member_reset_factor(&ctx, http_id(x, 0)));
    return page_done(x, page_url(x->arena, at_account, http_id(x, 0)), "factor-reset");
}

/* POST /comptes/{id}/deconnecter — operators
 *
 * Ends every session of the account, wherever it is open. */
enum err page_account_sign_out(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct operator_account_row *row;

    ERR_TRY(find(x, &row));
    ERR_TRY(account_end_sessions(&ctx, row->id));
    return page_done(x, page_url(x->arena, at_account, row->id), "account-signed-out");
}
