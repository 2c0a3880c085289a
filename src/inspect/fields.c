#include "inspect/fields.h"

#include <string.h>

#define RADIO_PUSH_BIT (1 << 16) /* ISO 32000-1 table 226: bit 17 */
#define NAME_MAX_LENGTH 1024
#define BOX_AREA_MAX 90000.0F /* square points: 300 by 300 */

static enum inspect_field_kind kind_of(fz_context *context, pdf_obj *node,
                                       enum inspect_field_kind inherited)
{
    pdf_obj *type = pdf_dict_get(context, node, PDF_NAME(FT));

    if (!type)
        return inherited;
    if (pdf_name_eq(context, type, PDF_NAME(Tx)))
        return INSPECT_FIELD_TEXT;
    if (pdf_name_eq(context, type, PDF_NAME(Ch)))
        return INSPECT_FIELD_CHOICE;
    if (pdf_name_eq(context, type, PDF_NAME(Sig)))
        return INSPECT_FIELD_SIGNATURE;
    if (pdf_name_eq(context, type, PDF_NAME(Btn)))
        return pdf_to_int(context, pdf_dict_get_inheritable(context, node, PDF_NAME(Ff))) &
                       RADIO_PUSH_BIT
                   ? INSPECT_FIELD_PUSH
                   : INSPECT_FIELD_CHECK;
    return INSPECT_FIELD_UNKNOWN;
}

static const char *full_name(const struct inspect_pdf *pdf, pdf_obj *node, const char *above)
{
    char own[INSPECT_NAME_SIZE], *name;
    size_t size;

    if (!pdf_is_string(pdf->context, pdf_dict_get(pdf->context, node, PDF_NAME(T))))
        return above;
    inspect_pdf_text(pdf->context, pdf_dict_get(pdf->context, node, PDF_NAME(T)), own, sizeof own);
    if (strlen(above) > NAME_MAX_LENGTH)
        return above;
    size = strlen(above) + strlen(own) + 2;
    name = inspect_pool(pdf->context, pdf->pool, size, 1);
    fz_snprintf(name, size, "%s%s%s", above, *above ? "." : "", own);
    return name;
}

static struct inspect_field *add_node(const struct inspect_pdf *pdf, struct inspect_fields *fields)
{
    if (fields->count == fields->room) {
        int room = fields->room ? fields->room * 2 : 64;
        struct inspect_field *list =
            inspect_pool(pdf->context, pdf->pool, (size_t)room, sizeof *list);

        if (fields->count > 0)
            memcpy(list, fields->list, (size_t)fields->count * sizeof *list);
        fields->list = list;
        fields->room = room;
    }
    return &fields->list[fields->count++];
}

static void read_node(const struct inspect_pdf *pdf, struct inspect_fields *fields, pdf_obj *node,
                      int parent, int depth)
{
    fz_context *context = pdf->context;
    enum inspect_field_kind inherited =
        parent < 0 ? INSPECT_FIELD_GROUP : fields->list[parent].kind;
    const char *above = parent < 0 ? "" : fields->list[parent].name;
    pdf_obj *kids = pdf_dict_get(context, node, PDF_NAME(Kids));
    int index = fields->count;
    struct inspect_field *field;

    if (!pdf_is_dict(context, node))
        return;
    if (depth > INSPECT_TREE_DEPTH_MAX || index >= INSPECT_TREE_NODES_MAX) {
        fields->too_many = true;
        return;
    }
    field = add_node(pdf, fields);
    field->object = node;
    field->number = pdf_to_num(context, node);
    field->parent = parent;
    field->kind = kind_of(context, node, inherited);
    field->is_widget =
        pdf_name_eq(context, pdf_dict_get(context, node, PDF_NAME(Subtype)), PDF_NAME(Widget));
    field->name = full_name(pdf, node, above);
    for (int i = 0; i < pdf_array_len(context, kids) && !fields->too_many; i++)
        read_node(pdf, fields, pdf_array_get(context, kids, i), index, depth + 1);
}

void inspect_fields_read(const struct inspect_pdf *pdf, struct inspect_fields *fields)
{
    fz_context *context = pdf->context;
    pdf_obj *root = pdf_dict_get(context, pdf_trailer(context, pdf->document), PDF_NAME(Root));
    pdf_obj *top =
        pdf_dict_get(context, pdf_dict_get(context, root, PDF_NAME(AcroForm)), PDF_NAME(Fields));

    *fields = (struct inspect_fields){0};
    for (int i = 0; i < pdf_array_len(context, top) && !fields->too_many; i++)
        read_node(pdf, fields, pdf_array_get(context, top, i), -1, 0);
}

int inspect_fields_find(const struct inspect_fields *fields, int number)
{
    for (int i = 0; number > 0 && i < fields->count; i++)
        if (fields->list[i].number == number)
            return i;
    return -1;
}

bool inspect_fields_is_box(const struct inspect_pdf *pdf, const struct inspect_field *field)
{
    fz_rect box = pdf_dict_get_rect(pdf->context, field->object, PDF_NAME(Rect));

    return field->kind == INSPECT_FIELD_SIGNATURE && field->is_widget &&
           !pdf_is_dict(pdf->context, pdf_dict_get(pdf->context, field->object, PDF_NAME(V))) &&
           (box.x1 - box.x0) * (box.y1 - box.y0) <= BOX_AREA_MAX;
}

static bool references_method(fz_context *context, pdf_obj *dictionary, const char *method,
                              pdf_obj **parameters)
{
    pdf_obj *references = pdf_dict_gets(context, dictionary, "Reference");

    for (int i = 0; i < pdf_array_len(context, references); i++) {
        pdf_obj *reference = pdf_array_get(context, references, i);
        pdf_obj *found = pdf_dict_gets(context, reference, "TransformMethod");

        if (strcmp(pdf_to_name(context, found), method) == 0) {
            *parameters = pdf_dict_gets(context, reference, "TransformParams");
            return true;
        }
    }
    return false;
}

/* What may be changed after it: the stricter of DocMDP (§12.8.2.2; P is 2 where it is left out)
 * and of the P of the field's lock (ISO 32000-2 table 236). */
static void read_permission(fz_context *context, struct inspect_signed *found)
{
    pdf_obj *parameters = NULL;
    pdf_obj *lock = pdf_dict_gets(context, found->field->object, "Lock");
    int locked = pdf_dict_get_int(context, lock, PDF_NAME(P));

    found->certifies = references_method(context, found->dictionary, "DocMDP", &parameters);
    if (found->certifies) {
        int stated = pdf_dict_get_int(context, parameters, PDF_NAME(P));

        found->permission = stated >= 1 && stated <= 3 ? stated : 2;
    }
    if (locked >= 1 && locked <= 3 && (found->permission == 0 || locked < found->permission))
        found->permission = locked;
}

static void read_certificate(const struct inspect_pdf *pdf, struct inspect_signed *found)
{
    fz_context *context = pdf->context;
    pdf_obj *value = pdf_dict_gets(context, found->dictionary, "Cert");
    unsigned char *copy;

    if (pdf_is_array(context, value))
        value = pdf_array_get(context, value, 0);
    if (!pdf_is_string(context, value))
        return;
    found->certificate.length = pdf_to_str_len(context, value);
    copy = inspect_pool(context, pdf->pool, found->certificate.length, 1);
    memcpy(copy, pdf_to_str_buf(context, value), found->certificate.length);
    found->certificate.data = copy;
}

static void read_signed(const struct inspect_pdf *pdf, struct inspect_signed *found)
{
    fz_context *context = pdf->context;
    pdf_obj *value = pdf_dict_get(context, found->field->object, PDF_NAME(V));
    pdf_obj *range = pdf_dict_get(context, found->dictionary, PDF_NAME(ByteRange));
    int number = pdf_to_num(context, value);
    pdf_xref_entry *entry = NULL;

    found->is_direct = number == 0;
    found->number = number ? number : found->field->number;
    if (found->number > 0)
        entry = pdf_get_xref_entry_no_null(context, pdf->document, (int)found->number);
    found->place = entry && entry->type == 'n' && entry->ofs >= 0 ? (size_t)entry->ofs : SIZE_MAX;
    for (int i = 0; i < pdf_array_len(context, range) && i < 8; i++) {
        pdf_obj *item = pdf_array_get(context, range, i);

        found->range[found->range_count++] =
            pdf_is_int(context, item) ? pdf_to_int64(context, item) : -1;
    }
    found->stated_time = pdf_dict_get_date(context, found->dictionary, PDF_NAME(M));
    if (found->stated_time < 0)
        found->stated_time = 0;
    inspect_pdf_text(context, pdf_dict_get(context, found->dictionary, PDF_NAME(SubFilter)),
                     found->subfilter, sizeof found->subfilter);
    found->is_timestamp = strcmp(found->subfilter, "ETSI.RFC3161") == 0;
    read_permission(context, found);
    read_certificate(pdf, found);
}

static bool is_listed(fz_context *context, const struct inspect_signed *list, int count,
                      pdf_obj *value)
{
    for (int i = 0; i < count; i++)
        if (!list[i].is_direct && list[i].number == pdf_to_num(context, value))
            return true;
    return false;
}

int inspect_fields_signed(const struct inspect_pdf *pdf, const struct inspect_fields *fields,
                          struct inspect_signed *list)
{
    fz_context *context = pdf->context;
    int count = 0;

    for (int i = 0; i < fields->count; i++) {
        const struct inspect_field *field = &fields->list[i];
        pdf_obj *value = pdf_dict_get(context, field->object, PDF_NAME(V));

        if (field->kind != INSPECT_FIELD_SIGNATURE || !pdf_is_dict(context, value) ||
            is_listed(context, list, count, value))
            continue;
        if (count == INSPECT_SIGNATURES_MAX)
            return -1;
        list[count] = (struct inspect_signed){.field = field, .dictionary = value};
        read_signed(pdf, &list[count++]);
    }
    return count;
}

const struct inspect_field *inspect_fields_unreadable(const struct inspect_pdf *pdf,
                                                      const struct inspect_fields *fields)
{
    fz_context *context = pdf->context;

    for (int i = 0; i < fields->count; i++) {
        pdf_obj *value = pdf_dict_get(context, fields->list[i].object, PDF_NAME(V));
        pdf_xref_entry *entry = NULL;

        if (fields->list[i].kind != INSPECT_FIELD_SIGNATURE || !value ||
            pdf_is_dict(context, value) ||
            (!pdf_is_indirect(context, value) && pdf_is_null(context, value)))
            continue;
        /* a reference to a free object is null (§7.3.10) */
        if (pdf_is_indirect(context, value) && !pdf->document->repair_attempted)
            entry = pdf_get_xref_entry_no_null(context, pdf->document, pdf_to_num(context, value));
        if (!entry || entry->type != 'f')
            return &fields->list[i];
    }
    return NULL;
}

bool inspect_fields_stray(const struct inspect_pdf *pdf)
{
    fz_context *context = pdf->context;
    int last = pdf_xref_len(context, pdf->document);

    if (!memmem(pdf->bytes.data, pdf->bytes.length, "/ByteRange", 10))
        return false;
    for (int i = 1; i < last; i++) {
        pdf_xref_entry *entry = pdf_get_xref_entry_no_null(context, pdf->document, i);
        pdf_obj *object = NULL;
        bool found = false;

        if (!entry || entry->type != 'n')
            continue;
        fz_var(object);
        fz_var(found);
        fz_try(context)
        {
            object = pdf_load_object(context, pdf->document, i);
            found = pdf_is_array(context, pdf_dict_get(context, object, PDF_NAME(ByteRange))) &&
                    pdf_is_string(context, pdf_dict_get(context, object, PDF_NAME(Contents)));
        }
        fz_always(context) pdf_drop_obj(context, object);
        fz_catch(context) found = false;
        if (found)
            return true;
    }
    return false;
}
