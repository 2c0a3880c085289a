#include "inspect/registration.h"

#include <math.h>
#include <stdlib.h>

#include "inspect/registration_fit.h"

#define LEVELS 5      /* the coarsest picture is 1/16 as large */
#define SHIFT_MOST 8  /* pixels of the coarsest picture */
#define TURN_SURE 0.6 /* likeness of a whole page that is not upside down */
#define COLUMNS 7     /* of places that are looked for, one in each cell of the page */
#define ROWS 10
_Static_assert(COLUMNS *ROWS <= FIT_PLACES_MOST, "room for every place");
#define TILE 8 /* pixels of the half-sized picture */
#define TEXTURE_LEAST 20000
#define HALF 12 /* pixels around a place that are compared */
#define FOUND_LEAST 0.45F
#define LIKENESS_LEAST 0.5F

struct search {
    struct ink original[LEVELS], copy[LEVELS];
    struct fit_place places[FIT_PLACES_MOST];
    int count;
    struct registration map;
};

struct registration registration_identity(void)
{
    return (struct registration){.m = {1, 0, 0, 0, 1, 0, 0, 0}, .likeness = 1};
}

void registration_map(const struct registration *registration, double x, double y, double *u,
                      double *v)
{
    const double *m = registration->m;
    double d = m[6] * x + m[7] * y + 1;

    d = fabs(d) > 1e-6 ? d : 1e-6;
    *u = (m[0] * x + m[1] * y + m[2]) / d;
    *v = (m[3] * x + m[4] * y + m[5]) / d;
}

struct ink registration_copy(struct arena *arena, const struct registration *registration,
                             const struct ink *original, const struct ink *copy)
{
    const double *m = registration->m;
    struct ink placed = {original->width, original->height, NULL};

    placed.dark = arena_alloc(arena, (size_t)placed.width * (size_t)placed.height);
    for (int y = 0; y < placed.height; y++) {
        double u = m[1] * y + m[2], v = m[4] * y + m[5], d = m[7] * y + 1;
        unsigned char *row = placed.dark + (ptrdiff_t)y * placed.width;

        for (int x = 0; x < placed.width; x++, u += m[0], v += m[3], d += m[6])
            row[x] = (unsigned char)(ink_at(copy, (float)(u / d), (float)(v / d)) + 0.5F);
    }
    return placed;
}

/* ---- how the whole page lies ------------------------------------------------------------- */

/* Quarter turns and an angle around the middle of the page. */
static struct registration turned(const struct ink *original, const struct ink *copy, double angle,
                                  double dx, double dy)
{
    double c = cos(angle), s = sin(angle);
    double x = (original->width - 1) / 2.0, y = (original->height - 1) / 2.0;
    struct registration map = {.m = {c, -s, 0, s, c, 0, 0, 0}};

    map.m[2] = (copy->width - 1) / 2.0 - c * x + s * y + dx;
    map.m[5] = (copy->height - 1) / 2.0 - s * x - c * y + dy;
    return map;
}

/* Sums of which a correlation is made. */
struct correlation {
    double a, b, aa, bb, ab, count;
};

static float correlation_of(const struct correlation *sums)
{
    double va = sums->aa - sums->a * sums->a / sums->count;
    double vb = sums->bb - sums->b * sums->b / sums->count;

    if (sums->count < 1 || va < 1 || vb < 1)
        return 0;
    return (float)((sums->ab - sums->a * sums->b / sums->count) / sqrt(va * vb));
}

/* How like two pictures of the same size are when the second is shifted. */
static float likeness_shifted(const struct ink *a, const struct ink *b, int dx, int dy)
{
    int x0 = dx < 0 ? -dx : 0, x1 = dx > 0 ? a->width - dx : a->width;
    int y0 = dy < 0 ? -dy : 0, y1 = dy > 0 ? a->height - dy : a->height;
    struct correlation sums = {.count = (double)(x1 - x0) * (y1 - y0)};

    for (int y = y0; y < y1; y++) {
        const unsigned char *p = a->dark + (ptrdiff_t)y * a->width;
        const unsigned char *q = b->dark + (ptrdiff_t)(y + dy) * b->width + dx;
        int sum_a = 0, sum_b = 0, sum_aa = 0, sum_bb = 0, sum_ab = 0;

        for (int x = x0; x < x1; x++) {
            sum_a += p[x];
            sum_b += q[x];
            sum_aa += p[x] * p[x];
            sum_bb += q[x] * q[x];
            sum_ab += p[x] * q[x];
        }
        sums.a += sum_a;
        sums.b += sum_b;
        sums.aa += sum_aa;
        sums.bb += sum_bb;
        sums.ab += sum_ab;
    }
    return correlation_of(&sums);
}

static float best_shift(const struct ink *a, const struct ink *b, int *dx, int *dy)
{
    float best = -1;
    int x = 0, y = 0;

    for (int j = -SHIFT_MOST; j <= SHIFT_MOST; j += 2)
        for (int i = -SHIFT_MOST; i <= SHIFT_MOST; i += 2) {
            float likeness = likeness_shifted(a, b, i, j);

            if (likeness > best) {
                best = likeness;
                x = i;
                y = j;
            }
        }
    *dx = x;
    *dy = y;
    for (int j = y - 1; j <= y + 1; j++)
        for (int i = x - 1; i <= x + 1; i++) {
            float likeness = likeness_shifted(a, b, i, j);

            if (likeness > best) {
                best = likeness;
                *dx = i;
                *dy = j;
            }
        }
    return best;
}

/* Tries angles around a quarter turn; keeps the best of all in the search's map. */
static void try_turn(struct arena *arena, struct search *search, double turn)
{
    static const double degrees[] = {0, -1.5, 1.5, -3, 3, -5, 5, -7.5, 7.5, -10, 10};
    const struct ink *copy = &search->copy[LEVELS - 1];
    struct ink original = ink_smoothed(arena, &search->original[LEVELS - 1], 1);

    for (size_t i = 0; i < sizeof degrees / sizeof degrees[0]; i++) {
        double angle = turn + degrees[i] * M_PI / 180;
        struct registration map = turned(&original, copy, angle, 0, 0);
        struct ink placed = registration_copy(arena, &map, &original, copy);
        struct ink smooth = ink_smoothed(arena, &placed, 1);
        int dx, dy;
        float likeness = best_shift(&original, &smooth, &dx, &dy);

        if (likeness > search->map.likeness) {
            double c = cos(angle), s = sin(angle);

            search->map = turned(&original, copy, angle, c * dx - s * dy, s * dx + c * dy);
            search->map.likeness = likeness;
        }
    }
}

/* A map between pictures that are `by` times as large. */
static void enlarge(struct registration *map, double by)
{
    map->m[2] = (map->m[2] + 0.5) * by - 0.5 - (map->m[0] + map->m[1]) * (by - 1) / 2;
    map->m[5] = (map->m[5] + 0.5) * by - 0.5 - (map->m[3] + map->m[4]) * (by - 1) / 2;
}

static void find_whole(struct arena *arena, struct search *search)
{
    const struct ink *original = &search->original[0], *copy = &search->copy[0];
    bool lies = (original->width < original->height) != (copy->width < copy->height);

    search->map.likeness = -1;
    try_turn(arena, search, lies ? M_PI / 2 : 0);
    if (search->map.likeness < TURN_SURE)
        try_turn(arena, search, lies ? -M_PI / 2 : M_PI);
    enlarge(&search->map, 1 << (LEVELS - 1));
}

/* ---- places that are easily found again ---------------------------------------------------- */

struct tiles {
    int columns, rows;
    float *xx, *yy, *xy; /* sums of products of slopes */
};

static struct tiles tiles_of(struct arena *arena, const struct ink *ink)
{
    struct tiles tiles = {ink->width / TILE, ink->height / TILE, NULL, NULL, NULL};
    size_t count = (size_t)tiles.columns * (size_t)tiles.rows;

    tiles.xx = ARENA_NEW_ARRAY(arena, count, float);
    tiles.yy = ARENA_NEW_ARRAY(arena, count, float);
    tiles.xy = ARENA_NEW_ARRAY(arena, count, float);
    for (int y = 1; y + 1 < tiles.rows * TILE; y++)
        for (int x = 1; x + 1 < tiles.columns * TILE; x++) {
            const unsigned char *at = ink->dark + (ptrdiff_t)y * ink->width + x;
            float dx = (float)(at[1] - at[-1]), dy = (float)(at[ink->width] - at[-ink->width]);
            int tile = y / TILE * tiles.columns + x / TILE;

            tiles.xx[tile] += dx * dx;
            tiles.yy[tile] += dy * dy;
            tiles.xy[tile] += dx * dy;
        }
    return tiles;
}

/* How much there is to hold on to in both directions (the lesser eigenvalue of the slopes'
 * products, after Shi and Tomasi) in 3 × 3 tiles. */
static float texture_at(const struct tiles *tiles, int column, int row)
{
    float xx = 0, yy = 0, xy = 0;

    for (int j = row - 1; j <= row + 1; j++)
        for (int i = column - 1; i <= column + 1; i++) {
            xx += tiles->xx[j * tiles->columns + i];
            yy += tiles->yy[j * tiles->columns + i];
            xy += tiles->xy[j * tiles->columns + i];
        }
    return (xx + yy) / 2 - sqrtf((xx - yy) * (xx - yy) / 4 + xy * xy);
}

static void choose_places(struct arena *arena, struct search *search)
{
    struct tiles tiles = tiles_of(arena, &search->original[1]);

    search->count = 0;
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            float best = TEXTURE_LEAST;
            int x = 0, y = 0;

            for (int j = tiles.rows * row / ROWS; j < tiles.rows * (row + 1) / ROWS; j++)
                for (int i = tiles.columns * column / COLUMNS;
                     i < tiles.columns * (column + 1) / COLUMNS; i++) {
                    float texture = i > 1 && j > 1 && i + 2 < tiles.columns && j + 2 < tiles.rows
                                        ? texture_at(&tiles, i, j)
                                        : 0;
                    if (texture > best) {
                        best = texture;
                        x = i;
                        y = j;
                    }
                }
            if (best > TEXTURE_LEAST)
                search->places[search->count++] =
                    (struct fit_place){.x = (x + 0.5) * TILE * 2, .y = (y + 0.5) * TILE * 2};
        }
}

/* ---- finding them -------------------------------------------------------------------------- */

/* The copy around a place as the map so far puts it, with a margin to look in. */
struct patch {
    int side;
    unsigned char dark[(2 * (HALF + 4) + 1) * (2 * (HALF + 4) + 1)];
};

static void cut_patch(const struct ink *copy, const struct registration *map, double scale,
                      const struct fit_place *place, int half, struct patch *patch)
{
    double x0 = place->x / scale, y0 = place->y / scale;

    patch->side = 2 * half + 1;
    for (int y = -half; y <= half; y++)
        for (int x = -half; x <= half; x++) {
            double u, v;

            registration_map(map, (floor(x0) + x + 0.5) * scale - 0.5,
                             (floor(y0) + y + 0.5) * scale - 0.5, &u, &v);
            patch->dark[(y + half) * patch->side + x + half] = (unsigned char)ink_at(
                copy, (float)((u + 0.5) / scale - 0.5), (float)((v + 0.5) / scale - 0.5));
        }
}

static float likeness_in_patch(const struct ink *original, int x0, int y0,
                               const struct patch *patch, int radius, int dx, int dy)
{
    struct correlation sums = {.count = (2 * HALF + 1) * (2 * HALF + 1)};
    int a = 0, b = 0, aa = 0, bb = 0, ab = 0;

    for (int y = -HALF; y <= HALF; y++) {
        const unsigned char *p = original->dark + (ptrdiff_t)(y0 + y) * original->width + x0;
        const unsigned char *q =
            patch->dark + (y + dy + HALF + radius) * patch->side + dx + HALF + radius;

        for (int x = -HALF; x <= HALF; x++) {
            a += p[x];
            b += q[x];
            aa += p[x] * p[x];
            bb += q[x] * q[x];
            ab += p[x] * q[x];
        }
    }
    sums.a = a;
    sums.b = b;
    sums.aa = aa;
    sums.bb = bb;
    sums.ab = ab;
    return correlation_of(&sums);
}

/* Where a parabola through three values has its top, from the middle one. */
static double top_of(float before, float middle, float after)
{
    double bend = (double)before - 2.0 * (double)middle + (double)after;

    return bend < -1e-6 ? fmax(-0.5, fmin(0.5, ((double)before - (double)after) / (2 * bend))) : 0;
}

static void find_place(const struct search *search, int level, int radius, struct fit_place *place)
{
    const struct ink *original = &search->original[level];
    double scale = 1 << level, u, v, x, y;
    int x0 = (int)floor(place->x / scale), y0 = (int)floor(place->y / scale), dx = 0, dy = 0;
    float scores[9][9], best = -1;
    struct patch patch;

    place->found = false;
    if (x0 < HALF || y0 < HALF || x0 + HALF >= original->width || y0 + HALF >= original->height)
        return;
    cut_patch(&search->copy[level], &search->map, scale, place, HALF + radius, &patch);
    for (int j = -radius; j <= radius; j++)
        for (int i = -radius; i <= radius; i++) {
            scores[j + radius][i + radius] =
                likeness_in_patch(original, x0, y0, &patch, radius, i, j);
            if (scores[j + radius][i + radius] > best) {
                best = scores[j + radius][i + radius];
                dx = i;
                dy = j;
            }
        }
    if (best < FOUND_LEAST || abs(dx) == radius || abs(dy) == radius)
        return;
    x = dx +
        top_of(scores[dy + radius][dx + radius - 1], best, scores[dy + radius][dx + radius + 1]);
    y = dy +
        top_of(scores[dy + radius - 1][dx + radius], best, scores[dy + radius + 1][dx + radius]);
    registration_map(&search->map, (x0 + x + 0.5) * scale - 0.5, (y0 + y + 0.5) * scale - 0.5, &u,
                     &v);
    place->u = u;
    place->v = v;
    place->likeness = best;
    place->found = true;
}

/* ---- the map that fits them ---------------------------------------------------------------- */

static bool is_plausible(const struct registration *map)
{
    double area = map->m[0] * map->m[4] - map->m[1] * map->m[3];

    return area > 0.4 && area < 2.5;
}

static bool refine(struct search *search, int level, int radius, int unknowns)
{
    struct registration map = search->map;

    for (int i = 0; i < search->count; i++)
        find_place(search, level, radius, &search->places[i]);
    for (int round = 0; round < 3; round++)
        if (!fit_map(search->places, search->count, round == 0 ? 6 : unknowns, &map) ||
            !fit_drop(search->places, search->count, &map, 0.75 * (1 << level)))
            return false;
    if (!fit_map(search->places, search->count, unknowns, &map) || !is_plausible(&map))
        return false;
    search->map = map;
    return true;
}

/* What the places that were held say of the whole. */
static void judge(struct search *search)
{
    float sum = 0;

    search->map.found = 0;
    for (int i = 0; i < search->count; i++)
        if (search->places[i].found) {
            search->map.found++;
            sum += search->places[i].likeness;
        }
    search->map.likeness = search->map.found > 0 ? sum / (float)search->map.found : 0;
}

bool registration_find(struct arena *arena, const struct ink *original, const struct ink *copy,
                       struct registration *found)
{
    static const struct {
        int level, radius, unknowns;
    } steps[] = {{3, 4, 6}, {3, 3, 6}, {2, 4, 6}, {1, 3, 8}, {0, 4, 8}};
    struct search *search = ARENA_NEW(arena, struct search);

    search->original[0] = *original;
    search->copy[0] = *copy;
    for (int i = 1; i < LEVELS; i++) {
        search->original[i] = ink_halved(arena, &search->original[i - 1]);
        search->copy[i] = ink_halved(arena, &search->copy[i - 1]);
    }
    find_whole(arena, search);
    choose_places(arena, search);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (!refine(search, steps[i].level, steps[i].radius, steps[i].unknowns))
            return false;
    judge(search);
    *found = search->map;
    return found->found * 2 >= search->count && found->likeness >= LIKENESS_LEAST;
}
