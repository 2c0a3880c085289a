/* What a returned file costs beside its original: compare ORIGINAL RETURNED prints the least
 * milliseconds of the processor's time a page, of some turns. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "inspect/compare.h"

#define TURNS 5

static struct bytes load(const char *path)
{
    FILE *file = fopen(path, "rb");
    unsigned char *data = malloc(INSPECT_FILE_MAX);
    size_t length = file && data ? fread(data, 1, INSPECT_FILE_MAX, file) : 0;

    if (file)
        fclose(file);
    return (struct bytes){data, length};
}

int main(int argc, char **argv)
{
    static struct inspect_comparison comparison;
    struct bytes original, returned;
    double least = 1e9;

    if (argc != 3)
        return 2;
    original = load(argv[1]);
    returned = load(argv[2]);
    for (int turn = 0; turn < TURNS; turn++) {
        enum inspect_failure why;
        clock_t start = clock();
        double took;

        if (!compare_files(original, returned, false, &comparison, &why) ||
            comparison.page_count == 0)
            return 1;
        took = (double)(clock() - start) * 1000 / CLOCKS_PER_SEC / comparison.page_count;
        least = took < least ? took : least;
    }
    printf("%.2f\n", least);
    return 0;
}
