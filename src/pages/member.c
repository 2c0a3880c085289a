/* « Options », one member of the establishment: role, disabled or not. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/account.h"
#include "domain/account_member.h"
#include "http/form.h"
#include "pages/accounts.h"
#include "pages/frame.h"
#include "pages/members_view.h"
#include "pages/options.h"
#include "pages/routes.h"

VIEW_TYPE(member_view);

#define ROLE_FORM(FIELD) FIELD(CHOICE, role, FORM_REQUIRED, 0, 0, "member|admin")
FORM_DECLARE(role_form, ROLE_FORM)

static uint32_t version_of(const struct exchange *x)
{
    return (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX);
}

static enum err member_row(struct exchange *x, struct member_by_id_row **row)
{
    ERR_TRY(db_member_by_id(
        x->db, x->arena,
        &(struct member_by_id_in){.id = http_id(x, 0), .viewer = x->session->establishment_id},
        row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "account %" PRIu64, http_id(x, 0));
}

/* The address of a change, with the version that is shown. */
static const char *action(struct exchange *x, enum page at, const struct member_by_id_row *row)
{
    return arena_printf(x->arena, "%s?version=%" PRIu32, page_url(x->arena, at, row->id),
                        row->version);
}

const struct view_form_field *page_role_field(struct exchange *x, bool is_admin,
                                              const char *sentence)
{
    struct view_form_field *field = ARENA_NEW(x->arena, struct view_form_field);
    struct view_option *options = ARENA_NEW_ARRAY(x->arena, 2, struct view_option);

    options[0] = (struct view_option){"member", http_sentence(x, "role-member"), !is_admin};
    options[1] = (struct view_option){"admin", http_sentence(x, "role-admin"), is_admin};
    *field = (struct view_form_field){
        .id = "role", .error = sentence, .options = options, .options_count = 2};
    return field;
}

static enum err show(struct exchange *x, unsigned status, const char *name,
                     const struct member_by_id_row *row, const struct role_form *form)
{
    bool is_admin = strcmp(row->role, "admin") == 0;
    struct view_page page;
    struct member_view view = {.page = &page,
                               .tabs = page_options_tabs(x),
                               .name = row->name,
                               .email = row->email,
                               .since = clock_french_instant(x->arena, row->created_at),
                               .disabled_at = row->has_disabled_at
                                                  ? clock_french_instant(x->arena, row->disabled_at)
                                                  : NULL,
                               .is_admin = is_admin,
                               .is_self = row->id == x->session->account_id,
                               .profile_url = page_url(x->arena, at_profile),
                               .role_action = action(x, at_member_role, row),
                               .role = page_role_field(x, is_admin, form->role.sentence),
                               .has_factor = row->has_factor,
                               .factor_url = page_url(x->arena, at_member_factor, row->id),
                               .disable_url = page_url(x->arena, at_member_disabling, row->id),
                               .disable_action = action(x, at_member_disable, row),
                               .enable_action = action(x, at_member_enable, row),
                               .back = page_url(x->arena, at_members)};

    page_frame(x, &page);
    page.title = row->name;
    FORM_FRAME(&page, x->arena, role_form, form);
    ERR_TRY(page_account_events(x, row->id, &view.events));
    return http_page(x, status, name, &view);
}

static enum err show_plain(struct exchange *x, const char *name)
{
    struct member_by_id_row *row;
    struct role_form form;

    ERR_TRY(member_row(x, &row));
    FORM_EMPTY(&form);
    return show(x, 200, name, row, &form);
}

/* GET /options/membres/{id} — an establishment's admins */
enum err page_member(struct exchange *x)
{
    return show_plain(x, "member.html");
}

/* GET /options/membres/{id}/desactiver — an establishment's admins
 *
 * Asks whether it is meant. */
enum err page_member_disabling(struct exchange *x)
{
    return show_plain(x, "member-disable.html");
}

/* POST /options/membres/{id}/role — an establishment's admins
 *
 *     version   of the account that was seen, in the address; as for the others
 *     role      member or admin */
enum err page_member_role(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct member_by_id_row *row;
    struct role_form form;

    ERR_TRY(member_row(x, &row));
    FORM_READ(x, role_form, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, "member.html", row, &form);
    ERR_TRY(member_set_role(&ctx, row->id, version_of(x),
                            form.role.number == 1 ? ROLE_ADMIN : ROLE_MEMBER));
    return page_done(x, page_url(x->arena, at_member, row->id), "role-changed");
}

static enum err set_disabled(struct exchange *x, bool disabled, const char *done)
{
    struct context ctx = page_context(x);

    ERR_TRY(member_set_disabled(&ctx, http_id(x, 0), version_of(x), disabled));
    return page_done(x, page_url(x->arena, at_member, http_id(x, 0)), done);
}

/* POST /options/membres/{id}/desactiver — an establishment's admins */
enum err page_member_disable(struct exchange *x)
{
    return set_disabled(x, true, "member-disabled");
}

/* POST /options/membres/{id}/reactiver — an establishment's admins */
enum err page_member_enable(struct exchange *x)
{
    return set_disabled(x, false, "member-enabled");
}

/* GET /options/membres/{id}/double — an establishment's admins
 *
 * Asks whether it is meant. */
enum err page_member_factor(struct exchange *x)
{
    return show_plain(x, "member-factor.html");
}

/* POST /options/membres/{id}/double — an establishment's admins
 *
 * Takes the second factor away, for who has lost telephone and recovery codes. */
enum err page_member_factor_reset(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(member_reset_factor(&ctx, http_id(x, 0)));
    return page_done(x, page_url(x->arena, at_member, http_id(x, 0)), "factor-reset");
}
