/* « Comptes », for operators: who may sign in anywhere, and who is invited to. */
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "http/cache.h"
#include "pages/accounts.h"
#include "pages/accounts_view.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/routes.h"

VIEW_TYPE(accounts_row);
VIEW_TYPE(accounts_view);

static const char *const columns[] = {"nom", "adresse", "etablissement", "-connexion"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

enum {
    TAB_ALL,
    TAB_OPERATORS,
    TAB_ADMINS,
    TAB_MEMBERS,
    TAB_NEVER,
    TAB_DISABLED,
    TAB_INVITED,
    TAB_COUNT
};

static const char *const filters[TAB_COUNT] = {
    [TAB_ALL] = "",
    [TAB_OPERATORS] = "qui=operateurs",
    [TAB_ADMINS] = "qui=administrateurs",
    [TAB_MEMBERS] = "qui=membres",
    [TAB_NEVER] = "qui=jamais-venus",
    [TAB_DISABLED] = "qui=desactives",
    [TAB_INVITED] = "qui=invites",
};
static const char *const words[TAB_COUNT] =
    {/* as the statement calls them */
     [TAB_ALL] = "all",        [TAB_OPERATORS] = "operator", [TAB_ADMINS] = "admin",
     [TAB_MEMBERS] = "member", [TAB_NEVER] = "never",        [TAB_DISABLED] = "disabled"};

/* The tabs, each with how many the search finds there. */
static enum err count_tabs(struct exchange *x, const struct page_list *list, size_t open,
                           struct view_tab views[TAB_COUNT])
{
    struct operator_account_counts_row *counts;

    ERR_TRY(db_operator_account_counts(x->db, x->arena,
                                       &(struct operator_account_counts_in){
                                           .like = page_list_like(list), .pattern = list->pattern},
                                       &counts));
    page_list_tabs(list, filters, TAB_COUNT, open, views);
    views[TAB_ALL].total = (int64_t)counts->all;
    views[TAB_OPERATORS].total = (int64_t)counts->operators;
    views[TAB_ADMINS].total = (int64_t)counts->admins;
    views[TAB_MEMBERS].total = (int64_t)counts->members;
    views[TAB_NEVER].total = (int64_t)counts->never;
    views[TAB_DISABLED].total = (int64_t)counts->disabled;
    views[TAB_INVITED].total = (int64_t)counts->invited;
    return ERR_OK;
}

static struct accounts_row show_account(struct exchange *x, const struct operator_accounts_row *row)
{
    return (struct accounts_row){
        .url = page_url(x->arena, at_account, row->id),
        .name = row->name,
        .email = row->email,
        .establishment = row->establishment,
        .establishment_url = row->has_establishment_id
                                 ? page_url(x->arena, at_establishment, row->establishment_id)
                                 : NULL,
        .is_operator = strcmp(row->role, "operator") == 0,
        .is_admin = strcmp(row->role, "admin") == 0,
        .is_disabled = row->disabled,
        .is_self = row->id == x->session->account_id,
        .came =
            row->has_last_sign_in_at ? clock_french_instant(x->arena, row->last_sign_in_at) : NULL};
}

static enum err read_accounts(struct exchange *x, const struct page_list *list, size_t tab,
                              struct accounts_view *view)
{
    struct operator_accounts_row *rows;
    struct accounts_row *shown;
    size_t count;

    /* The choices stand in the order of the columns, each rising and then falling. */
    ERR_TRY(db_operator_accounts(
        x->db, x->arena,
        &(struct operator_accounts_in){
            .like = page_list_like(list),
            .pattern = list->pattern,
            .filter = words[tab],
            .limit = list->size,
            .offset = list->offset,
            .order = (enum operator_accounts_order)(2 * list->column + list->descending)},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct accounts_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = show_account(x, &rows[i]);
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

static struct accounts_row show_invitation(struct exchange *x,
                                           const struct operator_invitations_row *row)
{
    return (struct accounts_row){
        .email = row->email,
        .establishment = row->establishment,
        .establishment_url = row->has_establishment_id
                                 ? page_url(x->arena, at_establishment, row->establishment_id)
                                 : NULL,
        .is_operator = strcmp(row->role, "operator") == 0,
        .is_admin = strcmp(row->role, "admin") == 0,
        .is_expired = row->expires_at <= x->now,
        .sent = clock_french_instant(x->arena, row->created_at),
        .until = clock_french_instant(x->arena, row->expires_at),
        .is_failed = row->mail_failed,
        .reason = page_invitation_reason(x, row->mail_error),
        .resend_action = page_url(x->arena, at_account_invitation_resend, row->id),
        .withdraw_action = page_url(x->arena, at_account_invitation_withdraw, row->id)};
}

static enum err read_invitations(struct exchange *x, const struct page_list *list,
                                 struct accounts_view *view)
{
    struct operator_invitations_row *rows;
    struct accounts_row *shown;
    size_t count;

    ERR_TRY(db_operator_invitations(x->db, x->arena,
                                    &(struct operator_invitations_in){.like = page_list_like(list),
                                                                      .pattern = list->pattern,
                                                                      .limit = list->size,
                                                                      .offset = list->offset},
                                    &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct accounts_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = show_invitation(x, &rows[i]);
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* GET /comptes — operators
 *
 *     qui   operateurs, administrateurs, membres, jamais-venus (who may sign in and never did),
 *           desactives, or invites: invitations that wait; all accounts where it is absent
 *     and what every list has (pages/list.h), sorted by nom, adresse, etablissement, connexion; the
 *     search looks at the name, the address, the establishment and its UAI */
enum err page_accounts(struct exchange *x)
{
    size_t tab = page_list_tab(x, filters, TAB_COUNT);
    struct page_list list =
        page_list_read(x, page_url(x->arena, at_accounts), filters[tab], columns, COLUMN_COUNT);
    struct view_tab counts[TAB_COUNT];
    struct view_page page;
    struct accounts_view view = {.page = &page,
                                 .invite_url = page_url(x->arena, at_account_invitation),
                                 .all = &counts[TAB_ALL],
                                 .operators = &counts[TAB_OPERATORS],
                                 .admins = &counts[TAB_ADMINS],
                                 .members = &counts[TAB_MEMBERS],
                                 .never = &counts[TAB_NEVER],
                                 .disabled = &counts[TAB_DISABLED],
                                 .invited = &counts[TAB_INVITED],
                                 .in_invited = tab == TAB_INVITED,
                                 .list_action = list.path,
                                 .search = list.search,
                                 .by_name = page_list_sort(&list, columns, 0),
                                 .by_email = page_list_sort(&list, columns, 1),
                                 .by_establishment = page_list_sort(&list, columns, 2),
                                 .by_came = page_list_sort(&list, columns, 3)};

    /* An invitation expires within a day. */
    if (tab != TAB_INVITED && http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    page_frame(x, &page);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, columns, &view.hidden, &view.hidden_count);
    ERR_TRY(count_tabs(x, &list, tab, counts));
    view.pagination = page_list_pages(&list, columns, (uint64_t)counts[tab].total);
    ERR_TRY(tab == TAB_INVITED ? read_invitations(x, &list, &view)
                               : read_accounts(x, &list, tab, &view));
    return http_cache_keep(x, http_page(x, 200, "accounts.html", &view));
}
