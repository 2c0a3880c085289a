/* How long the inspector's service takes for a file, from the question to the report: a confined
 * process each, as for a deposit.
 *
 *     warm CONFIG FILE TIMES
 *
 * Prints milliseconds for one, the median. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/settings.h"
#include "inspect/client.h"

#define MEMORY ((size_t)64 * 1024 * 1024)
#define TIMES_MAX 10000

static void check(enum err code)
{
    if (code == ERR_OK)
        return;
    fprintf(stderr, "warm: %s: %s\n", err_name(code), err_last()->detail);
    exit(1);
}

static struct bytes read_file(struct arena *arena, const char *path)
{
    unsigned char *data = arena_alloc(arena, INSPECT_FILE_MAX);
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(data, 1, INSPECT_FILE_MAX, file) : 0;

    if (length == 0) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return (struct bytes){data, length};
}

/* In microseconds. */
static int64_t inspect(struct arena *arena, const struct settings *settings, struct bytes file)
{
    int64_t start = clock_monotonic_us();
    const struct inspect_report *report;
    struct inspect_dialogue *dialogue;
    const struct inspect_found *found;

    check(inspect_open(arena, settings, file, &dialogue, &found));
    check(inspect_finish(dialogue, (struct bytes){0}, &report));
    return clock_monotonic_us() - start;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    struct arena *kept = arena_new(MEMORY), *arena = arena_new(MEMORY);
    long times = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    static int64_t needed[TIMES_MAX];
    struct settings settings;
    struct bytes file;

    if (times < 1 || times > TIMES_MAX) {
        fprintf(stderr, "usage: warm CONFIG FILE TIMES\n");
        return 2;
    }
    clock_open();
    check(settings_read(kept, argv[1], &settings));
    file = read_file(kept, argv[2]);
    for (long i = 0; i < times; i++) {
        needed[i] = inspect(arena, &settings, file);
        arena_reset(arena);
    }
    qsort(needed, (size_t)times, sizeof needed[0], compare);
    printf("%.3f\n", (double)needed[times / 2] / 1000);
    arena_free(arena);
    arena_free(kept);
    return 0;
}
