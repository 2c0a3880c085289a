#include "pages/list.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define SIZE_USUAL 50
#define SEARCH_LENGTH 100
#define ADDRESS_LENGTH 4096
#define FIRST_ROWS 1000
#define NEIGHBOURS 2 /* pages shown on each side of the one that is open */

static const unsigned sizes[] = {10, 25, 50, 100};
#define SIZE_COUNT (sizeof sizes / sizeof sizes[0])

static unsigned read_size(struct exchange *x)
{
    uint64_t size = http_query_number(x, "taille", 1, 1000, SIZE_USUAL);

    for (size_t i = 0; i < SIZE_COUNT; i++)
        if (sizes[i] == size)
            return sizes[i];
    return SIZE_USUAL;
}

const char *page_list_pattern(struct arena *arena, const char *search)
{
    const char *folded = text_fold(arena, search);

    if (!search[0])
        return "%";
    if (!folded[0] || text_length(search) > SEARCH_LENGTH)
        return "\x01";
    return arena_printf(arena, "%%%s%%", folded);
}

/* A column whose word begins with "-" falls where nothing else is asked for. */
static const char *word_of(const char *column)
{
    return column[0] == '-' ? column + 1 : column;
}

static bool falls(const char *column)
{
    return column[0] == '-';
}

struct page_list page_list_read(struct exchange *x, const char *path, const char *filter,
                                const char *const *columns, size_t count)
{
    const char *order = http_query(x, "tri");
    const char *search = http_query(x, "q");
    struct page_list list = {.x = x, .path = path, .filter = filter, .size = read_size(x)};

    list.page = http_query_number(x, "page", 1, UINT32_MAX, 1);
    list.descending = falls(columns[0]);
    for (size_t i = 0; order && i < count; i++)
        if (strcmp(word_of(columns[i]), word_of(order)) == 0) {
            list.column = i;
            list.descending = order[0] == '-';
        }
    list.search = search ? text_squeeze(x->arena, search) : "";
    list.pattern = page_list_pattern(x->arena, list.search);
    return list;
}

const char *page_list_like(const struct page_list *list)
{
    struct buf pattern = buf_new(list->x->arena, 2 * strlen(list->search) + 3);

    buf_putc(&pattern, '%');
    for (const char *c = list->search; *c; c++) {
        if (strchr("%_!", *c))
            buf_putc(&pattern, '!');
        buf_putc(&pattern, *c);
    }
    buf_putc(&pattern, '%');
    return pattern.data;
}

struct address {
    size_t column;
    bool descending;
    uint64_t page;
};

/* The list's address with what is in force, but for the order and page given; what is usual is
 * left out. */
static const char *address_of(const struct page_list *list, const char *const *columns,
                              struct address to)
{
    struct arena *arena = list->x->arena;
    struct buf out = buf_new(arena, ADDRESS_LENGTH);
    const char *join = "?";

    buf_puts(&out, list->path);
    if (list->filter[0]) {
        buf_printf(&out, "%s%s", join, list->filter);
        join = "&";
    }
    if (list->size != SIZE_USUAL) {
        buf_printf(&out, "%staille=%u", join, list->size);
        join = "&";
    }
    if (to.column != 0 || to.descending != falls(columns[0])) {
        buf_printf(&out, "%stri=%s%s", join, to.descending ? "-" : "", word_of(columns[to.column]));
        join = "&";
    }
    if (list->search[0]) {
        buf_printf(&out, "%sq=%s", join, http_url_encode(arena, list->search));
        join = "&";
    }
    if (to.page > 1)
        buf_printf(&out, "%spage=%" PRIu64, join, to.page);
    return out.data;
}

const struct view_sort *page_list_sort(const struct page_list *list, const char *const *columns,
                                       size_t column)
{
    struct view_sort *sort = ARENA_NEW(list->x->arena, struct view_sort);
    bool in_force = column == list->column;

    sort->ascending = in_force && !list->descending;
    sort->descending = in_force && list->descending;
    sort->url = address_of(
        list, columns,
        (struct address){.column = column,
                         .descending = in_force ? sort->ascending : falls(columns[column])});
    return sort;
}

void page_list_sizes(const struct page_list *list, const struct view_option **options,
                     size_t *count)
{
    struct arena *arena = list->x->arena;
    struct view_option *all = ARENA_NEW_ARRAY(arena, SIZE_COUNT, struct view_option);

    for (size_t i = 0; i < SIZE_COUNT; i++) {
        all[i].value = all[i].label = arena_printf(arena, "%u", sizes[i]);
        all[i].selected = sizes[i] == list->size;
    }
    *options = all;
    *count = SIZE_COUNT;
}

static const char *page_address(const struct page_list *list, const char *const *columns,
                                uint64_t page)
{
    return address_of(
        list, columns,
        (struct address){.column = list->column, .descending = list->descending, .page = page});
}

const char *page_list_here(const struct page_list *list, const char *const *columns)
{
    return page_address(list, columns, list->page);
}

const char *page_list_first(const struct page_list *list, const char *const *columns)
{
    return page_address(list, columns, 1);
}

/* The first page, the last, and those around the open one; a gap for what is left out. */
static void list_numbers(const struct page_list *list, const char *const *columns, uint64_t pages,
                         struct view_pagination *pagination)
{
    struct view_page_number *numbers =
        ARENA_NEW_ARRAY(list->x->arena, 2 * NEIGHBOURS + 5, struct view_page_number);
    size_t count = 0;
    bool gap = false;

    for (uint64_t page = 1; page <= pages; page++) {
        bool near = page + NEIGHBOURS >= list->page && page <= list->page + NEIGHBOURS;

        if (near || page == 1 || page == pages) {
            numbers[count++] = (struct view_page_number){.number = (int64_t)page,
                                                         .url = page_address(list, columns, page),
                                                         .is_open = page == list->page};
            gap = false;
        } else if (!gap) {
            numbers[count++] = (struct view_page_number){.is_gap = true};
            gap = true;
            page = page < list->page ? list->page - NEIGHBOURS - 1 : pages - 1;
        }
    }
    pagination->numbers = numbers;
    pagination->numbers_count = count;
}

const struct view_pagination *page_list_pages(struct page_list *list, const char *const *columns,
                                              uint64_t total)
{
    struct view_pagination *pagination = ARENA_NEW(list->x->arena, struct view_pagination);
    uint64_t pages = total == 0 ? 1 : (total + list->size - 1) / list->size;

    if (list->page > pages)
        list->page = pages;
    list->offset = (list->page - 1) * list->size;
    pagination->total = (int64_t)total;
    pagination->is_plural = total > 1;
    pagination->first = total == 0 ? 0 : (int64_t)list->offset + 1;
    pagination->last =
        (int64_t)(list->offset + list->size < total ? list->offset + list->size : total);
    if (list->page > 1)
        pagination->previous = page_address(list, columns, list->page - 1);
    if (list->page < pages)
        pagination->next = page_address(list, columns, list->page + 1);
    list_numbers(list, columns, pages, pagination);
    return pagination;
}

size_t page_list_tab(struct exchange *x, const char *const *filters, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const char *equals = strchr(filters[i], '=');
        const char *given =
            http_query(x, arena_strndup(x->arena, filters[i], (size_t)(equals - filters[i])));

        if (given && strcmp(given, equals + 1) == 0)
            return i;
    }
    return 0;
}

const char *page_list_filtered(const struct page_list *list, const char *path, const char *filter)
{
    struct arena *arena = list->x->arena;
    const char *search =
        list->search[0] ? arena_printf(arena, "q=%s", http_url_encode(arena, list->search)) : "";

    return arena_printf(arena, "%s%s%s%s%s", path, filter[0] || search[0] ? "?" : "", filter,
                        filter[0] && search[0] ? "&" : "", search);
}

void page_list_tabs(const struct page_list *list, const char *const *filters, size_t count,
                    size_t open, struct view_tab *tabs)
{
    for (size_t i = 0; i < count; i++)
        tabs[i] = (struct view_tab){.url = page_list_filtered(list, list->path, filters[i]),
                                    .is_open = i == open};
}

bool page_list_is_first(const struct page_list *list, const char *const *columns)
{
    return list->column == 0 && list->descending == falls(columns[0]) && !list->search[0] &&
           list->offset < FIRST_ROWS;
}

void page_list_hidden(const struct page_list *list, const char *const *columns,
                      const struct view_hidden **hidden, size_t *count)
{
    struct arena *arena = list->x->arena;
    struct view_hidden *all = ARENA_NEW_ARRAY(arena, 2, struct view_hidden);
    const char *equals = strchr(list->filter, '=');

    *count = 0;
    if (equals)
        all[(*count)++] = (struct view_hidden){
            .name = arena_strndup(arena, list->filter, (size_t)(equals - list->filter)),
            .value = equals + 1};
    if (list->column != 0 || list->descending != falls(columns[0]))
        all[(*count)++] =
            (struct view_hidden){.name = "tri",
                                 .value = arena_printf(arena, "%s%s", list->descending ? "-" : "",
                                                       word_of(columns[list->column]))};
    *hidden = all;
}
