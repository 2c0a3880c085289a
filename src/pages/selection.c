#include "pages/selection.h"

#include <string.h>

#include "base/buf.h"

#define VALUE_LENGTH 31
#define TEXT_LENGTH ((size_t)PAGE_SELECTION_MOST * (VALUE_LENGTH + 1))

static const char digits[] = "0123456789";

static bool is_value(const char *text)
{
    size_t number = strspn(text, digits), length = strlen(text);

    if (number == 0 || length > VALUE_LENGTH)
        return false;
    return number == length || (text[number] == '-' && number + 1 < length &&
                                strspn(text + number + 1, digits) == length - number - 1);
}

static bool same_number(const char *a, const char *b)
{
    size_t length = strspn(a, digits);

    return strspn(b, digits) == length && strncmp(a, b, length) == 0;
}

static bool find(const struct page_selection *selection, const char *value, size_t *at)
{
    for (*at = 0; *at < selection->count; ++*at)
        if (same_number(selection->values[*at], value))
            return true;
    return false;
}

void page_selection_add(struct page_selection *selection, const char *value)
{
    size_t at;

    if (!is_value(value) || find(selection, value, &at))
        return;
    if (selection->count == PAGE_SELECTION_MOST)
        selection->is_over = true;
    else
        selection->values[selection->count++] = value;
}

static void add_carried(struct arena *arena, struct page_selection *selection, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, ",");

        page_selection_add(selection, arena_strndup(arena, text, length));
        text += length + (text[length] == ',');
    }
}

struct page_selection page_selection_read(struct exchange *x, const struct http_pairs *pairs,
                                          const char *box)
{
    const char *carried = http_pairs_get(pairs, "retenus");
    struct page_selection selection = {
        .values = ARENA_NEW_ARRAY(x->arena, PAGE_SELECTION_MOST, const char *),
        .shown = ARENA_NEW_ARRAY(x->arena, PAGE_SELECTION_MOST, bool)};

    for (size_t i = 0; i < pairs->count; i++)
        if (strcmp(pairs->items[i].name, box) == 0)
            page_selection_add(&selection, pairs->items[i].value);
    if (carried)
        add_carried(x->arena, &selection, carried);
    return selection;
}

bool page_selection_shows(struct page_selection *selection, const char *value)
{
    size_t at;

    if (!find(selection, value, &at))
        return false;
    return selection->shown[at] = true;
}

/* With commas between them; those of other pages alone, where it is so. */
static const char *text_of(struct arena *arena, const struct page_selection *selection,
                           bool of_others)
{
    struct buf text = buf_new(arena, TEXT_LENGTH);

    for (size_t i = 0; i < selection->count; i++)
        if (!of_others || !selection->shown[i])
            buf_printf(&text, "%s%s", text.length > 0 ? "," : "", selection->values[i]);
    return text.data;
}

const char *page_selection_query(struct arena *arena, const struct page_selection *selection,
                                 const char *filter)
{
    if (selection->count == 0)
        return filter;
    return arena_printf(arena, "%s%sretenus=%s", filter, filter[0] ? "&" : "",
                        text_of(arena, selection, false));
}

struct page_list page_selection_carry(const struct page_selection *selection,
                                      const struct page_list *list)
{
    struct page_list carrying = *list;

    carrying.filter = page_selection_query(list->x->arena, selection, list->filter);
    return carrying;
}

void page_selection_hidden(struct arena *arena, const struct page_selection *selection,
                           const struct view_hidden **hidden, size_t *count)
{
    struct view_hidden *all = ARENA_NEW_ARRAY(arena, *count + 1, struct view_hidden);

    if (selection->count == 0)
        return;
    for (size_t i = 0; i < *count; i++)
        all[i] = (*hidden)[i];
    all[(*count)++] = (struct view_hidden){"retenus", text_of(arena, selection, false)};
    *hidden = all;
}

const struct selection_view *page_selection_view(struct exchange *x,
                                                 const struct page_selection *selection,
                                                 const struct page_list *list,
                                                 const char *const *columns, const char *lead,
                                                 const struct view_pagination *shown)
{
    struct selection_view *view = ARENA_NEW(x->arena, struct selection_view);
    struct page_list all = *list;

    view->kept = text_of(x->arena, selection, true);
    for (size_t i = 0; i < selection->count; i++)
        view->elsewhere += !selection->shown[i];
    view->lead = lead;
    if (selection->count > 0)
        view->clear_url = page_list_first(list, columns);
    all.filter = arena_printf(x->arena, "%s%stout=1", list->filter, list->filter[0] ? "&" : "");
    view->all_url = page_list_first(&all, columns);
    view->all_is_part = shown->total > PAGE_SELECTION_MOST;
    view->all_is_shown = shown->first == 1 && shown->last == shown->total;
    view->all_total = view->all_is_part ? PAGE_SELECTION_MOST : shown->total;
    return view;
}

/* Whether that is an address of the list at that path. */
static bool is_of(const char *address, const char *path)
{
    size_t length = strlen(path);

    for (const char *c = address; *c; c++)
        if (*c <= 0x20 || *c > 0x7e)
            return false;
    return strncmp(address, path, length) == 0 &&
           (address[length] == '?' || address[length] == '\0');
}

enum err page_selection_lead(struct exchange *x, const struct http_pairs *pairs, const char *path,
                             const char *box)
{
    struct page_selection selection = page_selection_read(x, pairs, box);
    const char *to = http_pairs_get(pairs, "vers");

    if (!to || !is_of(to, path))
        to = path;
    if (selection.count > 0)
        to = arena_printf(x->arena, "%s%s%s", to, strchr(to, '?') ? "&" : "?",
                          page_selection_query(x->arena, &selection, ""));
    return http_redirect(x, to);
}
