#include "inspect/compare.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "inspect/appearance.h"
#include "inspect/difference.h"
#include "inspect/draw.h"
#include "inspect/registration.h"

#define LONGEST 1754 /* pixels of a page's longer side: 150 dots an inch on A4 */
#define SCRATCH_MAX ((size_t)64 * 1024 * 1024) /* of each arena: a page needs half of it */
#define SECONDS 4 /* in which pages are looked for; an inspection has ten */
#define MILLIMETRES (25.4F / 150.0F)
#define SQUARE_MILLIMETRES (MILLIMETRES * MILLIMETRES)

#define ALIKE_EXACT 0.97 /* of the original's ink, where nothing was printed and scanned */
#define ALIKE_STEP 24    /* of 255 */

/* Points around a field that belong to its box (pdf/signatures.c): the frame, and above it the
 * line for the date. */
#define ZONE_AROUND 3
#define ZONE_ABOVE 18

#define PRINTED_LEAST 12.0F /* square millimetres of a printed signature */
#define WRITTEN_LEAST 4.0F
#define EMPTY_MOST 1.0F
#define WRITTEN_LONG 5.0F /* millimetres */

struct comparing {
    struct arena *arena; /* emptied after each page of the original */
    struct arena *trial; /* emptied before each page that may be it */
    struct drawing original, returned;
    struct inspect_comparison *comparison;
    bool taken[INSPECT_PAGES_MAX]; /* pages of the returned file */
    int64_t end;                   /* of the time */
};

/* One page of each, drawn. */
struct pair {
    struct ink original, copy, placed;
    struct registration map;
    struct difference difference;
    float width, height; /* of the original in points */
};

static bool draw_ink(struct arena *arena, const struct drawing *drawing, int page, struct ink *ink)
{
    struct draw_size size = {.width = 0, .longest = LONGEST};
    enum inspect_failure why;
    fz_pixmap *picture;

    if (!draw_page(drawing, page, size, fz_device_gray(drawing->context), &picture, &why))
        return false;
    *ink = ink_of_grey(arena, picture->samples, picture->w, picture->h, picture->stride);
    fz_drop_pixmap(drawing->context, picture);
    return true;
}

/* ---- what the original's page is made of --------------------------------------------------- */

static struct ink_box box_of(fz_rect rect, float scale)
{
    return (struct ink_box){(int)floorf(rect.x0 * scale), (int)floorf(rect.y0 * scale),
                            (int)ceilf(rect.x1 * scale), (int)ceilf(rect.y1 * scale)};
}

static void copy_letters(const fz_stext_page *text, float scale, struct difference *difference)
{
    int word = 0;

    for (const fz_stext_block *block = text->first_block; block; block = block->next) {
        if (block->type != FZ_STEXT_BLOCK_TEXT)
            continue;
        for (const fz_stext_line *line = block->u.t.first_line; line; line = line->next) {
            word++;
            for (const fz_stext_char *at = line->first_char; at; at = at->next) {
                if (at->c == ' ' || at->c == 0xa0 || at->c == 0x202f) {
                    word++;
                    continue;
                }
                difference->letters[difference->letter_count++] =
                    (struct letter){.box = box_of(fz_rect_from_quad(at->quad), scale),
                                    .character = at->c,
                                    .word = word};
            }
        }
    }
}

/* The arena may jump, which it must not do inside MuPDF: the text is loaded first. */
static fz_stext_page *load_text(const struct drawing *drawing, int page, int flags)
{
    fz_context *context = drawing->context;
    fz_stext_options options = {.flags = flags};
    fz_stext_page *text = NULL;

    fz_var(text);
    fz_try(context)
    {
        text = fz_new_stext_page_from_page_number(context, (fz_document *)drawing->document, page,
                                                  &options);
    }
    fz_catch(context)
    {
        return NULL;
    }
    return text;
}

static void list_letters(struct comparing *comparing, int page, float scale,
                         struct difference *difference)
{
    fz_stext_page *text = load_text(&comparing->original, page, 0);

    if (!text)
        return;
    difference->letters =
        ARENA_NEW_ARRAY(comparing->arena, inspect_letters_count(text), struct letter);
    copy_letters(text, scale, difference);
    fz_drop_stext_page(comparing->original.context, text);
}

static void note_box(fz_context *context, pdf_annot *field, int page, struct pair *pair,
                     struct inspect_comparison *comparison)
{
    const char *name =
        pdf_dict_get_text_string(context, pdf_annot_obj(context, field), PDF_NAME(T));
    fz_rect room = pdf_bound_annot(context, field), zone = fz_expand_rect(room, ZONE_AROUND);
    float scale = (float)pair->original.width / pair->width;

    zone.y0 = room.y0 - ZONE_ABOVE;
    for (int i = 0; i < INSPECT_BOX_COUNT; i++) {
        struct inspect_compared_box *box = &comparison->boxes[i];

        if (strcmp(name, inspect_box_field((enum inspect_box)i)) != 0 || box->page != 0)
            continue;
        box->page = (uint32_t)page + 1;
        box->area[0] = room.x0 / pair->width;
        box->area[1] = room.y0 / pair->height;
        box->area[2] = room.x1 / pair->width;
        box->area[3] = room.y1 / pair->height;
        pair->difference.boxes[i].room = ink_within(&pair->original, box_of(room, scale));
        pair->difference.boxes[i].zone = ink_within(&pair->original, box_of(zone, scale));
    }
}

/* The page's size, and where its boxes are. */
static bool read_page(struct comparing *comparing, int number, struct pair *pair)
{
    fz_context *context = comparing->original.context;
    fz_page *page = NULL;
    bool is_read = false;

    fz_var(page);
    fz_var(is_read);
    fz_try(context)
    {
        fz_rect bounds;

        page = fz_load_page(context, (fz_document *)comparing->original.document, number);
        bounds = fz_bound_page(context, page);
        pair->width = bounds.x1 - bounds.x0;
        pair->height = bounds.y1 - bounds.y0;
        for (pdf_annot *field = pdf_first_widget(context, pdf_page_from_fz_page(context, page));
             field; field = pdf_next_widget(context, field))
            note_box(context, field, number, pair, comparing->comparison);
        is_read = pair->width >= 1 && pair->height >= 1;
    }
    fz_always(context) fz_drop_page(context, page);
    fz_catch(context) is_read = false;
    return is_read;
}

/* ---- finding the page in the returned file ------------------------------------------------- */

/* Whether the original's ink is where it was drawn, to the pixel. */
static bool is_exact(const struct ink *original, const struct ink *copy)
{
    size_t count = (size_t)original->width * (size_t)original->height, dark = 0, alike = 0;

    if (original->width != copy->width || original->height != copy->height)
        return false;
    for (size_t i = 0; i < count; i++)
        if (original->dark[i] > 64) {
            dark++;
            alike += abs(original->dark[i] - copy->dark[i]) <= ALIKE_STEP;
        }
    return dark > 0 && (double)alike >= (double)dark * ALIKE_EXACT;
}

static bool pair_with(struct comparing *comparing, int number, struct pair *pair,
                      struct inspect_compared_page *page)
{
    if (comparing->taken[number] || clock_monotonic_us() > comparing->end)
        return false;
    arena_reset(comparing->trial);
    if (!draw_ink(comparing->trial, &comparing->returned, number, &pair->copy))
        return false;
    if (is_exact(&pair->original, &pair->copy)) {
        pair->map = registration_identity();
        page->pairing = INSPECT_PAIRING_DRAWN;
    } else if (registration_find(comparing->trial, &pair->original, &pair->copy, &pair->map)) {
        page->pairing = INSPECT_PAIRING_REGISTERED;
    } else {
        return false;
    }
    page->returned = (uint32_t)number + 1;
    page->likeness = pair->map.likeness > 1 ? 1 : pair->map.likeness;
    comparing->taken[number] = true;
    return true;
}

/* The page of the same number first, then the others in their order. */
static bool find_pair(struct comparing *comparing, int number, struct pair *pair,
                      struct inspect_compared_page *page)
{
    if (number < comparing->returned.pages && pair_with(comparing, number, pair, page))
        return true;
    for (int i = 0; i < comparing->returned.pages && i < INSPECT_COMPARED_PAGES; i++)
        if (i != number && pair_with(comparing, i, pair, page))
            return true;
    return false;
}

/* ---- telling it ---------------------------------------------------------------------------- */

static void place_corner(const struct pair *pair, int x, int y, float corner[2])
{
    double u, v;

    registration_map(&pair->map, x, y, &u, &v);
    corner[0] = (float)(u / pair->copy.width);
    corner[1] = (float)(v / pair->copy.height);
}

/* What the original says there: whole words, as many as fit. */
static void copy_text(const struct difference *difference, const struct difference_region *from,
                      struct inspect_region *region)
{
    size_t length = 0;

    for (size_t i = from->first; i < from->end; i++) {
        const struct letter *letter = &difference->letters[i];

        if (length + 6 > sizeof region->text)
            break;
        if (i > from->first && letter->word != letter[-1].word)
            region->text[length++] = ' ';
        if (letter->character >= ' ' && letter->character != 0xfffd)
            length += (size_t)fz_runetochar(region->text + length, letter->character);
    }
    region->text[length] = '\0';
    if (!inspect_text_sound(region->text, sizeof region->text))
        region->text[0] = '\0';
}

static void tell_region(struct comparing *comparing, const struct pair *pair, int page,
                        const struct difference_region *from)
{
    struct inspect_comparison *comparison = comparing->comparison;
    struct ink_box box = ink_within(&pair->original, ink_box_grown(from->box, 3));
    float width = (float)pair->original.width, height = (float)pair->original.height;
    struct inspect_region *region;

    if (comparison->region_count == INSPECT_REGIONS_MAX) {
        comparison->more_regions = true;
        return;
    }
    region = &comparison->regions[comparison->region_count++];
    *region = (struct inspect_region){.kind = from->kind,
                                      .place = from->place,
                                      .page = (uint32_t)page + 1,
                                      .area = {(float)box.x0 / width, (float)box.y0 / height,
                                               (float)box.x1 / width, (float)box.y1 / height}};
    place_corner(pair, box.x0, box.y0, &region->returned[0]);
    place_corner(pair, box.x1, box.y0, &region->returned[2]);
    place_corner(pair, box.x1, box.y1, &region->returned[4]);
    place_corner(pair, box.x0, box.y1, &region->returned[6]);
    copy_text(&pair->difference, from, region);
}

static enum inspect_box_state state_of(const struct difference_box *box)
{
    float ink = (float)box->ink * SQUARE_MILLIMETRES;
    float wide = (float)(box->extent.x1 - box->extent.x0) * MILLIMETRES;
    float high = (float)(box->extent.y1 - box->extent.y0) * MILLIMETRES;

    if (ink >= WRITTEN_LEAST && box->touches_room && (wide >= WRITTEN_LONG || high >= WRITTEN_LONG))
        return INSPECT_BOX_WRITTEN;
    if ((float)box->printed * SQUARE_MILLIMETRES >= PRINTED_LEAST)
        return INSPECT_BOX_PRINTED;
    return ink < EMPTY_MOST ? INSPECT_BOX_EMPTY : INSPECT_BOX_UNCLEAR;
}

static void tell_boxes(struct comparing *comparing, const struct pair *pair)
{
    for (int i = 0; i < INSPECT_BOX_COUNT; i++) {
        const struct difference_box *box = &pair->difference.boxes[i];
        struct inspect_compared_box *told = &comparing->comparison->boxes[i];

        if (ink_box_empty(box->room))
            continue;
        told->state = state_of(box);
        told->ink = (float)box->ink * SQUARE_MILLIMETRES;
    }
}

/* ---- digital signatures -------------------------------------------------------------------- */

/* A signed field counts for the box whose name it has, or on which most of it lies. */
static void note_signature(fz_context *context, pdf_annot *field, uint32_t page, fz_rect bounds,
                           struct inspect_comparison *comparison)
{
    pdf_obj *object = pdf_annot_obj(context, field);
    const char *name = pdf_dict_get_text_string(context, object, PDF_NAME(T));
    fz_rect place = pdf_bound_annot(context, field);
    float x = ((place.x0 + place.x1) / 2 - bounds.x0) / (bounds.x1 - bounds.x0);
    float y = ((place.y0 + place.y1) / 2 - bounds.y0) / (bounds.y1 - bounds.y0);

    if (pdf_widget_type(context, field) != PDF_WIDGET_TYPE_SIGNATURE ||
        !pdf_is_dict(context, pdf_dict_get_inheritable(context, object, PDF_NAME(V))))
        return;
    for (int i = 0; i < INSPECT_BOX_COUNT; i++) {
        struct inspect_compared_box *box = &comparison->boxes[i];
        bool lies = box->page > 0 && comparison->pages[box->page - 1].returned == page &&
                    x > box->area[0] && x < box->area[2] && y > box->area[1] && y < box->area[3];

        if (lies || strcmp(name, inspect_box_field((enum inspect_box)i)) == 0) {
            box->state = INSPECT_BOX_SIGNED;
            inspect_text_copy(box->field, sizeof box->field, bytes_of(name));
        }
    }
}

/* The page of the same number is the same page: only what the platform printed in the boxes is
 * looked for, by where its pictures are. */
static void note_printed(struct comparing *comparing, int number, const struct pair *pair)
{
    fz_stext_page *text = load_text(&comparing->original, number, FZ_STEXT_PRESERVE_IMAGES);

    for (const fz_stext_block *block = text ? text->first_block : NULL; block;
         block = block->next) {
        float x = (block->bbox.x0 + block->bbox.x1) / 2 / pair->width;
        float y = (block->bbox.y0 + block->bbox.y1) / 2 / pair->height;

        for (int i = 0; block->type == FZ_STEXT_BLOCK_IMAGE && i < INSPECT_BOX_COUNT; i++) {
            struct inspect_compared_box *box = &comparing->comparison->boxes[i];

            if (box->page == (uint32_t)number + 1 && x > box->area[0] && x < box->area[2] &&
                y > box->area[1] && y < box->area[3])
                box->state = INSPECT_BOX_PRINTED;
        }
    }
    if (text)
        fz_drop_stext_page(comparing->original.context, text);
}

static void take_page(struct comparing *comparing, int number)
{
    struct inspect_compared_page *page = &comparing->comparison->pages[number];
    struct pair *pair = ARENA_NEW(comparing->arena, struct pair);

    if (!read_page(comparing, number, pair))
        return;
    *page = (struct inspect_compared_page){(uint32_t)number + 1, INSPECT_PAIRING_DRAWN, 1};
    for (int i = 0; i < INSPECT_BOX_COUNT; i++)
        if (comparing->comparison->boxes[i].page == (uint32_t)number + 1)
            comparing->comparison->boxes[i].state = INSPECT_BOX_EMPTY;
    note_printed(comparing, number, pair);
}

static void list_on_page(struct comparing *comparing, int number)
{
    fz_context *context = comparing->returned.context;
    fz_page *page = NULL;

    fz_var(page);
    fz_try(context)
    {
        page = fz_load_page(context, (fz_document *)comparing->returned.document, number);
        for (pdf_annot *field = pdf_first_widget(context, pdf_page_from_fz_page(context, page));
             field; field = pdf_next_widget(context, field))
            note_signature(context, field, (uint32_t)number + 1, fz_bound_page(context, page),
                           comparing->comparison);
    }
    fz_always(context) fz_drop_page(context, page);
    fz_catch(context) return;
}

static void compare_page(struct comparing *comparing, int number)
{
    struct inspect_compared_page *page = &comparing->comparison->pages[number];
    struct pair *pair = ARENA_NEW(comparing->arena, struct pair);
    bool exact;

    if (!draw_ink(comparing->arena, &comparing->original, number, &pair->original) ||
        !read_page(comparing, number, pair) || !find_pair(comparing, number, pair, page))
        return;
    exact = page->pairing == INSPECT_PAIRING_DRAWN;
    list_letters(comparing, number, (float)pair->original.width / pair->width, &pair->difference);
    pair->placed =
        exact ? pair->copy
              : registration_copy(comparing->arena, &pair->map, &pair->original, &pair->copy);
    difference_find(comparing->arena, &pair->original, &pair->placed, exact, &pair->difference);
    for (uint32_t i = 0; i < pair->difference.region_count; i++)
        tell_region(comparing, pair, number, &pair->difference.regions[i]);
    tell_boxes(comparing, pair);
}

/* What a digital signature shows stands in its box. */
static void tell_signed(struct inspect_comparison *comparison)
{
    for (uint32_t i = 0; i < INSPECT_BOX_COUNT; i++) {
        const struct inspect_compared_box *box = &comparison->boxes[i];

        if (box->state == INSPECT_BOX_SIGNED && box->page > 0)
            comparison->regions[comparison->region_count++] = (struct inspect_region){
                .kind = INSPECT_DIFFERENCE_ADDED,
                .place = i,
                .page = box->page,
                .area = {box->area[0], box->area[1], box->area[2], box->area[3]},
                .returned = {box->area[0], box->area[1], box->area[2], box->area[1], box->area[2],
                             box->area[3], box->area[0], box->area[3]}};
    }
}

/* The two files are open. */
static void compare_pages(struct comparing *comparing, bool only_signed)
{
    struct inspect_comparison *comparison = comparing->comparison;
    int pages = comparing->original.pages;

    comparison->page_count =
        (uint32_t)(pages < INSPECT_COMPARED_PAGES ? pages : INSPECT_COMPARED_PAGES);
    comparison->returned_pages = (uint32_t)comparing->returned.pages;
    comparing->arena = arena_new(SCRATCH_MAX);
    comparing->trial = arena_new(SCRATCH_MAX);
    for (uint32_t i = 0; i < comparison->page_count; i++) {
        if (only_signed)
            take_page(comparing, (int)i);
        else
            compare_page(comparing, (int)i);
        arena_reset(comparing->arena);
    }
    arena_free(comparing->arena);
    arena_free(comparing->trial);
    for (int i = 0; i < comparing->returned.pages && i < INSPECT_COMPARED_PAGES; i++)
        list_on_page(comparing, i);
    if (only_signed)
        tell_signed(comparison);
}

bool compare_files(struct bytes original, struct bytes returned, bool only_signed,
                   struct inspect_comparison *comparison, enum inspect_failure *why)
{
    int64_t start = clock_monotonic_us();
    struct comparing comparing = {.comparison = comparison,
                                  .end = start + (int64_t)SECONDS * 1000000};
    bool opened;

    *comparison = (struct inspect_comparison){0};
    opened = draw_open(original, &comparing.original, why) &&
             draw_open(returned, &comparing.returned, why);
    if (opened)
        compare_pages(&comparing, only_signed);
    draw_close(&comparing.original);
    draw_close(&comparing.returned);
    comparison->ms = (double)(clock_monotonic_us() - start) / 1000;
    return opened;
}
