/* How long the pages of a file take to be looked at for codes, by the site's own inspector, for
 * t/bench/scanned.py: survey CONFIGURATION FILE TURNS prints the least milliseconds, and on how
 * many pages a code was read. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "inspect/client.h"

#define FILE_MOST ((size_t)20 * 1024 * 1024)

static struct bytes read_file(struct arena *arena, const char *path)
{
    unsigned char *place = arena_alloc(arena, FILE_MOST);
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(place, 1, FILE_MOST, file) : 0;

    if (file)
        fclose(file);
    return (struct bytes){place, length};
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new((size_t)256 * 1024 * 1024);
    struct settings settings;
    struct bytes file;
    double least = 0;
    unsigned read = 0;

    if (argc != 4 || settings_read(arena, argv[1], &settings) != ERR_OK)
        return 2;
    file = read_file(arena, argv[2]);
    for (long turn = 0; turn < strtol(argv[3], NULL, 10); turn++) {
        struct inspect_survey survey = {.file = file};
        int64_t start = clock_monotonic_us();
        double took;

        if (inspect_survey(arena, &settings, &survey, 1, INSPECT_PAGES_MAX) != ERR_OK)
            return 1;
        took = (double)(clock_monotonic_us() - start) / 1000;
        least = turn == 0 || took < least ? took : least;
        read = 0;
        for (uint32_t i = 0; i < survey.pages; i++)
            read += survey.sheets[i].code_count > 0;
    }
    printf("%.2f %u\n", least, read);
    arena_free(arena);
    return 0;
}
