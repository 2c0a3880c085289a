/* One account, for operators: whose it is, and whether it may sign in. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/account.h"
#include "domain/account_member.h"
#include "pages/accounts_view.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(account_sheet_view);

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

static enum err show(struct exchange *x, const char *name)
{
    struct operator_account_row *row;
    struct account_sheet_view view;
    struct accounts_row facts;
    struct view_page page;

    ERR_TRY(find(x, &row));
    page_frame(x, &page);
    page.title = row->name;
    facts = facts_of(x, row);
    view = (struct account_sheet_view){
        .page = &page,
        .row = &facts,
        .since = clock_french_instant(x->arena, row->created_at),
        .disabled_at =
            row->has_disabled_at ? clock_french_instant(x->arena, row->disabled_at) : NULL,
        .sessions = (int64_t)row->sessions,
        .sign_out_action =
            row->sessions > 0 ? page_url(x->arena, at_account_sign_out, row->id) : NULL,
        .disable_url = page_url(x->arena, at_account_disabling, row->id),
        .disable_action = action(x, at_account_disable, row),
        .enable_action = action(x, at_account_enable, row),
        .profile_url = page_url(x->arena, at_profile),
        .back = page_url(x->arena, at_accounts)};
    return http_page(x, 200, name, &view);
}

/* GET /comptes/{id} — operators */
enum err page_account(struct exchange *x)
{
    return show(x, "account.html");
}

/* GET /comptes/{id}/desactiver — operators
 *
 * Asks whether it is meant. */
enum err page_account_disabling(struct exchange *x)
{
    return show(x, "account-disable.html");
}

static enum err set_disabled(struct exchange *x, bool disabled, const char *done)
{
    uint32_t version = (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX);
    struct context ctx = page_context(x);

    ERR_TRY(member_set_disabled(&ctx, http_id(x, 0), version, disabled));
    return page_done(x, page_url(x->arena, at_account, http_id(x, 0)), done);
}

/* POST /comptes/{id}/desactiver — operators
 *
 *     version   of the account that was seen, in the address; as for the other */
enum err page_account_disable(struct exchange *x)
{
    return set_disabled(x, true, "member-disabled");
}

/* POST /comptes/{id}/reactiver — operators */
enum err page_account_enable(struct exchange *x)
{
    return set_disabled(x, false, "member-enabled");
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
