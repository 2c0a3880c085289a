/* « Contacts »: the list of the establishments one works with. */
#include "pages/contacts.h"

#include <inttypes.h>
#include <string.h>

#include "http/cache.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(contacts_row);
VIEW_TYPE(contacts_filter);
VIEW_TYPE(contacts_view);

static const char *const columns[] = {"nom", "commune", "conventions", "en-cours"};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static const char *const filters[] = {[CONTACTS_ALL] = "",
                                      [CONTACTS_HOSTS] = "avec=accueil",
                                      [CONTACTS_ORIGINS] = "avec=origine",
                                      [CONTACTS_ACTIVE] = "avec=en-cours"};

enum contacts_filter_kind page_contacts_filter(struct exchange *x)
{
    const char *asked = http_query(x, "avec");

    for (size_t i = CONTACTS_HOSTS; asked && i < sizeof filters / sizeof filters[0]; i++)
        if (strcmp(strchr(filters[i], '=') + 1, asked) == 0)
            return (enum contacts_filter_kind)i;
    return CONTACTS_ALL;
}

struct page_list page_contacts_list(struct exchange *x, enum contacts_filter_kind kind)
{
    return page_list_read(x, page_url(x->arena, at_contacts), filters[kind], columns, COLUMN_COUNT);
}

static const struct contacts_filter *filter_of(struct exchange *x, enum contacts_filter_kind kind,
                                               enum contacts_filter_kind open,
                                               const struct page_selection *selection)
{
    struct contacts_filter *filter = ARENA_NEW(x->arena, struct contacts_filter);
    const char *path = page_url(x->arena, at_contacts);
    const char *query = page_selection_query(x->arena, selection, filters[kind]);

    filter->url = query[0] ? arena_printf(x->arena, "%s?%s", path, query) : path;
    filter->is_open = kind == open;
    return filter;
}

static struct contacts_row show_row(struct exchange *x, const struct contact_list_row *row,
                                    struct page_selection *selection)
{
    uint64_t conventions = row->hosted + row->sent;
    const char *id = arena_printf(x->arena, "%" PRIu64, row->id);

    return (struct contacts_row){
        .id = id,
        .is_chosen = page_selection_shows(selection, id),
        .url = page_url(x->arena, at_contact, row->id),
        .name = row->name,
        .uai = row->uai,
        .city = row->city,
        .email = row->email,
        .people = (int64_t)row->people,
        .people_are_several = row->people > 1,
        .is_host = row->hosted > 0,
        .is_origin = row->sent > 0,
        .conventions = (int64_t)conventions,
        .conventions_url =
            conventions > 0 ? page_url(x->arena, at_contact_conventions, row->id) : NULL,
        .in_progress = (int64_t)row->in_progress};
}

static enum err read_rows(struct exchange *x, struct page_list *list,
                          enum contacts_filter_kind kind, struct page_selection *selection,
                          struct contacts_view *view)
{
    struct contact_count_row *total;
    struct contact_list_row *rows;
    struct contacts_row *shown;
    size_t count;

    ERR_TRY(db_contact_count(x->db, x->arena,
                             &(struct contact_count_in){.viewer = x->session->establishment_id,
                                                        .pattern = list->pattern,
                                                        .as_host = kind == CONTACTS_HOSTS,
                                                        .as_origin = kind == CONTACTS_ORIGINS,
                                                        .in_progress = kind == CONTACTS_ACTIVE},
                             &total));
    view->pagination = page_list_pages(list, columns, total->total);
    /* The choices stand in the order of the columns, each rising and then falling. */
    ERR_TRY(db_contact_list(x->db, x->arena,
                            &(struct contact_list_in){.viewer = x->session->establishment_id,
                                                      .pattern = list->pattern,
                                                      .as_host = kind == CONTACTS_HOSTS,
                                                      .as_origin = kind == CONTACTS_ORIGINS,
                                                      .in_progress = kind == CONTACTS_ACTIVE,
                                                      .limit = list->size,
                                                      .offset = list->offset,
                                                      .order = (enum contact_list_order)(
                                                          2 * list->column + list->descending)},
                            &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct contacts_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = show_row(x, &rows[i], selection);
    view->rows = shown;
    view->rows_count = count;
    return ERR_OK;
}

/* « Tout sélectionner »: all of the list that the address asks for. */
static enum err select_all(struct exchange *x, const struct page_list *list,
                           enum contacts_filter_kind kind, struct page_selection *selection)
{
    struct contact_list_row *rows;
    size_t count;

    ERR_TRY(db_contact_list(x->db, x->arena,
                            &(struct contact_list_in){.viewer = x->session->establishment_id,
                                                      .pattern = list->pattern,
                                                      .as_host = kind == CONTACTS_HOSTS,
                                                      .as_origin = kind == CONTACTS_ORIGINS,
                                                      .in_progress = kind == CONTACTS_ACTIVE,
                                                      .limit = PAGE_SELECTION_MOST},
                            &rows, &count));
    for (size_t i = 0; i < count; i++)
        page_selection_add(selection, arena_printf(x->arena, "%" PRIu64, rows[i].id));
    return ERR_OK;
}

/* The address of what is done with all of this list, whatever its page. */
static const char *with_all(struct exchange *x, const char *path, const struct page_list *list)
{
    return arena_printf(x->arena, "%s?tous=1%s%s%s%s", path, list->filter[0] ? "&" : "",
                        list->filter, list->search[0] ? "&q=" : "",
                        http_url_encode(x->arena, list->search));
}

static enum err show(struct exchange *x)
{
    enum contacts_filter_kind kind = page_contacts_filter(x);
    struct page_list list = page_contacts_list(x, kind), carrying;
    struct page_selection selection = page_selection_read(x, &x->request->query, "contact");
    struct view_page page;
    struct contacts_view view = {
        .page = &page,
        .write_url = page_url(x->arena, at_letter_write),
        .write_all_url = with_all(x, page_url(x->arena, at_letter_write), &list),
        .cards_url = page_url(x->arena, at_cards_export),
        .all_cards_url = with_all(x, page_url(x->arena, at_cards_export), &list),
        .import_url = page_url(x->arena, at_cards),
        .new_url = page_url(x->arena, at_contact_new),
        .is_filtered = kind != CONTACTS_ALL,
        .list_action = list.path,
        .search = list.search};

    page_frame(x, &page);
    if (http_query(x, "tout"))
        ERR_TRY(select_all(x, &list, kind, &selection));
    if (selection.is_over)
        page_add_error(&page, x->arena, http_sentence(x, "selection-too-many"));
    carrying = page_selection_carry(&selection, &list);
    view.everybody = filter_of(x, CONTACTS_ALL, kind, &selection);
    view.hosts = filter_of(x, CONTACTS_HOSTS, kind, &selection);
    view.origins = filter_of(x, CONTACTS_ORIGINS, kind, &selection);
    view.active = filter_of(x, CONTACTS_ACTIVE, kind, &selection);
    view.by_name = page_list_sort(&carrying, columns, 0);
    view.by_city = page_list_sort(&carrying, columns, 1);
    view.by_conventions = page_list_sort(&carrying, columns, 2);
    view.by_progress = page_list_sort(&carrying, columns, 3);
    page_list_sizes(&list, &view.sizes, &view.sizes_count);
    page_list_hidden(&list, columns, &view.hidden, &view.hidden_count);
    page_selection_hidden(x->arena, &selection, &view.hidden, &view.hidden_count);
    ERR_TRY(read_rows(x, &list, kind, &selection, &view));
    view.selection = page_selection_view(x, &selection, &list, columns, list.path, view.pagination);
    return http_page(x, 200, "contacts.html", &view);
}

/* GET /contacts — admins and members of an establishment
 *
 *     avec              accueil, origine or en-cours: who took our trainees, who sent us theirs,
 *                       with whom conventions are not validated yet; all where it is absent
 *     contact, retenus  what is ticked (pages/selection.h)
 *     tout              instead: all of the list, as far as can be
 *     vers              leads to that page of the list, with what is ticked
 *     what every list has (pages/list.h), sorted by nom, commune, conventions, en-cours */
enum err page_contacts(struct exchange *x)
{
    if (http_query(x, "vers"))
        return page_selection_lead(x, &x->request->query, page_url(x->arena, at_contacts),
                                   "contact");
    if (http_cache_answer(x, HTTP_CACHE_SCHOOL))
        return ERR_OK;
    return http_cache_keep(x, show(x));
}
