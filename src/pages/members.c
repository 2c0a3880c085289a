/* « Options », the members of the establishment: the list, and inviting. */
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/account_invitation.h"
#include "http/form.h"
#include "pages/accounts.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/members_view.h"
#include "pages/options.h"
#include "pages/routes.h"

VIEW_TYPE(members_row);
VIEW_TYPE(members_view);

#define INVITE_FORM(FIELD)                           \
    FIELD(EMAIL, email, FORM_REQUIRED, 0, 254, NULL) \
    FIELD(CHOICE, role, FORM_REQUIRED, 0, 0, "member|admin")
FORM_DECLARE(invite_form, INVITE_FORM)

static const char *const columns[] = {"nom", "adresse", "role"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static struct members_row show_row(struct exchange *x, const struct member_list_row *row)
{
    struct members_row shown = {.name = row->name,
                                .email = row->email,
                                .is_admin = strcmp(row->role, "admin") == 0,
                                .is_invited = row->is_invited,
                                .is_disabled = row->is_disabled};

    if (row->is_invited) {
        shown.is_expired = row->expires_at <= x->now;
        shown.until = clock_french_instant(x->arena, row->expires_at);
        shown.is_failed = row->mail_failed;
        shown.reason = page_invitation_reason(x, row->mail_error);
        shown.resend_action = page_url(x->arena, at_invitation_resend, row->id);
        shown.withdraw_action = page_url(x->arena, at_invitation_withdraw, row->id);
    } else {
        shown.url = page_url(x->arena, at_member, row->id);
        shown.is_self = row->id == x->session->account_id;
    }
    return shown;
}

static enum err read_rows(struct exchange *x, struct page_list *list, struct members_view *view)
{
    uint64_t establishment = x->session->establishment_id;
    const char *pattern = page_list_like(list);
    struct member_count_row *total;
    struct member_list_row *rows;
    struct members_row *shown;
    size_t count;

    ERR_TRY(db_member_count(
        x->db, x->arena,
        &(struct member_count_in){.establishment_id = establishment, .pattern = pattern}, &total));
    view->pagination = page_list_pages(list, columns, total->total);
    /* The choices stand in the order of the columns, each rising and then falling. */
    ERR_TRY(db_member_list(x->db, x->arena,
                           &(struct member_list_in){.establishment_id = establishment,
                                                    .pattern = pattern,
                                                    .limit = list->size,
                                                    .offset = list->offset,
                                                    .order = (enum member_list_order)(
                                                        2 * list->column + list->descending)},
                           &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct members_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = show_row(x, &rows[i]);
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

static enum err show(struct exchange *x, unsigned status, const struct invite_form *form)
{
    struct page_list list =
        page_list_read(x, page_url(x->arena, at_members), "", columns, COLUMN_COUNT);
    struct view_page page;
    struct members_view view = {
        .page = &page,
        .tabs = page_options_tabs(x),
        .list_action = list.path,
        .search = list.search,
        .by_name = page_list_sort(&list, columns, 0),
        .by_email = page_list_sort(&list, columns, 1),
        .by_role = page_list_sort(&list, columns, 2),
        .action = page_url(x->arena, at_member_invite),
        .email = page_form_field(x->arena, "email", &form->email),
        .role = page_role_field(x, strcmp(form->role.typed, "admin") == 0, form->role.sentence)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, invite_form, form);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, columns, &view.hidden, &view.hidden_count);
    ERR_TRY(read_rows(x, &list, &view));
    return http_page(x, status, "members.html", &view);
}

/* GET /options/membres — an establishment's admins
 *
 *     what every list has (pages/list.h), sorted by nom, adresse, role
 *
 * Its accounts, and who is invited to have one. */
enum err page_members(struct exchange *x)
{
    struct invite_form form;

    FORM_EMPTY(&form);
    return show(x, 200, &form);
}

/* POST /options/membres — an establishment's admins
 *
 *     email   whom to invite
 *     role    member or admin */
enum err page_member_invite(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct invite_form form;
    enum err code;

    FORM_READ(x, invite_form, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &form);
    code = invitation_send(
        &ctx, &(struct invitation){.email = form.email.text,
                                   .role = form.role.number == 1 ? ROLE_ADMIN : ROLE_MEMBER,
                                   .establishment = x->session->establishment_id});
    if (code == ERR_CONFLICT || code == ERR_INVALID) {
        form_refuse(x, &form.email, arena_strdup(x->arena, err_last()->key));
        return show(x, 422, &form);
    }
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_members), "invited");
}

/* POST /options/membres/invitations/{id}/renvoyer — an establishment's admins */
enum err page_invitation_resend(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(invitation_resend(&ctx, http_id(x, 0)));
    return page_done(x, page_url(x->arena, at_members), "invitation-resent");
}

/* POST /options/membres/invitations/{id}/retirer — an establishment's admins */
enum err page_invitation_withdraw(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(invitation_withdraw(&ctx, http_id(x, 0)));
    return page_done(x, page_url(x->arena, at_members), "invitation-withdrawn");
}
