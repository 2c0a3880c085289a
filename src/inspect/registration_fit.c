#include "inspect/registration_fit.h"

#include <math.h>
#include <stdlib.h>

#define PLACES_LEAST 12
#define UNKNOWNS 8

/* Gauss with pivots; false for a system without one solution. */
static bool solve(double matrix[UNKNOWNS][UNKNOWNS + 1], int count)
{
    for (int i = 0; i < count; i++) {
        int pivot = i;

        for (int k = i + 1; k < count; k++)
            if (fabs(matrix[k][i]) > fabs(matrix[pivot][i]))
                pivot = k;
        if (fabs(matrix[pivot][i]) < 1e-9)
            return false;
        for (int k = 0; k <= count; k++) {
            double swapped = matrix[i][k];

            matrix[i][k] = matrix[pivot][k];
            matrix[pivot][k] = swapped;
        }
        for (int k = 0; k < count; k++) {
            double factor = k == i ? 0 : matrix[k][i] / matrix[i][i];

            for (int j = i; factor != 0 && j <= count; j++)
                matrix[k][j] -= factor * matrix[i][j];
        }
    }
    for (int i = 0; i < count; i++)
        matrix[i][count] /= matrix[i][i];
    return true;
}

static void add_equation(double matrix[UNKNOWNS][UNKNOWNS + 1], int count,
                         const double row[UNKNOWNS], double value)
{
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < count; k++)
            matrix[i][k] += row[i] * row[k];
        matrix[i][count] += row[i] * value;
    }
}

/* Lengths are in thousands of pixels, for the numbers' sake. */
bool fit_map(const struct fit_place *places, int place_count, int unknowns,
             struct registration *map)
{
    double matrix[UNKNOWNS][UNKNOWNS + 1] = {{0}};
    const double unit = 1000;

    for (int i = 0; i < place_count; i++) {
        const struct fit_place *place = &places[i];
        double x = place->x / unit, y = place->y / unit, u = place->u / unit, v = place->v / unit;

        if (!place->found)
            continue;
        add_equation(matrix, unknowns, (const double[]){x, y, 1, 0, 0, 0, -u * x, -u * y}, u);
        add_equation(matrix, unknowns, (const double[]){0, 0, 0, x, y, 1, -v * x, -v * y}, v);
    }
    if (!solve(matrix, unknowns))
        return false;
    for (int i = 0; i < UNKNOWNS; i++)
        map->m[i] = i < unknowns ? matrix[i][unknowns] : 0;
    map->m[2] *= unit;
    map->m[5] *= unit;
    map->m[6] /= unit;
    map->m[7] /= unit;
    return true;
}

static double residual(const struct registration *map, const struct fit_place *place)
{
    double u, v;

    registration_map(map, place->x, place->y, &u, &v);
    return hypot(u - place->u, v - place->v);
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

bool fit_drop(struct fit_place *places, int place_count, const struct registration *map,
              double least)
{
    double sizes[FIT_PLACES_MOST], limit;
    size_t count = 0;
    int left = 0;

    for (int i = 0; i < place_count; i++)
        if (places[i].found)
            sizes[count++] = residual(map, &places[i]);
    if (count < PLACES_LEAST)
        return false;
    qsort(sizes, count, sizeof sizes[0], by_size);
    limit = fmax(least, 3 * sizes[count / 2]);
    for (int i = 0; i < place_count; i++) {
        struct fit_place *place = &places[i];

        place->found = place->found && residual(map, place) <= limit;
        left += place->found;
    }
    return left >= PLACES_LEAST;
}
