/* « À surveiller »: the lists behind the operator's dashboard. */
#include "pages/oversight.h"

#include <string.h>

#include "base/clock.h"
#include "base/dates.h"
#include "db/statements.h"
#include "pages/followup_view.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/routes.h"

VIEW_TYPE(oversight_row);
VIEW_TYPE(oversight_view);

#define LICENCE_DAYS 30
#define FIRST_DAY "1900-01-01"

static const char *const columns[] = {"date", "nom"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static const struct {
    const char *word;
    const char *key; /* of its title */
} lists[OVERSIGHT_COUNT] = {
    [OVERSIGHT_ENDING] = {"licences", "oversight-ending"},
    [OVERSIGHT_ENDED] = {"licences-terminees", "oversight-ended"},
    [OVERSIGHT_EMPTY] = {"sans-compte", "oversight-empty"},
    [OVERSIGHT_ACCOUNTS] = {"sans-connexion", "oversight-accounts"},
};

static const char *filter_of(struct exchange *x, enum oversight which)
{
    return arena_printf(x->arena, "liste=%s", lists[which].word);
}

const char *page_oversight_url(struct exchange *x, enum oversight which)
{
    return arena_printf(x->arena, "%s?%s", page_url(x->arena, at_oversight), filter_of(x, which));
}

/* The days on which the licences of a list end. */
static void licence_days(struct exchange *x, enum oversight which, const char **from,
                         const char **until)
{
    const char *today = clock_day(x->arena, x->now);
    bool ended = which == OVERSIGHT_ENDED;

    *from = ended ? FIRST_DAY : today;
    *until = dates_add(x->arena, today, ended ? -1 : LICENCE_DAYS);
}

enum err page_oversight_count(struct exchange *x, enum oversight which, const char *pattern,
                              uint64_t *total)
{
    struct oversight_licence_count_in licences = {.pattern = pattern};
    struct oversight_licence_count_row *licence;
    struct oversight_empty_count_row *empty;
    struct oversight_account_count_row *account;

    switch (which) {
    case OVERSIGHT_ENDING:
    case OVERSIGHT_ENDED:
        licence_days(x, which, &licences.from_day, &licences.until_day);
        ERR_TRY(db_oversight_licence_count(x->db, x->arena, &licences, &licence));
        *total = licence->total;
        return ERR_OK;
    case OVERSIGHT_EMPTY:
        ERR_TRY(db_oversight_empty_count(
            x->db, x->arena, &(struct oversight_empty_count_in){.pattern = pattern}, &empty));
        *total = empty->total;
        return ERR_OK;
    case OVERSIGHT_ACCOUNTS:
        ERR_TRY(db_oversight_account_count(
            x->db, x->arena, &(struct oversight_account_count_in){.pattern = pattern}, &account));
        *total = account->total;
        return ERR_OK;
    case OVERSIGHT_COUNT:
        break;
    }
    return err_raise(ERR_INTERNAL, NULL, "no such list");
}

static enum err list_licences(struct exchange *x, const struct page_list *list,
                              enum oversight which, struct oversight_view *view)
{
    struct oversight_licence_list_in in = {
        .pattern = list->pattern,
        .limit = list->size,
        .offset = list->offset,
        .order = (enum oversight_licence_list_order)(2 * list->column + list->descending)};
    struct oversight_licence_list_row *rows;
    struct oversight_row *shown;

    licence_days(x, which, &in.from_day, &in.until_day);
    ERR_TRY(db_oversight_licence_list(x->db, x->arena, &in, &rows, &view->rows_count));
    shown = ARENA_NEW_ARRAY(x->arena, view->rows_count, struct oversight_row);
    for (size_t i = 0; i < view->rows_count; i++)
        shown[i] = (struct oversight_row){.url = page_url(x->arena, at_establishment, rows[i].id),
                                          .uai = rows[i].uai,
                                          .name = rows[i].name,
                                          .city = rows[i].city,
                                          .email = rows[i].email,
                                          .day = clock_french_day(x->arena, rows[i].ends_on)};
    view->rows = shown;
    return ERR_OK;
}

static enum err list_empty(struct exchange *x, const struct page_list *list,
                           struct oversight_view *view)
{
    struct oversight_empty_list_row *rows;
    struct oversight_row *shown;

    ERR_TRY(db_oversight_empty_list(
        x->db, x->arena,
        &(struct oversight_empty_list_in){
            .pattern = list->pattern,
            .limit = list->size,
            .offset = list->offset,
            .order = (enum oversight_empty_list_order)(2 * list->column + list->descending)},
        &rows, &view->rows_count));
    shown = ARENA_NEW_ARRAY(x->arena, view->rows_count, struct oversight_row);
    for (size_t i = 0; i < view->rows_count; i++)
        shown[i] =
            (struct oversight_row){.uai = rows[i].uai,
                                   .name = rows[i].name,
                                   .city = rows[i].city,
                                   .email = rows[i].email,
                                   .day = clock_french_instant(x->arena, rows[i].created_at)};
    view->rows = shown;
    return ERR_OK;
}

static enum err list_accounts(struct exchange *x, const struct page_list *list,
                              struct oversight_view *view)
{
    struct oversight_account_list_row *rows;
    struct oversight_row *shown;

    ERR_TRY(db_oversight_account_list(
        x->db, x->arena,
        &(struct oversight_account_list_in){
            .pattern = list->pattern,
            .limit = list->size,
            .offset = list->offset,
            .order = (enum oversight_account_list_order)(2 * list->column + list->descending)},
        &rows, &view->rows_count));
    shown = ARENA_NEW_ARRAY(x->arena, view->rows_count, struct oversight_row);
    for (size_t i = 0; i < view->rows_count; i++)
        shown[i] = (struct oversight_row){.name = rows[i].name,
                                          .email = rows[i].email,
                                          .establishment = rows[i].establishment,
                                          .day = clock_french_instant(x->arena, rows[i].created_at),
                                          .is_admin = strcmp(rows[i].role, "admin") == 0,
                                          .is_member = strcmp(rows[i].role, "member") == 0,
                                          .is_operator = strcmp(rows[i].role, "operator") == 0};
    view->rows = shown;
    return ERR_OK;
}

static enum oversight asked_for(struct exchange *x)
{
    const char *word = http_query(x, "liste");

    for (size_t i = 0; word && i < OVERSIGHT_COUNT; i++)
        if (strcmp(lists[i].word, word) == 0)
            return (enum oversight)i;
    return OVERSIGHT_ENDING;
}

/* GET /a-surveiller — operators
 *
 *     liste   licences (where it is absent: those that end within 30 days), licences-terminees,
 *             sans-compte (establishments nobody can act for) or sans-connexion (accounts that
 *             were never signed in with)
 *     and what every list has (pages/list.h), sorted by date, nom */
enum err page_oversight(struct exchange *x)
{
    enum oversight which = asked_for(x);
    struct page_list list = page_list_read(x, page_url(x->arena, at_oversight), filter_of(x, which),
                                           columns, COLUMN_COUNT);
    struct view_page page;
    struct oversight_view view = {.page = &page,
                                  .of_ending = which == OVERSIGHT_ENDING,
                                  .of_ended = which == OVERSIGHT_ENDED,
                                  .of_empty = which == OVERSIGHT_EMPTY,
                                  .of_accounts = which == OVERSIGHT_ACCOUNTS,
                                  .ending_url = page_oversight_url(x, OVERSIGHT_ENDING),
                                  .ended_url = page_oversight_url(x, OVERSIGHT_ENDED),
                                  .empty_url = page_oversight_url(x, OVERSIGHT_EMPTY),
                                  .accounts_url = page_oversight_url(x, OVERSIGHT_ACCOUNTS),
                                  .list_action = list.path,
                                  .search = list.search,
                                  .by_day = page_list_sort(&list, columns, 0),
                                  .by_name = page_list_sort(&list, columns, 1)};
    uint64_t total;

    page_frame(x, &page);
    page.title = http_sentence(x, lists[which].key);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, columns, &view.hidden, &view.hidden_count);
    ERR_TRY(page_oversight_count(x, which, list.pattern, &total));
    view.pagination = page_list_pages(&list, columns, total);
    if (which == OVERSIGHT_EMPTY)
        ERR_TRY(list_empty(x, &list, &view));
    else if (which == OVERSIGHT_ACCOUNTS)
        ERR_TRY(list_accounts(x, &list, &view));
    else
        ERR_TRY(list_licences(x, &list, which, &view));
    return http_page(x, 200, "oversight.html", &view);
}
