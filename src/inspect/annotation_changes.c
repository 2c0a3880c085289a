#include <string.h>

#include "inspect/changes.h"

static pdf_obj *annotations_of(const struct inspect_pdf *pdf, int page)
{
    return pdf_dict_get(pdf->context, pdf->pages[page], PDF_NAME(Annots));
}

/* The index of an indirect annotation in an array, or -1. */
static int find_number(fz_context *context, pdf_obj *list, int number)
{
    for (int i = 0; number > 0 && i < pdf_array_len(context, list); i++)
        if (pdf_to_num(context, pdf_array_get(context, list, i)) == number)
            return i;
    return -1;
}

static bool is_dictionary(fz_context *context, pdf_obj *object)
{
    return pdf_is_dict(context, object);
}

void inspect_annotation_pairs(struct inspect_difference *difference)
{
    fz_context *context = difference->context;

    for (int page = 0; page < difference->before->page_count; page++) {
        pdf_obj *before = annotations_of(difference->before, page);
        pdf_obj *after = annotations_of(difference->after, page);

        /* the array itself may be an object that something else refers to */
        inspect_same_pair(&difference->same,
                          pdf_dict_gets(context, difference->before->pages[page], "Annots"),
                          pdf_dict_gets(context, difference->after->pages[page], "Annots"));
        for (int i = 0; i < pdf_array_len(context, before); i++) {
            pdf_obj *annotation = pdf_array_get(context, before, i);
            int found = find_number(context, after, pdf_to_num(context, annotation));

            if (found >= 0 && is_dictionary(context, annotation))
                inspect_same_pair(&difference->same, annotation,
                                  pdf_array_get(context, after, found));
        }
    }
}

/* Everything of an annotation that was there when it was signed stays, but for its pop-up. */
static bool is_unchanged(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after)
{
    fz_context *context = difference->context;

    for (int i = 0; i < pdf_dict_len(context, before); i++) {
        const char *key = pdf_to_name(context, pdf_dict_get_key(context, before, i));

        if (strcmp(key, "Popup") != 0 && !inspect_same_entry(&difference->same, before, after, key))
            return false;
    }
    for (int i = 0; i < pdf_dict_len(context, after); i++) {
        const char *key = pdf_to_name(context, pdf_dict_get_key(context, after, i));

        if (!pdf_dict_gets(context, before, key) && strcmp(key, "Popup") != 0 &&
            strcmp(key, "P") != 0)
            return false;
    }
    return true;
}

struct kind {
    const char *subtype;
    enum inspect_addition_kind kind;
};

/* What may be added (ISO 32000-1 §12.5.6); anything else is refused: Redact, Watermark, Screen,
 * 3D, PrinterMark … change what the page shows in ways that are not looked into here. */
static const struct kind kinds[] = {
    {"Ink", INSPECT_ADDED_INK},
    {"Stamp", INSPECT_ADDED_STAMP},
    {"FreeText", INSPECT_ADDED_TEXT},
    {"Highlight", INSPECT_ADDED_MARKUP},
    {"Underline", INSPECT_ADDED_MARKUP},
    {"Squiggly", INSPECT_ADDED_MARKUP},
    {"StrikeOut", INSPECT_ADDED_MARKUP},
    {"Line", INSPECT_ADDED_MARKUP},
    {"Square", INSPECT_ADDED_MARKUP},
    {"Circle", INSPECT_ADDED_MARKUP},
    {"Polygon", INSPECT_ADDED_MARKUP},
    {"PolyLine", INSPECT_ADDED_MARKUP},
    {"Caret", INSPECT_ADDED_MARKUP},
    {"Text", INSPECT_ADDED_NOTE},
    {"Popup", INSPECT_ADDED_NOTE},
    {"Link", INSPECT_ADDED_OTHER},
    {"FileAttachment", INSPECT_ADDED_OTHER},
};

static const struct kind *kind_of(fz_context *context, pdf_obj *annotation)
{
    const char *subtype = pdf_dict_get_name(context, annotation, PDF_NAME(Subtype));

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(subtype, kinds[i].subtype) == 0)
            return &kinds[i];
    return NULL;
}

/* Whether an annotation does more than lead elsewhere (§12.6): what it runs may show another
 * document than was signed. */
static bool acts(fz_context *context, pdf_obj *annotation)
{
    static const char *const leading[] = {"GoTo", "GoToR", "URI", "Named"};
    pdf_obj *action = pdf_dict_gets(context, annotation, "A");
    const char *kind = pdf_to_name(context, pdf_dict_gets(context, action, "S"));

    if (pdf_dict_gets(context, annotation, "AA") || pdf_dict_gets(context, action, "Next"))
        return true;
    for (size_t i = 0; i < sizeof leading / sizeof *leading; i++)
        if (strcmp(kind, leading[i]) == 0)
            return false;
    return action != NULL;
}

static void new_widget_rule(struct inspect_difference *difference, int page, pdf_obj *widget)
{
    int number = pdf_to_num(difference->context, widget);
    int at = inspect_fields_find(difference->after_fields, number);

    if (at < 0)
        inspect_difference_forbid(difference, "inspect-widget-foreign", "page %d", page + 1);
    else if (difference->after_fields->list[at].kind != INSPECT_FIELD_SIGNATURE &&
             inspect_fields_find(difference->before_fields, number) >= 0)
        inspect_difference_forbid(difference, "inspect-field-changed", "page %d, champ « %s »",
                                  page + 1, difference->after_fields->list[at].name);
    difference->touched[page] = true;
}

static void new_rule(struct inspect_difference *difference, int page, pdf_obj *annotation)
{
    fz_context *context = difference->context;
    const char *subtype = pdf_dict_get_name(context, annotation, PDF_NAME(Subtype));
    const struct kind *kind = kind_of(context, annotation);

    if (!is_dictionary(context, annotation))
        return;
    if (strcmp(subtype, "Widget") == 0) {
        new_widget_rule(difference, page, annotation);
        return;
    }
    if (!kind) {
        inspect_difference_forbid(difference, "inspect-annotation-kind", "page %d, %s", page + 1,
                                  subtype);
        return;
    }
    if (acts(context, annotation))
        inspect_difference_forbid(difference, "inspect-annotation-action", "page %d, %s", page + 1,
                                  subtype);
    difference->touched[page] = true;
    inspect_difference_allow(difference, INSPECT_LEVEL_ANNOTATION);
    if (strcmp(subtype, "Popup") != 0)
        inspect_difference_added(difference, kind->kind, (uint32_t)page + 1, annotation, "");
}

/* An annotation that was there: the fields' rules judge widgets of fields. */
static void old_rule(struct inspect_difference *difference, int page, pdf_obj *before,
                     pdf_obj *after)
{
    fz_context *context = difference->context;
    const char *subtype = pdf_dict_get_name(context, before, PDF_NAME(Subtype));

    if (!is_dictionary(context, before))
        return;
    if (!after) {
        if (strcmp(subtype, "Popup") == 0)
            inspect_difference_allow(difference, INSPECT_LEVEL_ANNOTATION);
        else
            inspect_difference_forbid(difference, "inspect-annotation-removed", "page %d, %s",
                                      page + 1, subtype);
        return;
    }
    if (inspect_fields_find(difference->before_fields, pdf_to_num(context, before)) >= 0)
        return;
    if (!is_unchanged(difference, before, after))
        inspect_difference_forbid(difference, "inspect-annotation-changed", "page %d, %s", page + 1,
                                  subtype);
}

/* Direct annotations have no number: each is looked for by what it says. is_earlier: annotation is
 * of the earlier revision, the list of the later one; or else the other way round. */
static int find_equal(struct inspect_difference *difference, pdf_obj *list, pdf_obj *annotation,
                      bool is_earlier)
{
    fz_context *context = difference->context;

    for (int i = 0; i < pdf_array_len(context, list); i++) {
        pdf_obj *other = pdf_array_get(context, list, i);

        if (pdf_to_num(context, other) == 0 &&
            inspect_same_object(&difference->same, is_earlier ? annotation : other,
                                is_earlier ? other : annotation))
            return i;
    }
    return -1;
}

static void page_rule(struct inspect_difference *difference, int page)
{
    fz_context *context = difference->context;
    pdf_obj *before = annotations_of(difference->before, page);
    pdf_obj *after = annotations_of(difference->after, page);

    for (int i = 0; i < pdf_array_len(context, before); i++) {
        pdf_obj *annotation = pdf_array_get(context, before, i);
        int number = pdf_to_num(context, annotation);
        int found = number > 0 ? find_number(context, after, number)
                               : find_equal(difference, after, annotation, true);

        old_rule(difference, page, annotation,
                 found < 0 ? NULL : pdf_array_get(context, after, found));
    }
    for (int i = 0; i < pdf_array_len(context, after); i++) {
        pdf_obj *annotation = pdf_array_get(context, after, i);
        int number = pdf_to_num(context, annotation);
        bool known = number > 0 ? find_number(context, before, number) >= 0
                                : find_equal(difference, before, annotation, false) >= 0;

        if (!known)
            new_rule(difference, page, annotation);
    }
}

void inspect_annotation_changes(struct inspect_difference *difference)
{
    for (int page = 0; page < difference->before->page_count; page++)
        page_rule(difference, page);
}
