#include "inspect/difference.h"

#include "inspect/strokes.h"

#define REACH 3        /* pixels at which ink of a scan is still the print's own */
#define REACH_EXACT 1  /* of what the same hand has drawn */
#define FAINT_EXACT 48 /* of 255 */
#define SOLID 170      /* of 255: print that no scanner loses */
#define NEAR 24        /* pixels (4 mm) between strokes of one hand */
#define WORD_GAP 18    /* pixels between changed words of one line */
#define LOST_MUCH 0.3F
#define INK_DARK 90
#define STROKE_TALL 90 /* pixels: taller than retyped text by far */

struct finding {
    struct arena *arena;
    const struct ink *original, *copy;
    bool exact;
    struct difference *difference;
    struct strokes *added, *lost;
    bool *is_text; /* of each added stroke: it is part of a changed word */
};

static void add_region(struct finding *finding, struct difference_region region)
{
    struct difference *difference = finding->difference;

    if (difference->region_count == INSPECT_REGIONS_MAX)
        difference->more_regions = true;
    else
        difference->regions[difference->region_count++] = region;
}

static int area_of(struct ink_box box)
{
    return ink_box_empty(box) ? 0 : (box.x1 - box.x0) * (box.y1 - box.y0);
}

static struct ink_box common(struct ink_box a, struct ink_box b)
{
    return (struct ink_box){a.x0 > b.x0 ? a.x0 : b.x0, a.y0 > b.y0 ? a.y0 : b.y0,
                            a.x1 < b.x1 ? a.x1 : b.x1, a.y1 < b.y1 ? a.y1 : b.y1};
}

/* Whether a stroke that is more than the letter itself crosses it: then somebody wrote there. */
static bool is_written_over(const struct finding *finding, const struct letter *letter)
{
    int height = letter->box.y1 - letter->box.y0, width = letter->box.x1 - letter->box.x0;

    for (int i = 0; i < finding->added->count; i++) {
        struct ink_box stroke = finding->added->list[i].box;

        if (ink_boxes_meet(stroke, letter->box) &&
            (stroke.y1 - stroke.y0 > 2 * height || stroke.x1 - stroke.x0 > 6 * width))
            return true;
    }
    return false;
}

/* ---- changed print ------------------------------------------------------------------------- */

static bool same_line(struct ink_box a, struct ink_box b)
{
    int top = a.y0 > b.y0 ? a.y0 : b.y0, bottom = a.y1 < b.y1 ? a.y1 : b.y1;
    int least = a.y1 - a.y0 < b.y1 - b.y0 ? a.y1 - a.y0 : b.y1 - b.y0;

    return bottom - top > least / 2;
}

static bool continues(const struct difference_region *region, struct ink_box word)
{
    return same_line(region->box, word) && word.x0 - region->box.x1 < WORD_GAP &&
           region->box.x0 - word.x1 < WORD_GAP;
}

/* The words of which a letter is changed; neighbours in a line are one region. */
static void list_words(struct finding *finding)
{
    const struct letter *letters = finding->difference->letters;
    size_t count = finding->difference->letter_count;
    struct difference_region region = {0};

    for (size_t first = 0, end; first < count; first = end) {
        struct ink_box word = letters[first].box;
        bool changed = false;

        for (end = first; end < count && letters[end].word == letters[first].word; end++) {
            word = ink_box_around(word, letters[end].box);
            changed = changed || letters[end].is_changed;
        }
        if (!changed)
            continue;
        if (region.end > 0 && region.end == first && continues(&region, word)) {
            region.box = ink_box_around(region.box, word);
            region.end = end;
            continue;
        }
        if (region.end > 0)
            add_region(finding, region);
        region = (struct difference_region){INSPECT_DIFFERENCE_CHANGED, INSPECT_PLACE_TEXT, word,
                                            first, end};
    }
    if (region.end > 0)
        add_region(finding, region);
}

/* Added strokes that are the new letters of a changed word. */
static void absorb_strokes(struct finding *finding)
{
    struct difference *difference = finding->difference;

    for (uint32_t i = 0; i < difference->region_count; i++)
        for (int k = 0; k < finding->added->count; k++) {
            struct ink_box stroke = finding->added->list[k].box;
            struct ink_box near = ink_box_grown(difference->regions[i].box, WORD_GAP);

            if (stroke.y1 - stroke.y0 > STROKE_TALL ||
                area_of(common(near, stroke)) * 2 < area_of(stroke) ||
                !ink_boxes_meet(near, stroke))
                continue;
            finding->is_text[k] = true;
            difference->regions[i].box = ink_box_around(difference->regions[i].box, stroke);
        }
}

/* Print that is no letter, and is gone: a frame, a logo, the code. */
static void list_lost(struct finding *finding)
{
    struct difference *difference = finding->difference;

    for (int i = 0; i < finding->lost->count; i++) {
        struct ink_box box = finding->lost->list[i].box;
        uint32_t at = 0;

        while (at < difference->region_count &&
               (difference->regions[at].kind != INSPECT_DIFFERENCE_CHANGED ||
                !ink_boxes_meet(ink_box_grown(difference->regions[at].box, NEAR), box)))
            at++;
        if (at < difference->region_count)
            difference->regions[at].box = ink_box_around(difference->regions[at].box, box);
        else
            add_region(finding, (struct difference_region){INSPECT_DIFFERENCE_CHANGED,
                                                           INSPECT_PLACE_FREE, box, 0, 0});
    }
}

/* ---- added ink ----------------------------------------------------------------------------- */

/* The stroke's ink that is in the box. */
static int ink_in(const struct strokes *strokes, int number, struct ink_box box)
{
    struct ink_box cells = common(strokes->list[number].box, box);
    int ink = 0;

    if (ink_box_empty(cells))
        return 0;
    for (int row = cells.y0 / STROKES_CELL; row * STROKES_CELL < cells.y1; row++)
        for (int column = cells.x0 / STROKES_CELL; column * STROKES_CELL < cells.x1; column++)
            if (strokes->number[row * strokes->columns + column] == number + 1)
                ink += strokes->ink[row * strokes->columns + column];
    return ink;
}

static bool is_over_text(const struct difference *difference, struct ink_box box)
{
    int covered = 0;

    for (size_t i = 0; i < difference->letter_count; i++)
        if (ink_boxes_meet(difference->letters[i].box, box))
            covered += area_of(common(difference->letters[i].box, box));
    return covered * 4 > area_of(box);
}

/* The box that has most of the stroke, or none of them. */
static uint32_t place_of(const struct finding *finding, int number)
{
    const struct stroke *stroke = &finding->added->list[number];

    for (uint32_t i = 0; i < INSPECT_BOX_COUNT; i++) {
        struct ink_box zone = finding->difference->boxes[i].zone;

        if (!ink_box_empty(zone) && ink_in(finding->added, number, zone) * 2 >= stroke->ink)
            return i;
    }
    return is_over_text(finding->difference, stroke->box) ? INSPECT_PLACE_TEXT : INSPECT_PLACE_FREE;
}

static void count_in_box(const struct finding *finding, int number, struct difference_box *box)
{
    const struct stroke *stroke = &finding->added->list[number];

    box->extent = box->ink == 0 ? stroke->box : ink_box_around(box->extent, stroke->box);
    box->ink += stroke->ink;
    box->touches_room =
        box->touches_room || ink_in(finding->added, number, box->room) * 3 >= stroke->ink;
}

/* Ink of one signatory is one region, wherever it is in the box; elsewhere strokes that are near
 * each other are. */
static struct difference_region *region_for(struct finding *finding, uint32_t from, uint32_t place,
                                            struct ink_box box)
{
    struct difference *difference = finding->difference;

    for (uint32_t i = from; i < difference->region_count; i++)
        if (difference->regions[i].place == place &&
            (place < INSPECT_BOX_COUNT ||
             ink_boxes_meet(ink_box_grown(difference->regions[i].box, NEAR), box)))
            return &difference->regions[i];
    return NULL;
}

static void list_added(struct finding *finding)
{
    uint32_t from = finding->difference->region_count;

    for (int i = 0; i < finding->added->count; i++) {
        struct ink_box box = finding->added->list[i].box;
        struct difference_region *region;
        uint32_t place;

        if (finding->is_text[i])
            continue;
        place = place_of(finding, i);
        if (place < INSPECT_BOX_COUNT)
            count_in_box(finding, i, &finding->difference->boxes[place]);
        region = region_for(finding, from, place, box);
        if (region)
            region->box = ink_box_around(region->box, box);
        else
            add_region(finding,
                       (struct difference_region){INSPECT_DIFFERENCE_ADDED, place, box, 0, 0});
    }
}

/* What the platform itself has printed in the rooms. */
static void count_printed(const struct ink *original, struct difference *difference)
{
    for (int i = 0; i < INSPECT_BOX_COUNT; i++) {
        struct ink_box room = ink_within(original, ink_box_grown(difference->boxes[i].room, -4));

        for (int y = room.y0; y < room.y1; y++)
            for (int x = room.x0; x < room.x1; x++)
                difference->boxes[i].printed +=
                    original->dark[(ptrdiff_t)y * original->width + x] >= INK_DARK;
    }
}

/* Only print that is darker than any scanner loses. */
static struct ink solid_print(struct arena *arena, const struct ink *original)
{
    struct ink solid = ink_smoothed(arena, original, 1);
    size_t count = (size_t)solid.width * (size_t)solid.height;

    for (size_t i = 0; i < count; i++)
        solid.dark[i] = solid.dark[i] >= SOLID ? solid.dark[i] : 0;
    return solid;
}

void difference_find(struct arena *arena, const struct ink *original, const struct ink *copy,
                     bool exact, struct difference *difference)
{
    struct finding finding = {arena, original, copy, exact, difference, NULL, NULL, NULL};
    struct ink there = exact ? *copy : ink_smoothed(arena, copy, 1);
    struct ink solid = solid_print(arena, original);
    int reach = exact ? REACH_EXACT : REACH;

    finding.added = ARENA_NEW(arena, struct strokes);
    finding.lost = ARENA_NEW(arena, struct strokes);
    strokes_find(arena, original, &there, reach, exact ? FAINT_EXACT : 0, finding.added);
    strokes_find(arena, copy, &solid, reach, SOLID, finding.lost);
    finding.is_text = ARENA_NEW_ARRAY(arena, (size_t)finding.added->count, bool);
    letters_compare(arena, original, copy, exact, difference->letters, difference->letter_count);
    for (size_t i = 0; i < difference->letter_count; i++)
        if (difference->letters[i].is_changed && difference->letters[i].lost < LOST_MUCH &&
            is_written_over(&finding, &difference->letters[i]))
            difference->letters[i].is_changed = false;
    list_words(&finding);
    absorb_strokes(&finding);
    list_lost(&finding);
    list_added(&finding);
    count_printed(original, difference);
}
