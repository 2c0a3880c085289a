#include <string.h>

#include "inspect/changes.h"

#define HIDDEN_FLAGS (1 | 2 | 32) /* Invisible, Hidden, NoView (ISO 32000-1 table 165) */
#define READ_ONLY_FLAG 1          /* of a field (table 221) */

static bool is_one_of(const char *key, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(key, *list) == 0)
            return true;
    return false;
}

/* The index in after's list of what was node `index` before, or -1. */
static int counterpart_of(const struct inspect_difference *difference, int index)
{
    const struct inspect_field *field = &difference->before_fields->list[index];
    const struct inspect_fields *after = difference->after_fields;

    if (field->number > 0)
        return inspect_fields_find(after, field->number);
    for (int i = 0; i < after->count; i++)
        if (after->list[i].number == 0 && strcmp(after->list[i].name, field->name) == 0 &&
            after->list[i].is_widget == field->is_widget)
            return i;
    return -1;
}

void inspect_field_pairs(struct inspect_difference *difference)
{
    for (int i = 0; i < difference->before_fields->count; i++) {
        int found = counterpart_of(difference, i);

        if (found >= 0)
            inspect_same_pair(&difference->same, difference->before_fields->list[i].object,
                              difference->after_fields->list[found].object);
    }
}

static bool is_signed(fz_context *context, const struct inspect_field *field)
{
    return field->kind == INSPECT_FIELD_SIGNATURE &&
           pdf_is_dict(context, pdf_dict_get(context, field->object, PDF_NAME(V)));
}

static bool has_area(fz_context *context, pdf_obj *widget)
{
    fz_rect box = pdf_dict_get_rect(context, widget, PDF_NAME(Rect));

    return box.x1 - box.x0 > 0 && box.y1 - box.y0 > 0;
}

/* Something may be drawn over the page where the widget stands. */
static uint32_t touch(struct inspect_difference *difference, const struct inspect_field *field)
{
    uint32_t page = inspect_pdf_page_of(difference->after, field->object);

    if (page > 0 && has_area(difference->context, field->object))
        difference->touched[page - 1] = true;
    return page;
}

/* Whether parameters of a lock (§12.8.2.4) name the field. */
static bool names_field(fz_context *context, pdf_obj *parameters, const char *name)
{
    pdf_obj *names = pdf_dict_get(context, parameters, PDF_NAME(Fields));
    const char *action = pdf_to_name(context, pdf_dict_gets(context, parameters, "Action"));
    bool listed = false;

    for (int i = 0; i < pdf_array_len(context, names); i++) {
        char one[INSPECT_NAME_SIZE];
        size_t length;

        inspect_pdf_text(context, pdf_array_get(context, names, i), one, sizeof one);
        length = strlen(one);
        listed = listed ||
                 (strncmp(name, one, length) == 0 && (name[length] == '\0' || name[length] == '.'));
    }
    return strcmp(action, "All") == 0 || (strcmp(action, "Include") == 0 && listed) ||
           (strcmp(action, "Exclude") == 0 && !listed);
}

/* Whether the signature that closed the earlier revision locks the field: by what it says, or by
 * the lock of its own field, which a program that signs should have heeded (§12.7.4.5). */
static bool is_locked(const struct inspect_difference *difference, const char *name)
{
    fz_context *context = difference->context;
    pdf_obj *references;

    if (!difference->signature)
        return false;
    references = pdf_dict_gets(context, difference->signature->dictionary, "Reference");
    for (int i = 0; i < pdf_array_len(context, references); i++) {
        pdf_obj *reference = pdf_array_get(context, references, i);
        const char *method =
            pdf_to_name(context, pdf_dict_gets(context, reference, "TransformMethod"));

        if (strcmp(method, "FieldMDP") == 0 &&
            names_field(context, pdf_dict_gets(context, reference, "TransformParams"), name))
            return true;
    }
    return names_field(context,
                       pdf_dict_gets(context, difference->signature->field->object, "Lock"), name);
}

/* Whether a field shows something of its own: a value that is neither empty nor its default. */
static bool is_filled(fz_context *context, pdf_obj *field)
{
    pdf_obj *value = pdf_dict_get_inheritable(context, field, PDF_NAME(V));
    pdf_obj *standard = pdf_dict_get_inheritable(context, field, PDF_NAME(DV));

    if (pdf_is_string(context, value))
        return pdf_to_str_len(context, value) > 0 &&
               !(pdf_is_string(context, standard) &&
                 pdf_objcmp_resolve(context, value, standard) == 0);
    if (pdf_is_name(context, value))
        return !pdf_name_eq(context, value, PDF_NAME(Off)) &&
               !(pdf_is_name(context, standard) && pdf_name_eq(context, value, standard));
    if (pdf_is_array(context, value))
        return pdf_array_len(context, value) > 0;
    return pdf_is_stream(context, value);
}

static bool same_key(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after,
                     const char *key)
{
    return inspect_same_entry(&difference->same, before, after, key);
}

/* Whether the dictionary of appearances is used by something else than widgets: then a change of it
 * was prepared to change that, too. */
static bool is_shared(struct inspect_difference *difference, pdf_obj *widget)
{
    fz_context *context = difference->context;
    pdf_document *document = difference->before->document;
    int wanted = pdf_to_num(context, pdf_dict_get(context, widget, PDF_NAME(AP)));
    int last = pdf_xref_len(context, document);

    for (int i = 1; wanted > 0 && i < last; i++) {
        pdf_xref_entry *entry = pdf_get_xref_entry_no_null(context, document, i);
        pdf_obj *object;
        bool refers = false;

        if (!entry || (entry->type != 'n' && entry->type != 'o'))
            continue;
        object = pdf_new_indirect(context, document, i, 0);
        for (int k = 0; k < pdf_dict_len(context, object); k++)
            refers = refers ||
                     (pdf_to_num(context, pdf_dict_get_val(context, object, k)) == wanted &&
                      !pdf_name_eq(context, pdf_dict_get_key(context, object, k), PDF_NAME(AP)));
        pdf_drop_obj(context, object);
        if (refers)
            return true;
    }
    return false;
}

/* What filling in and signing change of a field and its widget. */
static bool is_free(const struct inspect_field *field, const char *key)
{
    static const char *const always[] = {"Kids", "V", "AP", "AS", "F", "Ff", "M", NULL};
    static const char *const filling[] = {"DA", "MK", NULL};
    static const char *const value[] = {"Q", "DS", "RV", "I", "TI", NULL};

    if (is_one_of(key, always))
        return true;
    if (field->kind == INSPECT_FIELD_PUSH || field->kind == INSPECT_FIELD_UNKNOWN)
        return false;
    return is_one_of(key, filling) ||
           (field->kind != INSPECT_FIELD_SIGNATURE && is_one_of(key, value));
}

static bool rest_is_same(struct inspect_difference *difference, const struct inspect_field *field,
                         pdf_obj *before, pdf_obj *after)
{
    fz_context *context = difference->context;

    for (int i = 0; i < pdf_dict_len(context, before); i++) {
        const char *key = pdf_to_name(context, pdf_dict_get_key(context, before, i));

        if (!is_free(field, key) && !same_key(difference, before, after, key))
            return false;
    }
    for (int i = 0; i < pdf_dict_len(context, after); i++) {
        const char *key = pdf_to_name(context, pdf_dict_get_key(context, after, i));
        pdf_obj *value = pdf_dict_get_val(context, after, i);

        if (is_free(field, key) || pdf_dict_gets(context, before, key))
            continue;
        /* it says what was clear already */
        if (strcmp(key, "Type") == 0 && pdf_name_eq(context, value, PDF_NAME(Annot)))
            continue;
        if (strcmp(key, "P") == 0 &&
            pdf_name_eq(context, pdf_dict_get(context, value, PDF_NAME(Type)), PDF_NAME(Page)))
            continue;
        if (!same_key(difference, before, after, key))
            return false;
    }
    return true;
}

static bool flags_agree(fz_context *context, pdf_obj *before, pdf_obj *after, bool signing)
{
    int was = pdf_dict_get_int(context, before, PDF_NAME(Ff));
    int is = pdf_dict_get_int(context, after, PDF_NAME(Ff));
    int hid = pdf_dict_get_int(context, before, PDF_NAME(F)) & HIDDEN_FLAGS;
    int hides = pdf_dict_get_int(context, after, PDF_NAME(F)) & HIDDEN_FLAGS;

    return (was | READ_ONLY_FLAG) == (is | READ_ONLY_FLAG) && (is & was) == was &&
           (hid == hides || signing);
}

struct field_pair {
    const struct inspect_field *earlier, *field;
    pdf_obj *before, *after;
    bool value_same, appearance_same, state_same, own_same;
};

static void signature_rule(struct inspect_difference *difference, const struct field_pair *pair)
{
    fz_context *context = difference->context;
    const char *name = pair->field->name;
    pdf_obj *value = pdf_dict_get(context, pair->after, PDF_NAME(V));
    bool stamp =
        strcmp(pdf_dict_get_name(context, value, PDF_NAME(SubFilter)), "ETSI.RFC3161") == 0;
    uint32_t page;

    if (pair->value_same) {
        inspect_difference_forbid(difference, "inspect-appearance-replaced", "champ « %s »", name);
        return;
    }
    if (!pdf_is_dict(context, value)) {
        inspect_difference_forbid(difference, "inspect-signature-redefined", "champ « %s »", name);
        return;
    }
    if (!pair->appearance_same && is_shared(difference, pair->before))
        inspect_difference_forbid(difference, "inspect-appearance-shared", "champ « %s »", name);
    page = inspect_fields_is_box(difference->before, pair->earlier)
               ? inspect_pdf_page_of(difference->after, pair->field->object)
               : touch(difference, pair->field);
    inspect_difference_allow(difference, stamp ? INSPECT_LEVEL_VALIDATION : INSPECT_LEVEL_SIGNING);
    inspect_difference_added(difference, INSPECT_ADDED_SIGNATURE, page, pair->after, name);
}

static void value_rule(struct inspect_difference *difference, const struct field_pair *pair)
{
    fz_context *context = difference->context;
    const char *name = pair->field->name;
    bool had = pdf_is_dict(context, pdf_dict_get(context, pair->before, PDF_NAME(AP)));

    if (pair->value_same && pair->state_same && !pair->appearance_same && had)
        inspect_difference_forbid(difference, "inspect-appearance-replaced", "champ « %s »", name);
    else if (!pair->value_same && is_filled(context, pair->before))
        inspect_difference_forbid(difference, "inspect-value-replaced", "champ « %s »", name);
    else if (pair->field->kind == INSPECT_FIELD_PUSH || pair->field->kind == INSPECT_FIELD_UNKNOWN)
        inspect_difference_forbid(difference, "inspect-field-changed", "champ « %s »", name);
    if (!pair->appearance_same && is_shared(difference, pair->before))
        inspect_difference_forbid(difference, "inspect-appearance-shared", "champ « %s »", name);
    inspect_difference_allow(difference, INSPECT_LEVEL_FORM);
    inspect_difference_added(difference, INSPECT_ADDED_FIELD, touch(difference, pair->field),
                             pair->after, name);
}

static void pair_rule(struct inspect_difference *difference, int before_index, int after_index)
{
    fz_context *context = difference->context;
    const struct inspect_field *before = &difference->before_fields->list[before_index];
    const struct inspect_field *after = &difference->after_fields->list[after_index];
    struct field_pair pair = {
        .earlier = before, .field = after, .before = before->object, .after = after->object};
    bool signed_before = is_signed(context, before);

    pair.value_same = inspect_same_object(
        &difference->same, pdf_dict_get_inheritable(context, pair.before, PDF_NAME(V)),
        pdf_dict_get_inheritable(context, pair.after, PDF_NAME(V)));
    pair.appearance_same = same_key(difference, pair.before, pair.after, "AP");
    pair.state_same = same_key(difference, pair.before, pair.after, "AS");
    pair.own_same = rest_is_same(difference, after, pair.before, pair.after);
    if (before->kind != after->kind || before->is_widget != after->is_widget || !pair.own_same ||
        !flags_agree(context, pair.before, pair.after,
                     before->kind == INSPECT_FIELD_SIGNATURE && !pair.value_same))
        inspect_difference_forbid(difference, "inspect-field-changed", "champ « %s »",
                                  before->name);
    if (pair.value_same && pair.appearance_same && pair.state_same)
        return;
    if (signed_before) {
        inspect_difference_forbid(difference, "inspect-signature-redefined", "champ « %s »",
                                  before->name);
        return;
    }
    if (is_locked(difference, before->name))
        inspect_difference_forbid(difference, "inspect-field-locked", "champ « %s »", before->name);
    if (before->kind == INSPECT_FIELD_SIGNATURE)
        signature_rule(difference, &pair);
    else
        value_rule(difference, &pair);
}

static bool name_taken(const struct inspect_difference *difference, const char *name)
{
    for (int i = 0; i < difference->before_fields->count; i++)
        if (strcmp(difference->before_fields->list[i].name, name) == 0)
            return true;
    return false;
}

/* A field that was not there: only a signature's may come. */
static void new_rule(struct inspect_difference *difference, const struct inspect_field *field)
{
    fz_context *context = difference->context;
    pdf_obj *value = pdf_dict_get(context, field->object, PDF_NAME(V));
    bool stamp =
        strcmp(pdf_dict_get_name(context, value, PDF_NAME(SubFilter)), "ETSI.RFC3161") == 0;
    bool visible = has_area(context, field->object);
    int permission = difference->signature ? difference->signature->permission : 0;

    if (field->kind == INSPECT_FIELD_GROUP &&
        pdf_array_len(context, pdf_dict_get(context, field->object, PDF_NAME(Kids))) > 0)
        return;
    if (field->kind != INSPECT_FIELD_SIGNATURE) {
        inspect_difference_forbid(difference, "inspect-field-added", "champ « %s »", field->name);
        return;
    }
    if (pdf_is_string(context, pdf_dict_get(context, field->object, PDF_NAME(T))) &&
        name_taken(difference, field->name))
        inspect_difference_forbid(difference, "inspect-field-duplicated", "champ « %s »",
                                  field->name);
    if (pdf_dict_gets(context, field->object, "A") || pdf_dict_gets(context, field->object, "AA"))
        inspect_difference_forbid(difference, "inspect-annotation-action", "champ « %s »",
                                  field->name);
    if (visible && difference->signature && difference->signature->certifies && permission < 3)
        inspect_difference_forbid(difference, "inspect-sneaky-signature", "champ « %s »",
                                  field->name);
    inspect_difference_allow(difference, stamp ? INSPECT_LEVEL_VALIDATION : INSPECT_LEVEL_SIGNING);
    if (pdf_is_dict(context, value))
        inspect_difference_added(difference, INSPECT_ADDED_SIGNATURE, touch(difference, field),
                                 field->object, field->name);
    else
        touch(difference, field);
}

static bool is_known(const struct inspect_difference *difference, int after_index)
{
    const struct inspect_field *field = &difference->after_fields->list[after_index];

    if (field->number > 0)
        return inspect_fields_find(difference->before_fields, field->number) >= 0;
    for (int i = 0; i < difference->before_fields->count; i++)
        if (counterpart_of(difference, i) == after_index)
            return true;
    return false;
}

void inspect_field_changes(struct inspect_difference *difference)
{
    for (int i = 0; i < difference->before_fields->count; i++) {
        int found = counterpart_of(difference, i);

        if (found < 0)
            inspect_difference_forbid(difference, "inspect-field-removed", "champ « %s »",
                                      difference->before_fields->list[i].name);
        else
            pair_rule(difference, i, found);
    }
    for (int i = 0; i < difference->after_fields->count; i++)
        if (!is_known(difference, i))
            new_rule(difference, &difference->after_fields->list[i]);
}
