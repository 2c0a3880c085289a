#include "inspect/changes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "inspect/attacks.h"

void inspect_difference_allow(struct inspect_difference *difference, enum inspect_level level)
{
    if (difference->level < level)
        difference->level = level;
}

void inspect_difference_forbid(struct inspect_difference *difference, const char *key,
                               const char *format, ...)
{
    char detail[INSPECT_DETAIL_SIZE];
    va_list args;

    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    inspect_reason_add(difference->report, INSPECT_ALTERATION, key, "%s", detail);
    difference->level = INSPECT_LEVEL_OTHER;
    difference->traces |= INSPECT_TRACE_REDEFINED;
}

void inspect_difference_added(struct inspect_difference *difference,
                              enum inspect_addition_kind kind, uint32_t page, pdf_obj *annotation,
                              const char *field)
{
    struct inspect_report *report = difference->report;
    struct inspect_addition *addition;
    fz_rect box;

    if (!difference->lists_additions)
        return;
    if (report->addition_count == INSPECT_ADDITIONS_MAX) {
        report->more_additions = true;
        return;
    }
    addition = &report->additions[report->addition_count++];
    box = pdf_dict_get_rect(difference->context, annotation, PDF_NAME(Rect));
    *addition = (struct inspect_addition){
        .kind = kind, .page = page, .box = {box.x0, box.y0, box.x1, box.y1}};
    inspect_text_copy(addition->field, sizeof addition->field, bytes_of(field));
}

static bool is_one_of(const char *key, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(key, *list) == 0)
            return true;
    return false;
}

/* Calls rule for each key that either dictionary has. */
static void each_key(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after,
                     void (*rule)(struct inspect_difference *, pdf_obj *, pdf_obj *, const char *))
{
    fz_context *context = difference->context;

    for (int i = 0; i < pdf_dict_len(context, before); i++)
        rule(difference, before, after, pdf_to_name(context, pdf_dict_get_key(context, before, i)));
    for (int i = 0; i < pdf_dict_len(context, after); i++) {
        const char *key = pdf_to_name(context, pdf_dict_get_key(context, after, i));

        if (!pdf_dict_gets(context, before, key))
            rule(difference, before, after, key);
    }
}

static pdf_obj *root_of(const struct inspect_pdf *pdf)
{
    return pdf_dict_get(pdf->context, pdf_trailer(pdf->context, pdf->document), PDF_NAME(Root));
}

/* Forbids the change of a key, and says where below it. */
static void must_be_same(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after,
                         const char *key, const char *reason)
{
    char where[96];

    if (inspect_same_entry(&difference->same, before, after, key))
        return;
    inspect_same_where(&difference->same, where, sizeof where);
    inspect_difference_forbid(difference, reason, "%s", where);
}

static void trailer_rule(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after,
                         const char *key)
{
    /* of each section alone (§7.5.5, §7.5.8.2), or with rules of their own */
    static const char *const own[] = {"Size",   "Prev",        "XRefStm", "ID",    "Root",
                                      "Info",   "Type",        "W",       "Index", "Length",
                                      "Filter", "DecodeParms", NULL};

    if (!is_one_of(key, own))
        must_be_same(difference, before, after, key, "inspect-catalog-changed");
}

/* Metadata may be rewritten, but stays XML: what else a program would read from it is unknown. */
static void metadata_rule(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after)
{
    fz_context *context = difference->context;
    pdf_obj *metadata = pdf_dict_get(context, after, PDF_NAME(Metadata));
    fz_buffer *buffer;
    unsigned char *data;
    size_t length, at = 0;

    if (inspect_same_entry(&difference->same, before, after, "Metadata"))
        return;
    if (!pdf_is_stream(context, metadata)) {
        inspect_difference_forbid(difference, "inspect-catalog-changed", "Metadata");
        return;
    }
    buffer = pdf_load_stream(context, metadata);
    length = fz_buffer_storage(context, buffer, &data);
    while (at < length && (data[at] <= ' ' || data[at] >= 0x80))
        at++;
    if (at == length || data[at] != '<')
        inspect_difference_forbid(difference, "inspect-catalog-changed", "Metadata");
    fz_drop_buffer(context, buffer);
    inspect_difference_allow(difference, INSPECT_LEVEL_VALIDATION);
}

/* The first signature may certify, which the catalog then says in Perms (§12.8.4). */
static bool is_first_certified(const struct inspect_difference *difference)
{
    fz_context *context = difference->context;

    if (pdf_dict_gets(context, root_of(difference->before), "Perms"))
        return false;
    for (int i = 0; i < difference->before_fields->count; i++) {
        const struct inspect_field *field = &difference->before_fields->list[i];

        if (field->kind == INSPECT_FIELD_SIGNATURE &&
            pdf_is_dict(context, pdf_dict_get(context, field->object, PDF_NAME(V))))
            return false;
    }
    return true;
}

static void catalog_rule(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after,
                         const char *key)
{
    static const char *const own[] = {"Pages", "AcroForm", NULL};
    static const char *const validation[] = {"DSS", "Extensions", "Version", NULL};
    static const char *const private[] = {"MarkInfo", "PieceInfo", "LastModified", "StructTreeRoot",
                                          NULL};

    if (is_one_of(key, own) || (strcmp(key, "Perms") == 0 && is_first_certified(difference)))
        return;
    if (strcmp(key, "Metadata") == 0)
        metadata_rule(difference, before, after);
    else if (is_one_of(key, validation) || is_one_of(key, private)) {
        if (!inspect_same_entry(&difference->same, before, after, key))
            inspect_difference_allow(difference, is_one_of(key, validation)
                                                     ? INSPECT_LEVEL_VALIDATION
                                                     : INSPECT_LEVEL_SIGNING);
    } else {
        must_be_same(difference, before, after, key, "inspect-catalog-changed");
    }
}

/* Resources for fields: new ones may come, those there stay. */
static void resources_rule(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after)
{
    fz_context *context = difference->context;

    for (int i = 0; i < pdf_dict_len(context, before); i++) {
        const char *kind = pdf_to_name(context, pdf_dict_get_key(context, before, i));
        pdf_obj *old = pdf_dict_get_val(context, before, i);
        pdf_obj *new = pdf_dict_gets(context, after, kind);

        if (!pdf_is_dict(context, old)) {
            must_be_same(difference, before, after, kind, "inspect-form-changed");
            continue;
        }
        for (int k = 0; k < pdf_dict_len(context, old); k++)
            must_be_same(difference, old, new,
                         pdf_to_name(context, pdf_dict_get_key(context, old, k)),
                         "inspect-form-changed");
    }
}

static void form_rule(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after,
                      const char *key)
{
    fz_context *context = difference->context;
    static const char *const own[] = {"Fields", "SigFlags", "DA", NULL};

    if (is_one_of(key, own))
        return;
    if (strcmp(key, "DR") == 0) {
        resources_rule(difference, pdf_dict_gets(context, before, key),
                       pdf_dict_gets(context, after, key));
    } else if (strcmp(key, "NeedAppearances") == 0) {
        /* a viewer then draws values instead of what was signed */
        if (pdf_to_bool(context, pdf_dict_gets(context, after, key)) &&
            !pdf_to_bool(context, pdf_dict_gets(context, before, key)) &&
            difference->before_fields->count > 0)
            inspect_difference_forbid(difference, "inspect-form-changed", "%s", key);
    } else {
        must_be_same(difference, before, after, key, "inspect-form-changed");
    }
}

/* An object of that number lay in the earlier revision already: whoever made that revision may have
 * meant it for now. */
static void trace_prepared(struct inspect_difference *difference, pdf_obj *object)
{
    const struct inspect_pdf *before = difference->before;
    int number = pdf_to_num(difference->context, object);
    pdf_xref_entry *entry = NULL;

    if (number > 0 && number < pdf_xref_len(difference->context, before->document))
        entry = pdf_get_xref_entry_no_null(difference->context, before->document, number);
    if (entry && (entry->type == 'n' || entry->type == 'o'))
        difference->traces |= INSPECT_TRACE_PREPARED;
}

/* The page that the present rule is about, for its message. */
static void page_rule(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after,
                      const char *key)
{
    static const char *const own[] = {"Annots",       "Parent",    "Tabs", "StructParents",
                                      "LastModified", "PieceInfo", NULL};
    static const char *const inherited[] = {"Resources", "MediaBox", "CropBox", "Rotate", NULL};
    int page = 0;
    char where[96];

    if (is_one_of(key, own) || is_one_of(key, inherited) ||
        inspect_same_entry(&difference->same, before, after, key))
        return;
    while (page < difference->before->page_count && difference->before->pages[page] != before)
        page++;
    inspect_same_where(&difference->same, where, sizeof where);
    if (pdf_to_num(difference->context, pdf_dict_gets(difference->context, before, key)) !=
        pdf_to_num(difference->context, pdf_dict_gets(difference->context, after, key)))
        trace_prepared(difference, pdf_dict_gets(difference->context, after, key));
    inspect_difference_forbid(
        difference, strcmp(key, "Contents") == 0 ? "inspect-page-content" : "inspect-page-changed",
        "page %d, %s", page + 1, where);
}

/* Images and forms that hide the page under them, or fonts that draw other letters. */
static void trace_resources(struct inspect_difference *difference, pdf_obj *before, pdf_obj *after)
{
    if (!inspect_same_entry(&difference->same, before, after, "XObject"))
        difference->traces |= INSPECT_TRACE_UNCOVERED;
    else if (!inspect_same_entry(&difference->same, before, after, "Font"))
        difference->traces |= INSPECT_TRACE_OVERLAID;
}

static void inherited_rule(struct inspect_difference *difference, int page, pdf_obj *key)
{
    fz_context *context = difference->context;
    pdf_obj *before = pdf_dict_get_inheritable(context, difference->before->pages[page], key);
    pdf_obj *after = pdf_dict_get_inheritable(context, difference->after->pages[page], key);
    char where[96] = "";
    const char *name = pdf_to_name(context, key);

    difference->same.key = name;
    if (inspect_same_object(&difference->same, before, after))
        return;
    inspect_same_where(&difference->same, where, sizeof where);
    if (strcmp(name, "Resources") == 0)
        trace_resources(difference, before, after);
    inspect_difference_forbid(difference,
                              strcmp(name, "Resources") == 0 ? "inspect-page-resources"
                                                             : "inspect-page-changed",
                              "page %d, %s", page + 1, where);
}

static bool pair_pages(struct inspect_difference *difference)
{
    const struct inspect_pdf *before = difference->before, *after = difference->after;
    fz_context *context = difference->context;

    if (before->page_count != after->page_count) {
        inspect_difference_forbid(difference, "inspect-pages-exchanged", "%d pages au lieu de %d",
                                  after->page_count, before->page_count);
        return false;
    }
    for (int i = 0; i < before->page_count; i++) {
        pdf_obj *a = before->pages[i], *b = after->pages[i];

        if (pdf_to_num(context, a) != pdf_to_num(context, b)) {
            trace_prepared(difference, b);
            inspect_difference_forbid(difference, "inspect-pages-exchanged", "page %d", i + 1);
            return false;
        }
        inspect_same_pair(&difference->same, a, b);
        for (int up = 0; up < INSPECT_TREE_DEPTH_MAX && a; up++) {
            a = pdf_dict_get(context, a, PDF_NAME(Parent));
            b = pdf_dict_get(context, b, PDF_NAME(Parent));
            if (pdf_to_num(context, a) == pdf_to_num(context, b))
                inspect_same_pair(&difference->same, a, b);
        }
    }
    return true;
}

static void find_all(struct inspect_difference *difference)
{
    fz_context *context = difference->context;
    pdf_obj *before = root_of(difference->before), *after = root_of(difference->after);
    pdf_obj *form = pdf_dict_get(context, before, PDF_NAME(AcroForm));
    pdf_obj *later = pdf_dict_get(context, after, PDF_NAME(AcroForm));

    inspect_same_pair(&difference->same, before, after);
    inspect_same_pair(&difference->same, form, later);
    if (!pair_pages(difference))
        return;
    inspect_field_pairs(difference);
    inspect_annotation_pairs(difference);
    each_key(difference, pdf_trailer(context, difference->before->document),
             pdf_trailer(context, difference->after->document), trailer_rule);
    each_key(difference, before, after, catalog_rule);
    each_key(difference, form, later, form_rule);
    for (int i = 0; i < difference->before->page_count; i++) {
        inherited_rule(difference, i, PDF_NAME(Resources));
        inherited_rule(difference, i, PDF_NAME(MediaBox));
        inherited_rule(difference, i, PDF_NAME(CropBox));
        inherited_rule(difference, i, PDF_NAME(Rotate));
        each_key(difference, difference->before->pages[i], difference->after->pages[i], page_rule);
    }
    inspect_field_changes(difference);
    inspect_annotation_changes(difference);
}

void inspect_difference_find(struct inspect_difference *difference)
{
    int permission = difference->signature ? difference->signature->permission : 0;

    difference->level = INSPECT_LEVEL_NONE;
    inspect_same_open(&difference->same, difference->before, difference->after, true);
    find_all(difference);
    if (permission > 0 && permission < 3 && difference->signature->certifies &&
        difference->level == INSPECT_LEVEL_ANNOTATION)
        difference->traces |= INSPECT_TRACE_ANNOTATED;
    if ((permission == 1 && difference->level > INSPECT_LEVEL_VALIDATION) ||
        (permission == 2 && difference->level > INSPECT_LEVEL_FORM))
        inspect_difference_forbid(difference, "inspect-permission", "%s",
                                  difference->signature->field->name);
}
