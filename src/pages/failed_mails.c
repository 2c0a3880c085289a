/* « Courriels non arrivés »: what an establishment must know of the outbox. */
#include "base/clock.h"
#include "db/statements.h"
#include "http/cache.h"
#include "pages/followup_view.h"
#include "pages/frame.h"
#include "pages/list.h"
#include "pages/routes.h"

VIEW_TYPE(failed_mail);
VIEW_TYPE(failed_mails_view);

static const char *const columns[] = {"date", "destinataire"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

/* Names and addresses are not kept folded: what folding took for a space stands for anything. */
static const char *pattern_of(struct arena *arena, const char *folded)
{
    char *pattern = arena_strdup(arena, folded);

    for (char *c = pattern; *c; c++)
        if (*c == ' ')
            *c = '%';
    return pattern;
}

static struct failed_mail show_row(struct exchange *x, const struct failed_mail_list_row *row)
{
    return (struct failed_mail){
        .at = clock_french_instant(x->arena, row->created_at),
        .about = http_sentence(x, arena_printf(x->arena, "mail-%s", row->name)),
        .name = row->to_name,
        .to = row->to_address,
        .reason = row->error_key[0] ? http_sentence(x, row->error_key) : NULL,
        .url =
            row->has_convention_id ? page_url(x->arena, at_convention, row->convention_id) : NULL,
        .is_own = row->is_own};
}

/* GET /suivi/courriels — admins and members of an establishment
 *
 *     what every list has (pages/list.h), sorted by date, destinataire
 *
 * The mails that were given up: those to the establishment, and those about its conventions. */
enum err page_failed_mails(struct exchange *x)
{
    const uint64_t viewer = x->session->establishment_id;
    const char *pattern;
    struct page_list list =
        page_list_read(x, page_url(x->arena, at_failed_mails), "", columns, COLUMN_COUNT);
    struct view_page page;
    struct failed_mails_view view = {.page = &page,
                                     .list_action = list.path,
                                     .search = list.search,
                                     .by_day = page_list_sort(&list, columns, 0),
                                     .by_to = page_list_sort(&list, columns, 1)};
    struct failed_mail_count_row *total;
    struct failed_mail_list_row *rows;
    struct failed_mail *shown;

    if (http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    pattern = pattern_of(x->arena, list.pattern);
    page_frame(x, &page);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, columns, &view.hidden, &view.hidden_count);
    if (x->session->role == HTTP_ROLE_ADMIN)
        view.options = page_url(x->arena, at_options);
    ERR_TRY(db_failed_mail_count(
        x->db, x->arena, &(struct failed_mail_count_in){.viewer = viewer, .pattern = pattern},
        &total));
    view.pagination = page_list_pages(&list, columns, total->total);
    ERR_TRY(
        db_failed_mail_list(x->db, x->arena,
                            &(struct failed_mail_list_in){.viewer = viewer,
                                                          .pattern = pattern,
                                                          .limit = list.size,
                                                          .offset = list.offset,
                                                          .order = (enum failed_mail_list_order)(
                                                              2 * list.column + list.descending)},
                            &rows, &view.rows_count));
    shown = ARENA_NEW_ARRAY(x->arena, view.rows_count, struct failed_mail);
    for (size_t i = 0; i < view.rows_count; i++)
        shown[i] = show_row(x, &rows[i]);
    view.rows = shown;
    return http_cache_keep(x, http_page(x, 200, "failed-mails.html", &view));
}
