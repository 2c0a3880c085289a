#include "inspect/same.h"

#include <stdio.h>
#include <string.h>

#define MET_FIRST 1024
#define MET_MAX ((size_t)1 << 22)

void inspect_same_open(struct inspect_same *same, const struct inspect_pdf *before,
                       const struct inspect_pdf *after, bool one_file)
{
    *same = (struct inspect_same){.context = before->context,
                                  .before = before,
                                  .after = after,
                                  .one_file = one_file,
                                  .pool = before->pool,
                                  .met_size = MET_FIRST,
                                  .current = -1};
    same->numbers = pdf_xref_len(same->context, before->document);
    same->counterpart = inspect_pool(same->context, same->pool, (size_t)same->numbers, sizeof(int));
    same->met = inspect_pool(same->context, same->pool, MET_FIRST, sizeof(uint64_t));
}

void inspect_same_pair(struct inspect_same *same, pdf_obj *before, pdf_obj *after)
{
    int a = pdf_to_num(same->context, before), b = pdf_to_num(same->context, after);

    if (a > 0 && a < same->numbers && b > 0)
        same->counterpart[a] = b;
}

static size_t slot_of(uint64_t pair, size_t size)
{
    return (size_t)((pair * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & (size - 1);
}

static void place_pair(uint64_t *table, size_t size, uint64_t pair)
{
    size_t at = slot_of(pair, size);

    while (table[at] != 0)
        at = (at + 1) & (size - 1);
    table[at] = pair;
}

/* Whether the two were met before; they are from now on. Objects that lead back to themselves are
 * the same if nothing else on the way differs. */
static bool was_met(struct inspect_same *same, int a, int b)
{
    uint64_t pair = (uint64_t)(unsigned)a << 32 | (unsigned)b;
    size_t at = slot_of(pair, same->met_size);

    for (; same->met[at] != 0; at = (at + 1) & (same->met_size - 1))
        if (same->met[at] == pair)
            return true;
    same->met[at] = pair;
    if (++same->met_count * 2 > same->met_size) {
        size_t size = same->met_size * 2;
        uint64_t *table;

        if (size > MET_MAX)
            fz_throw(same->context, FZ_ERROR_GENERIC, "too many objects to compare");
        table = inspect_pool(same->context, same->pool, size, sizeof *table);
        for (size_t i = 0; i < same->met_size; i++)
            if (same->met[i] != 0)
                place_pair(table, size, same->met[i]);
        same->met = table;
        same->met_size = size;
    }
    return false;
}

/* Whether both streams are the same bytes of one file. Their dictionary is, too, but the Length in
 * it may refer to an object that was exchanged. */
static bool same_place(struct inspect_same *same, pdf_obj *before, pdf_obj *after)
{
    int a = pdf_to_num(same->context, before), b = pdf_to_num(same->context, after);
    pdf_xref_entry *x, *y;

    if (!same->one_file || a != b ||
        pdf_dict_get_int(same->context, before, PDF_NAME(Length)) !=
            pdf_dict_get_int(same->context, after, PDF_NAME(Length)))
        return false;
    x = pdf_get_xref_entry_no_null(same->context, same->before->document, a);
    y = pdf_get_xref_entry_no_null(same->context, same->after->document, b);
    return x && y && x->type == 'n' && y->type == 'n' && x->ofs == y->ofs;
}

static bool same_buffers(fz_context *context, fz_buffer *(*load)(fz_context *, pdf_obj *),
                         pdf_obj *before, pdf_obj *after)
{
    fz_buffer *a = NULL, *b = NULL;
    bool same = false;

    fz_var(a);
    fz_var(b);
    fz_var(same);
    fz_try(context)
    {
        struct bytes x, y;
        unsigned char *data;

        a = load(context, before);
        b = load(context, after);
        x.length = fz_buffer_storage(context, a, &data);
        x.data = data;
        y.length = fz_buffer_storage(context, b, &data);
        y.data = data;
        same = bytes_equal(x, y);
    }
    fz_always(context)
    {
        fz_drop_buffer(context, a);
        fz_drop_buffer(context, b);
    }
    fz_catch(context) fz_rethrow(context);
    return same;
}

static bool is_coding(const char *key)
{
    return strcmp(key, "Length") == 0 || strcmp(key, "Filter") == 0 ||
           strcmp(key, "DecodeParms") == 0 || strcmp(key, "DL") == 0;
}

static bool compare(struct inspect_same *same, pdf_obj *before, pdf_obj *after);

static bool compare_entry(struct inspect_same *same, pdf_obj *before, pdf_obj *after,
                          const char *key)
{
    same->key = key;
    return compare(same, pdf_dict_gets(same->context, before, key),
                   pdf_dict_gets(same->context, after, key));
}

/* coded: the streams of these dictionaries are coded in the same way, so keys of coding count. */
static bool same_dictionary(struct inspect_same *same, pdf_obj *before, pdf_obj *after, bool stream,
                            bool coded)
{
    fz_context *context = same->context;

    for (int i = 0; i < pdf_dict_len(context, before); i++) {
        const char *key = pdf_to_name(context, pdf_dict_get_key(context, before, i));

        if (stream && is_coding(key) && (!coded || strcmp(key, "Length") == 0))
            continue;
        if (!compare_entry(same, before, after, key))
            return false;
    }
    for (int i = 0; i < pdf_dict_len(context, after); i++) {
        const char *key = pdf_to_name(context, pdf_dict_get_key(context, after, i));

        if (stream && is_coding(key) && (!coded || strcmp(key, "Length") == 0))
            continue;
        if (!pdf_dict_gets(context, before, key) && !compare_entry(same, before, after, key))
            return false;
    }
    return true;
}

static bool same_streams(struct inspect_same *same, pdf_obj *before, pdf_obj *after)
{
    bool coded = same_place(same, before, after) ||
                 same_buffers(same->context, pdf_load_raw_stream, before, after);

    if (!coded && !same_buffers(same->context, pdf_load_stream, before, after))
        return false;
    return same_dictionary(same, before, after, true, coded);
}

static bool same_arrays(struct inspect_same *same, pdf_obj *before, pdf_obj *after)
{
    int length = pdf_array_len(same->context, before);

    if (length != pdf_array_len(same->context, after))
        return false;
    for (int i = 0; i < length; i++)
        if (!compare(same, pdf_array_get(same->context, before, i),
                     pdf_array_get(same->context, after, i)))
            return false;
    return true;
}

static bool same_strings(fz_context *context, pdf_obj *before, pdf_obj *after)
{
    size_t a = pdf_to_str_len(context, before), b = pdf_to_str_len(context, after);

    return a == b &&
           memcmp(pdf_to_str_buf(context, before), pdf_to_str_buf(context, after), a) == 0;
}

static bool is_nothing(fz_context *context, pdf_obj *object)
{
    object = pdf_resolve_indirect_chain(context, object);
    return !object || pdf_is_null(context, object);
}

static bool same_numbers(fz_context *context, pdf_obj *before, pdf_obj *after)
{
    float a, b;

    if (pdf_is_int(context, before) && pdf_is_int(context, after))
        return pdf_to_int64(context, before) == pdf_to_int64(context, after);
    a = pdf_to_real(context, before);
    b = pdf_to_real(context, after);
    return !(a < b) && !(a > b);
}

static bool same_values(struct inspect_same *same, pdf_obj *before, pdf_obj *after)
{
    fz_context *context = same->context;

    if (is_nothing(context, before) || is_nothing(context, after))
        return is_nothing(context, before) && is_nothing(context, after);
    if (pdf_is_stream(context, before) || pdf_is_stream(context, after))
        return pdf_is_stream(context, before) && pdf_is_stream(context, after) &&
               same_streams(same, before, after);
    if (pdf_is_dict(context, before))
        return pdf_is_dict(context, after) && same_dictionary(same, before, after, false, true);
    if (pdf_is_array(context, before))
        return pdf_is_array(context, after) && same_arrays(same, before, after);
    if (pdf_is_number(context, before))
        return pdf_is_number(context, after) && same_numbers(context, before, after);
    if (pdf_is_string(context, before))
        return pdf_is_string(context, after) && same_strings(context, before, after);
    return pdf_objcmp_resolve(context, before, after) == 0;
}

static void put_aside(struct inspect_same *same, pdf_obj *before, pdf_obj *after)
{
    if (same->item_count == same->item_room) {
        int room = same->item_room ? same->item_room * 2 : 256;
        struct inspect_same_item *items =
            inspect_pool(same->context, same->pool, (size_t)room, sizeof *items);

        if (same->item_count > 0)
            memcpy(items, same->items, (size_t)same->item_count * sizeof *items);
        same->items = items;
        same->item_room = room;
    }
    same->items[same->item_count++] = (struct inspect_same_item){
        .before = before, .after = after, .key = same->key, .from = same->current};
}

/* Direct objects are compared at once, indirect ones later: they may refer to each other, and
 * chains of them may be of any length. */
static bool compare(struct inspect_same *same, pdf_obj *before, pdf_obj *after)
{
    int a = pdf_to_num(same->context, before), b = pdf_to_num(same->context, after);
    bool equal;

    if (a > 0 && a < same->numbers && same->counterpart[a] != 0)
        return b == same->counterpart[a];
    if (a > 0 && b > 0) {
        if (!was_met(same, a, b))
            put_aside(same, before, after);
        return true;
    }
    if (same->depth == INSPECT_SAME_DEPTH)
        fz_throw(same->context, FZ_ERROR_GENERIC, "objects too deep to compare");
    same->depth++;
    equal = same_values(same, before, after);
    same->depth--;
    return equal;
}

bool inspect_same_object(struct inspect_same *same, pdf_obj *before, pdf_obj *after)
{
    bool equal;

    same->current = -1;
    same->next = same->item_count = 0;
    equal = compare(same, before, after);
    while (equal && same->next < same->item_count) {
        const struct inspect_same_item *item = &same->items[same->next];

        same->current = same->next++;
        equal = same_values(same, item->before, item->after);
    }
    if (!equal) {
        /* what was put aside and not looked at must not count as compared */
        memset(same->met, 0, same->met_size * sizeof *same->met);
        same->met_count = 0;
    }
    return equal;
}

bool inspect_same_entry(struct inspect_same *same, pdf_obj *before, pdf_obj *after, const char *key)
{
    same->key = key;
    return inspect_same_object(same, pdf_dict_gets(same->context, before, key),
                               pdf_dict_gets(same->context, after, key));
}

void inspect_same_where(const struct inspect_same *same, char *place, size_t size)
{
    const char *keys[8];
    size_t count = 0, length = 0;

    keys[count++] = same->key ? same->key : "";
    for (int i = same->current; i >= 0 && count < 8; i = same->items[i].from)
        if (same->items[i].key && same->items[i].key != keys[count - 1])
            keys[count++] = same->items[i].key;
    place[0] = '\0';
    while (count-- > 0 && length < size)
        length +=
            (size_t)snprintf(place + length, size - length, "%s%s", length ? "/" : "", keys[count]);
}
