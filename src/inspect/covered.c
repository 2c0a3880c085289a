#include "inspect/covered.h"

#include <string.h>

#include "inspect/appearance.h"

#define FIELD_MARGIN 4.0F   /* points around a field that its filling may spill over */
#define CONTRAST_LEAST 40   /* of a letter's darkest and lightest pixel, to be seen at all */
#define CONTRAST_KEPT 0.35F /* of the earlier contrast, to be read still */
#define AREAS_MAX 512

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

static void list_fields(const struct inspect_pdf *pdf, const struct inspect_fields *fields,
                        int number, const struct inspect_appearance *appearance,
                        struct areas *areas)
{
    for (int i = 0; i < fields->count; i++)
        if (fields->list[i].is_widget &&
            inspect_pdf_page_of(pdf, fields->list[i].object) == (uint32_t)number + 1)
            add_area(appearance, areas,
                     fz_expand_rect(
                         pdf_dict_get_rect(pdf->context, fields->list[i].object, PDF_NAME(Rect)),
                         FIELD_MARGIN));
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
    struct inspect_appearance before, after;
    struct areas annotations, fields;
};

/* A stroke of a pen may blacken one letter; two neighbours are covered. */
static int count_lost(const struct views *views, char *word, size_t size)
{
    const struct inspect_appearance *before = &views->before;
    int lost = 0;
    bool blackened = false;

    for (size_t i = 0; i < before->letter_count; i++) {
        fz_irect box = before->letters[i].box;
        enum fate fate = READABLE;

        if (!fz_is_empty_irect(box) && touches(&views->annotations, box) &&
            !holds(&views->fields, box))
            fate = fate_of(before->picture, views->after.picture, box);
        if (fate == ERASED || (fate == BLACKENED && blackened)) {
            if (lost++ == 0)
                copy_word(before, i, word, size);
        }
        blackened = fate == BLACKENED;
    }
    return lost;
}

static bool worth_drawing(const struct views *views)
{
    for (size_t i = 0; i < views->before.letter_count; i++)
        if (touches(&views->annotations, views->before.letters[i].box) &&
            !holds(&views->fields, views->before.letters[i].box))
            return true;
    return false;
}

int inspect_covered(const struct inspect_pdf *before, const struct inspect_fields *fields,
                    const struct inspect_pdf *after, int number, char *word, size_t size)
{
    fz_context *context = before->context;
    struct views *views = inspect_pool(context, before->pool, 1, sizeof *views);
    int lost = 0;

    word[0] = '\0';
    fz_var(lost);
    fz_try(context)
    {
        inspect_appearance_open(before, number, INSPECT_WITH_ANNOTATIONS, &views->before);
        list_annotations(after, number, &views->before, &views->annotations);
        list_fields(before, fields, number, &views->before, &views->fields);
        if (worth_drawing(views)) {
            inspect_appearance_open(after, number, INSPECT_WITH_ANNOTATIONS, &views->after);
            views->after.bounds = views->before.bounds;
            inspect_appearance_draw(before, INSPECT_WITH_ANNOTATIONS, &views->before);
            inspect_appearance_draw(after, INSPECT_WITH_ANNOTATIONS, &views->after);
            lost = count_lost(views, word, size);
        }
    }
    fz_always(context)
    {
        inspect_appearance_close(before, &views->before);
        inspect_appearance_close(after, &views->after);
    }
    fz_catch(context) fz_rethrow(context);
    return lost;
}
