#include "inspect/letters.h"

#include <math.h>
#include <stdlib.h>

#define WORD_SHIFT 3 /* pixels by which paper that was pulled askew shifts a word */
#define LETTER_SHIFT 1
#define INK_DARK 110 /* of 255 */
#define INK_LEAST 6  /* dark pixels of a letter that is compared */
#define KEPT_SHARE 0.4F
#define ALIKE_LEAST 8   /* of one character, for it to have a usual likeness of its own */
#define DROP_LEAST 0.2F /* of likeness, on a scan */
#define DROP_EXACT 0.03F
#define SPREADS 6.0F /* by which a changed letter is off the usual */
#define CHARACTERS 512

struct shift {
    int x, y;
};

/* Likeness of a box of the original and the same box, shifted, of the copy. */
static float likeness(const struct ink *original, const struct ink *copy, struct ink_box box,
                      struct shift by)
{
    double a = 0, b = 0, aa = 0, bb = 0, ab = 0, count, va, vb;

    for (int y = box.y0; y < box.y1; y++) {
        const unsigned char *p = original->dark + (ptrdiff_t)y * original->width;
        const unsigned char *q = copy->dark + (ptrdiff_t)(y + by.y) * copy->width + by.x;
        int sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;

        for (int x = box.x0; x < box.x1; x++) {
            sa += p[x];
            sb += q[x];
            saa += p[x] * p[x];
            sbb += q[x] * q[x];
            sab += p[x] * q[x];
        }
        a += sa;
        b += sb;
        aa += saa;
        bb += sbb;
        ab += sab;
    }
    count = (double)(box.x1 - box.x0) * (box.y1 - box.y0);
    va = aa - a * a / count;
    vb = bb - b * b / count;
    return va < 1 || vb < 1 ? 0 : (float)((ab - a * b / count) / sqrt(va * vb));
}

/* The box, as far as it can be shifted by so much within the picture. */
static struct ink_box shiftable(const struct ink *ink, struct ink_box box, int by)
{
    box = ink_box_grown(box, by);
    box = ink_within(ink, box);
    return ink_box_grown(box, -by);
}

static struct shift best_shift(const struct ink *original, const struct ink *copy,
                               struct ink_box box, struct shift from, int radius, float *best)
{
    struct shift at = from;

    *best = likeness(original, copy, box, from);
    for (int y = from.y - radius; y <= from.y + radius; y++)
        for (int x = from.x - radius; x <= from.x + radius; x++) {
            float here = likeness(original, copy, box, (struct shift){x, y});

            if (here > *best) {
                *best = here;
                at = (struct shift){x, y};
            }
        }
    return at;
}

static void measure(const struct ink *original, const struct ink *copy, struct shift by,
                    struct letter *letter)
{
    int dark = 0, lost = 0;

    for (int y = letter->box.y0; y < letter->box.y1; y++)
        for (int x = letter->box.x0; x < letter->box.x1; x++) {
            int was = original->dark[(ptrdiff_t)y * original->width + x];
            int is = copy->dark[(ptrdiff_t)(y + by.y) * copy->width + x + by.x];

            if (was < INK_DARK)
                continue;
            dark++;
            lost += (float)is < (float)was * KEPT_SHARE;
        }
    letter->is_measured = dark >= INK_LEAST;
    letter->lost = dark > 0 ? (float)lost / (float)dark : 0;
}

static void compare_word(const struct ink *original, const struct ink *copy, bool exact,
                         struct letter *letters, size_t count)
{
    const int margin = WORD_SHIFT + LETTER_SHIFT + 1;
    struct ink_box whole = letters[0].box;
    struct shift by = {0, 0};
    float ignored;

    for (size_t i = 1; i < count; i++)
        whole = ink_box_around(whole, letters[i].box);
    whole = shiftable(original, whole, margin);
    if (!exact && !ink_box_empty(whole))
        by = best_shift(original, copy, whole, by, WORD_SHIFT, &ignored);
    for (size_t i = 0; i < count; i++) {
        struct ink_box box = shiftable(original, ink_box_grown(letters[i].box, 1), margin);
        struct shift own = by;

        letters[i].box = shiftable(original, letters[i].box, margin);
        if (ink_box_empty(box) || ink_box_empty(letters[i].box))
            continue;
        if (exact)
            letters[i].likeness = likeness(original, copy, box, by);
        else
            own = best_shift(original, copy, box, by, LETTER_SHIFT, &letters[i].likeness);
        measure(original, copy, own, &letters[i]);
    }
}

static int by_size(const void *a, const void *b)
{
    const float *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static float middle(float *values, size_t count)
{
    qsort(values, count, sizeof *values, by_size);
    return count > 0 ? values[count / 2] : 0;
}

/* Points, commas, dashes and the like have so little ink that noise decides what they look like. */
static bool is_slight(int character)
{
    return character <= 0x2f || (character >= 0x3a && character <= 0x3f) ||
           (character >= 0xa0 && character < 0xc0) || (character >= 0x2010 && character <= 0x203a);
}

/* What is usual on this page: for each frequent character, for the others, and how far letters
 * stray from it. */
struct usual {
    float of[CHARACTERS], other, spread;
};

static float usual_of(const struct usual *usual, int character)
{
    return character >= 0 && character < CHARACTERS && usual->of[character] > 0
               ? usual->of[character]
               : usual->other;
}

static bool counts(const struct letter *letter)
{
    return letter->is_measured && !is_slight(letter->character);
}

static void find_usual(struct arena *arena, const struct letter *letters, size_t count,
                       struct usual *usual)
{
    float *values = ARENA_NEW_ARRAY(arena, count, float);
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        if (counts(&letters[i]))
            values[found++] = letters[i].likeness;
    usual->other = middle(values, found);
    for (int character = 0; character < CHARACTERS; character++) {
        found = 0;
        for (size_t i = 0; i < count; i++)
            if (letters[i].character == character && counts(&letters[i]))
                values[found++] = letters[i].likeness;
        usual->of[character] = found >= ALIKE_LEAST ? middle(values, found) : 0;
    }
    found = 0;
    for (size_t i = 0; i < count; i++)
        if (counts(&letters[i]))
            values[found++] = fabsf(letters[i].likeness - usual_of(usual, letters[i].character));
    usual->spread = 1.48F * middle(values, found);
}

void letters_compare(struct arena *arena, const struct ink *original, const struct ink *copy,
                     bool exact, struct letter *letters, size_t count)
{
    struct usual *usual = ARENA_NEW(arena, struct usual);

    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && letters[end].word == letters[first].word;)
            end++;
        compare_word(original, copy, exact, letters + first, end - first);
    }
    find_usual(arena, letters, count, usual);
    for (size_t i = 0; i < count; i++) {
        float drop = usual_of(usual, letters[i].character) - letters[i].likeness;

        letters[i].is_changed = counts(&letters[i]) && drop > (exact ? DROP_EXACT : DROP_LEAST) &&
                                drop > SPREADS * usual->spread;
    }
}
