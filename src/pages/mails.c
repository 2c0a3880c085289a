/* « Courriels »: the outbox, as operators must know it. */
#include "pages/mails.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "http/cache.h"
#include "http/sentences.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/routes.h"

VIEW_TYPE(mails_row);
VIEW_TYPE(mails_view);
VIEW_TYPE(mail_confirm_view);

static const char *const columns[] = {"-date", "destinataire"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

/* In the order of the statements' choices. */
enum { TAB_TROUBLED, TAB_WAITING, TAB_FAILED, TAB_SENT, TAB_ALL, TAB_COUNT };

static const char *const filters[TAB_COUNT] = {
    [TAB_TROUBLED] = "",
    [TAB_WAITING] = "etat=en-attente",
    [TAB_FAILED] = "etat=abandonnes",
    [TAB_SENT] = "etat=envoyes",
    [TAB_ALL] = "etat=tous",
};

/* Which messages: a tab, and what is searched for in it. */
static struct page_list read_list(struct exchange *x, size_t tab)
{
    return page_list_read(x, page_url(x->arena, at_mails), filters[tab], columns, COLUMN_COUNT);
}

const char *page_mail_about(struct exchange *x, const char *name)
{
    const char *about =
        http_sentences_get(x->site->sentences, arena_printf(x->arena, "mail-%s", name));

    return about ? about : name;
}

struct mails_row page_mails_row(struct exchange *x, const struct mail_facts *facts)
{
    bool is_queued = strcmp(facts->state, "queued") == 0;
    bool is_failed = strcmp(facts->state, "failed") == 0;
    const char *retry = page_url(x->arena, at_mail_retry, facts->id);

    return (struct mails_row){.url = page_url(x->arena, at_mail, facts->id),
                              .about = page_mail_about(x, facts->name),
                              .convention = (int64_t)facts->convention,
                              .to = facts->to_address,
                              .at = clock_french_instant(x->arena, facts->created_at),
                              .attempts = facts->attempts,
                              .is_failed = is_failed,
                              .is_retrying = is_queued && facts->error_key[0],
                              .is_waiting = is_queued && !facts->error_key[0],
                              .is_sending = strcmp(facts->state, "sending") == 0,
                              .is_sent = strcmp(facts->state, "sent") == 0,
                              .next = is_queued && facts->next_attempt_at != 0
                                          ? clock_french_instant(x->arena, facts->next_attempt_at)
                                          : NULL,
                              .reason =
                                  facts->error_key[0] ? http_sentence(x, facts->error_key) : NULL,
                              .detail = facts->last_error,
                              .retry_action = is_queued || is_failed ? retry : NULL};
}

static enum err count_tabs(struct exchange *x, const struct page_list *list, size_t open,
                           struct view_tab tabs[TAB_COUNT], struct mails_view *view)
{
    struct operator_mails_retrying_row *retrying;
    struct outbox_counts_row *rows;
    size_t count;

    ERR_TRY(db_outbox_counts(x->db, x->arena, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].state, "failed") == 0)
            view->failed = (int64_t)rows[i].total;
        else if (strcmp(rows[i].state, "sent") == 0)
            view->sent = (int64_t)rows[i].total;
        else
            view->queued += (int64_t)rows[i].total;
    }
    ERR_TRY(db_operator_mails_retrying(x->db, x->arena, &retrying));
    page_list_tabs(list, filters, TAB_COUNT, open, tabs);
    tabs[TAB_TROUBLED].total = view->failed + (int64_t)retrying->total;
    tabs[TAB_WAITING].total = view->queued;
    tabs[TAB_FAILED].total = view->failed;
    tabs[TAB_SENT].total = view->sent;
    tabs[TAB_ALL].total = view->failed + view->queued + view->sent;
    return ERR_OK;
}

static enum err count_found(struct exchange *x, const struct page_list *list, size_t tab,
                            struct operator_mail_count_row **found)
{
    return db_operator_mail_count(
        x->db, x->arena,
        &(struct operator_mail_count_in){.pattern = list->pattern,
                                         .filter = (enum operator_mail_count_filter)tab},
        found);
}

static enum err read_rows(struct exchange *x, struct page_list *list, size_t tab,
                          struct mails_view *view)
{
    struct operator_mail_count_row *found;
    struct operator_mails_row *rows;
    struct mails_row *shown;
    size_t count;

    ERR_TRY(count_found(x, list, tab, &found));
    view->pagination = page_list_pages(list, columns, found->total);
    if (found->open > 0 && tab <= TAB_FAILED)
        view->retry_all =
            page_list_filtered(list, page_url(x->arena, at_mails_retry_ask), filters[tab]);
    /* The orders stand as the columns, each rising and then falling. */
    ERR_TRY(db_operator_mails(x->db, x->arena,
                              &(struct operator_mails_in){.pattern = list->pattern,
                                                          .limit = list->size,
                                                          .offset = list->offset,
                                                          .filter = (enum operator_mails_filter)tab,
                                                          .order = (enum operator_mails_order)(
                                                              2 * list->column + list->descending)},
                              &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct mails_row);
    for (size_t i = 0; i < count; i++) {
        shown[i] = page_mails_row(
            x, &(struct mail_facts){
                   .id = rows[i].id,
                   .name = rows[i].name,
                   .convention = rows[i].has_convention_id ? rows[i].convention_id : 0,
                   .to_address = rows[i].to_address,
                   .state = rows[i].state,
                   .attempts = rows[i].attempts,
                   .next_attempt_at = rows[i].has_next_attempt_at ? rows[i].next_attempt_at : 0,
                   .error_key = rows[i].error_key,
                   .last_error = rows[i].last_error,
                   .created_at = rows[i].created_at});
        if (shown[i].retry_action)
            shown[i].retry_action = page_list_filtered(list, shown[i].retry_action, filters[tab]);
    }
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* GET /courriels — operators
 *
 *     etat   en-attente, abandonnes, envoyes or tous; where it is absent, what must be looked
 *            after: given up, or tried again
 *     and what every list has (pages/list.h), sorted by date, destinataire; the search looks at
 *     the recipient's name and address */
enum err page_mails(struct exchange *x)
{
    size_t tab = page_list_tab(x, filters, TAB_COUNT);
    struct page_list list = read_list(x, tab);
    struct view_tab tabs[TAB_COUNT];
    struct view_page page;
    struct mails_view view = {.page = &page,
                              .in_trouble = &tabs[TAB_TROUBLED],
                              .waiting = &tabs[TAB_WAITING],
                              .given_up = &tabs[TAB_FAILED],
                              .arrived = &tabs[TAB_SENT],
                              .all = &tabs[TAB_ALL],
                              .list_action = list.path,
                              .search = list.search,
                              .by_date = page_list_sort(&list, columns, 0),
                              .by_recipient = page_list_sort(&list, columns, 1)};

    if (http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    page_frame(x, &page);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, columns, &view.hidden, &view.hidden_count);
    ERR_TRY(count_tabs(x, &list, tab, tabs, &view));
    ERR_TRY(read_rows(x, &list, tab, &view));
    return http_cache_keep(x, http_page(x, 200, "mails.html", &view));
}

/* GET /courriels/relancer — operators
 *
 *     etat, q   as of /courriels: which messages
 *
 * Asks before all of them are sent anew. */
enum err page_mails_retry_ask(struct exchange *x)
{
    size_t tab = page_list_tab(x, filters, TAB_COUNT);
    struct page_list list = read_list(x, tab);
    struct operator_mail_count_row *found;
    struct view_page page;
    struct mail_confirm_view view = {
        .page = &page,
        .search = list.search,
        .action = page_list_filtered(&list, page_url(x->arena, at_mails_retry), filters[tab]),
        .back = page_list_filtered(&list, list.path, filters[tab])};

    if (tab > TAB_FAILED)
        return err_raise(ERR_CONFLICT, "mails-none-to-retry", "tab %zu", tab);
    ERR_TRY(count_found(x, &list, tab, &found));
    if (found->open == 0)
        return err_raise(ERR_CONFLICT, "mails-none-to-retry", "none");
    view.total = (int64_t)found->open;
    view.is_plural = found->open > 1;
    page_frame(x, &page);
    return http_page(x, 200, "mail-confirm.html", &view);
}

/* POST /courriels/relancer — operators
 *
 *     etat, q   as of /courriels, in the address
 *
 * Those that are being sent at this moment are left alone. */
enum err page_mails_retry(struct exchange *x)
{
    size_t tab = page_list_tab(x, filters, TAB_COUNT);
    struct page_list list = read_list(x, tab);
    struct db_done done;

    if (tab > TAB_FAILED)
        return err_raise(ERR_CONFLICT, "mails-none-to-retry", "tab %zu", tab);
    ERR_TRY(db_outbox_requeue_all(
        x->db, x->arena,
        &(struct outbox_requeue_all_in){
            .pattern = list.pattern, .now = x->now, .filter = (enum outbox_requeue_all_filter)tab},
        &done));
    if (done.affected == 0)
        return err_raise(ERR_CONFLICT, "mails-none-to-retry", "none");
    return page_done(x, page_list_filtered(&list, list.path, filters[tab]), "mails-queued");
}

/* POST /courriels/{id}/relancer — operators
 *
 *     fiche     1: back to the message's page; otherwise to the list
 *     etat, q   as of /courriels, in the address: the list to come back to */
enum err page_mail_retry(struct exchange *x)
{
    uint64_t id = http_id(x, 0);
    size_t tab = page_list_tab(x, filters, TAB_COUNT);
    struct page_list list = read_list(x, tab);
    struct db_done done;

    ERR_TRY(db_outbox_requeue(x->db, x->arena, &(struct outbox_requeue_in){.id = id, .now = x->now},
                              &done));
    if (done.affected == 0)
        return err_raise(ERR_CONFLICT, "mail-not-waiting", "message %" PRIu64, id);
    return page_done(x,
                     http_query(x, "fiche") ? page_url(x->arena, at_mail, id)
                                            : page_list_filtered(&list, list.path, filters[tab]),
                     "mail-queued");
}
