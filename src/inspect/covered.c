#include "inspect/covered.h"

#include <string.h>

#include "inspect/appearance.h"

#define BOX_MARGIN 4.0F     /* points around a field that its filling may spill over */
#define CONTRAST_LEAST 40   /* of a letter's darkest and lightest pixel, to be seen at all */
#define CONTRAST_KEPT 0.35F /* of the earlier contrast, to be read still */
#define AREAS_MAX 512
#define INK_LIGHTEST 200 /* grey of what counts as ink in a picture */
#define PIXELS_LOST 40   /* of a picture, at least */
#define ONLY_SOMEWHERE (PDF_ANNOT_IS_INVISIBLE | PDF_ANNOT_IS_NO_VIEW)

struct areas {
    fz_irect list[AREAS_MAX];
    int count;
};

static void add_area(const struct inspect_appearance *appearance, struct areas *areas, fz_rect box)
{
    fz_irect area = inspect_appearance_place(appearance, box);

    if (!fz_is_empty_irect(area) && areas->count < AREAS_MAX)
        areas->list[areas->count++] = area;
}

static bool holds(const struct areas *areas, fz_irect box)
{
    int x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;

    for (int i = 0; i < areas->count; i++)
        if (x >= areas->list[i].x0 && x < areas->list[i].x1 && y >= areas->list[i].y0 &&
            y < areas->list[i].y1)
            return true;
    return false;
}

static bool touches(const struct areas *areas, fz_irect box)
{
    for (int i = 0; i < areas->count; i++)
        if (!fz_is_empty_irect(fz_intersect_irect(areas->list[i], box)))
            return true;
    return false;
}

/* Too many annotations to look at one by one: then all of the page is looked at. */
static void list_annotations(const struct inspect_pdf *pdf, int number,
                             const struct inspect_appearance *appearance, struct areas *areas)
{
    fz_context *context = pdf->context;
    pdf_obj *annotations = pdf_dict_get(context, pdf->pages[number], PDF_NAME(Annots));
    int count = pdf_array_len(context, annotations);

    if (count > AREAS_MAX) {
        areas->list[areas->count++] = appearance->bounds;
        return;
    }
    for (int i = 0; i < count; i++) {
        pdf_obj *annotation = pdf_array_get(context, annotations, i);
        fz_rect box = pdf_dict_get_rect(context, annotation, PDF_NAME(Rect));

        add_area(appearance, areas, fz_expand_rect(box, 2));
    }
}

static void list_boxes(const struct inspect_pdf *pdf, const struct inspect_fields *fields,
                       int number, const struct inspect_appearance *appearance, struct areas *areas)
{
    for (int i = 0; i < fields->count; i++)
        if (inspect_fields_is_box(pdf, &fields->list[i]) &&
            inspect_pdf_page_of(pdf, fields->list[i].object) == (uint32_t)number + 1)
            add_area(appearance, areas,
                     fz_expand_rect(
                         pdf_dict_get_rect(pdf->context, fields->list[i].object, PDF_NAME(Rect)),
                         BOX_MARGIN));
}

/* Dots and lines that show where to write are there to be written on. */
static bool is_filler(int character)
{
    return character == '.' || character == '_' || character == '-' || character == 0x2026 ||
           character == 0xb7 || character == 0xfffd;
}

static bool counts(const struct inspect_letter *letter, const struct areas *annotations,
                   const struct areas *boxes)
{
    return !is_filler(letter->character) && !fz_is_empty_irect(letter->box) &&
           touches(annotations, letter->box) && !holds(boxes, letter->box);
}

/* What became of a letter. */
enum fate { READABLE, ERASED, BLACKENED };

/* The letter's own pixels are those on the side of its middle grey that fewer pixels are on. */
static enum fate fate_of(const fz_pixmap *before, const fz_pixmap *after, fz_irect box)
{
    int least = 255, most = 0, dark = 0, all = 0, middle;
    float sums[2][2] = {{0, 0}, {0, 0}}, count[2] = {0, 0}, was, is;
    bool ink_is_dark;

    for (int y = box.y0; y < box.y1; y++)
        for (int x = box.x0; x < box.x1; x++) {
            int grey = inspect_appearance_grey(before, x, y);

            least = grey < least ? grey : least;
            most = grey > most ? grey : most;
        }
    if (most - least < CONTRAST_LEAST)
        return READABLE;
    middle = (most + least) / 2;
    for (int y = box.y0; y < box.y1; y++)
        for (int x = box.x0; x < box.x1; x++, all++) {
            int grey = inspect_appearance_grey(before, x, y);
            int side = grey > middle;

            dark += !side;
            count[side] += 1;
            sums[0][side] += (float)grey;
            sums[1][side] += (float)inspect_appearance_grey(after, x, y);
        }
    ink_is_dark = dark * 2 <= all;
    was = sums[0][1] / count[1] - sums[0][0] / count[0];
    is = sums[1][1] / count[1] - sums[1][0] / count[0];
    if (is >= was * CONTRAST_KEPT)
        return READABLE;
    /* ink that is still as dark as it was may be under a stroke as dark as itself */
    return ink_is_dark && sums[1][0] / count[0] <= sums[0][0] / count[0] + (float)CONTRAST_LEAST
               ? BLACKENED
               : ERASED;
}

static void copy_word(const struct inspect_appearance *appearance, size_t at, char *word,
                      size_t size)
{
    size_t first = at, length = 0;

    while (first > 0 && appearance->letters[first - 1].word == appearance->letters[at].word)
        first--;
    for (; first < appearance->letter_count &&
           appearance->letters[first].word == appearance->letters[at].word && length + 5 < size;
         first++)
        length += (size_t)fz_runetochar(word + length, appearance->letters[first].character);
    word[length] = '\0';
}

struct views {
    struct inspect_pdf before_copy, after_copy;
    struct inspect_appearance before, after;
    struct areas annotations, boxes, pictures;
};

/* What was drawn on the earlier page besides letters: images, and annotations that show something.
 * Fields that are filled in later are looked at by their letters alone. */
static void list_pictures(const struct inspect_pdf *pdf, const struct inspect_fields *fields,
                          int number, const struct inspect_appearance *appearance,
                          struct areas *areas)
{
    fz_context *context = pdf->context;
    pdf_obj *annotations = pdf_dict_get(context, pdf->pages[number], PDF_NAME(Annots));

    for (size_t i = 0; i < appearance->image_count && areas->count < AREAS_MAX; i++)
        if (!fz_is_empty_irect(appearance->images[i]))
            areas->list[areas->count++] = appearance->images[i];
    for (int i = 0; i < pdf_array_len(context, annotations); i++) {
        pdf_obj *annotation = pdf_array_get(context, annotations, i);
        const char *kind = pdf_dict_get_name(context, annotation, PDF_NAME(Subtype));
        int at = inspect_fields_find(fields, pdf_to_num(context, annotation));
        bool is_signed = at >= 0 && fields->list[at].kind == INSPECT_FIELD_SIGNATURE &&
                         !inspect_fields_is_box(pdf, &fields->list[at]);

        if (strcmp(kind, "Link") != 0 && strcmp(kind, "Popup") != 0 &&
            (strcmp(kind, "Widget") != 0 || is_signed))
            add_area(appearance, areas, pdf_dict_get_rect(context, annotation, PDF_NAME(Rect)));
    }
}

/* Opens the bytes of a document once more and makes each annotation of a page show what its
 * appearance says: MuPDF draws a sign of its own over unsigned fields, and leaves out what is
 * only printed or is in a layer that is off. */
static void open_copy(const struct inspect_pdf *pdf, int number, struct inspect_pdf *copy)
{
    fz_context *context = pdf->context;
    pdf_obj *annotations;

    if (inspect_pdf_open(context, pdf->pool, pdf->bytes, copy) != INSPECT_OPENED ||
        copy->page_count != pdf->page_count)
        fz_throw(context, FZ_ERROR_GENERIC, "the document cannot be read again");
    annotations = pdf_dict_get(context, copy->pages[number], PDF_NAME(Annots));
    for (int i = 0; i < pdf_array_len(context, annotations); i++) {
        pdf_obj *annotation = pdf_array_get(context, annotations, i);
        pdf_obj *kind = pdf_dict_get(context, annotation, PDF_NAME(Subtype));
        pdf_obj *field = pdf_dict_get_inheritable(context, annotation, PDF_NAME(FT));
        int flags = pdf_dict_get_int(context, annotation, PDF_NAME(F)) & ~ONLY_SOMEWHERE;

        if (!pdf_is_dict(context, annotation))
            continue;
        pdf_dict_del(context, annotation, PDF_NAME(OC));
        if (pdf_name_eq(context, kind, PDF_NAME(Widget))) {
            if (pdf_is_dict(context, pdf_dict_get(context, annotation, PDF_NAME(AP))))
                pdf_dict_put(context, annotation, PDF_NAME(Subtype), PDF_NAME(Stamp));
            else if (pdf_name_eq(context, field, PDF_NAME(Sig)))
                flags |= PDF_ANNOT_IS_HIDDEN;
        }
        pdf_dict_put_int(context, annotation, PDF_NAME(F), flags);
    }
}

/* A stroke of a pen may blacken one letter; two neighbours are covered. */
static int count_lost(const struct views *views, char *word, size_t size)
{
    const struct inspect_appearance *before = &views->before;
    int lost = 0;
    bool blackened = false;

    for (size_t i = 0; i < before->letter_count; i++) {
        enum fate fate = READABLE;

        if (counts(&before->letters[i], &views->annotations, &views->boxes))
            fate = fate_of(before->picture, views->after.picture, before->letters[i].box);
        if (fate == ERASED || (fate == BLACKENED && blackened)) {
            if (lost++ == 0)
                copy_word(before, i, word, size);
        }
        blackened = fate == BLACKENED;
    }
    return lost;
}

/* A picture is lost when a quarter of its ink was wiped off, or half of its ground inked over. */
static bool is_lost(const struct views *views, fz_irect picture)
{
    int ink = 0, ground = 0, wiped = 0, inked = 0;

    for (int y = picture.y0; y < picture.y1; y++)
        for (int x = picture.x0; x < picture.x1; x++) {
            int was = inspect_appearance_grey(views->before.picture, x, y);
            int is = inspect_appearance_grey(views->after.picture, x, y);

            if (was < INK_LIGHTEST) {
                ink++;
                wiped += is > was + CONTRAST_LEAST;
            } else {
                ground++;
                inked += is < was - CONTRAST_LEAST;
            }
        }
    return (wiped >= PIXELS_LOST && wiped * 4 >= ink) ||
           (inked >= PIXELS_LOST && ink > 0 && inked * 2 >= ground);
}

static bool any_lost(const struct views *views)
{
    for (int i = 0; i < views->pictures.count; i++)
        if (touches(&views->annotations, views->pictures.list[i]) &&
            !holds(&views->boxes, views->pictures.list[i]) &&
            is_lost(views, views->pictures.list[i]))
            return true;
    return false;
}

static bool worth_drawing(const struct views *views)
{
    for (int i = 0; i < views->pictures.count; i++)
        if (touches(&views->annotations, views->pictures.list[i]))
            return true;
    for (size_t i = 0; i < views->before.letter_count; i++)
        if (counts(&views->before.letters[i], &views->annotations, &views->boxes))
            return true;
    return false;
}

bool inspect_covered(const struct inspect_pdf *before, const struct inspect_fields *fields,
                     const struct inspect_pdf *after, int number, char *word, size_t size)
{
    fz_context *context = before->context;
    struct views *views = inspect_pool(context, before->pool, 1, sizeof *views);
    bool lost = false;

    word[0] = '\0';
    views->before_copy.context = views->after_copy.context = context;
    fz_var(lost);
    fz_try(context)
    {
        open_copy(before, number, &views->before_copy);
        inspect_appearance_open(&views->before_copy, number, INSPECT_WITH_ANNOTATIONS,
                                &views->before);
        list_annotations(after, number, &views->before, &views->annotations);
        list_boxes(before, fields, number, &views->before, &views->boxes);
        list_pictures(before, fields, number, &views->before, &views->pictures);
        if (worth_drawing(views)) {
            open_copy(after, number, &views->after_copy);
            inspect_appearance_open(&views->after_copy, number, INSPECT_WITH_ANNOTATIONS,
                                    &views->after);
            views->after.bounds = views->before.bounds;
            inspect_appearance_draw(&views->before_copy, INSPECT_WITH_ANNOTATIONS, &views->before);
            inspect_appearance_draw(&views->after_copy, INSPECT_WITH_ANNOTATIONS, &views->after);
            lost = count_lost(views, word, size) > 0 || any_lost(views);
        }
    }
    fz_always(context)
    {
        inspect_appearance_close(before, &views->before);
        inspect_appearance_close(after, &views->after);
        inspect_pdf_close(&views->before_copy);
        inspect_pdf_close(&views->after_copy);
    }
    fz_catch(context) fz_rethrow(context);
    return lost;
}
