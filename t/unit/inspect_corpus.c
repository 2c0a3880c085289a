/* Signed PDFs with known answers: ../shared/corpus, which the project has no copy of. */
#include <stdio.h>
#include <stdlib.h>

#include "inspect/report.h"
#include "t/unit/tap.h"

#define ARENA_CEILING ((size_t)128 << 20)
#define INTACT_LEAST 97 /* of 100 files that are intact */

static const char *corpus(void)
{
    static char path[4096];
    const char *shared = getenv("PARAPHE_SHARED"), *source = getenv("srcdir");

    if (shared)
        snprintf(path, sizeof path, "%s/corpus", shared);
    else
        snprintf(path, sizeof path, "%s/../shared/corpus", source ? source : ".");
    return path;
}

static bool read_file(struct arena *arena, const char *path, struct bytes *bytes)
{
    FILE *file = fopen(path, "rb");
    unsigned char *data;
    long size;

    if (!file)
        return false;
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    data = arena_alloc(arena, (size_t)size);
    bytes->data = data;
    bytes->length = fread(data, 1, (size_t)size, file);
    fclose(file);
    return bytes->length == (size_t)size;
}

struct tally {
    int intact, intact_found;
};

static void try_file(struct arena *arena, const char *name, bool wanted_intact, struct tally *tally)
{
    static struct inspect_report report;
    struct inspect_input input = {.now = 1800000000};
    enum err err;
    bool intact;

    if (!read_file(arena, arena_printf(arena, "%s/pdf/%s", corpus(), name), &input.file)) {
        tap_skip(name, "the file is not there");
        return;
    }
    err = inspect_judge(arena, &input, &report);
    intact = err == ERR_OK && report.verdict == INSPECT_INTACT;
    tally->intact += wanted_intact;
    tally->intact_found += wanted_intact && intact;
    if (!OK(err == ERR_OK && inspect_report_sound(&report) && (wanted_intact || !intact),
            arena_printf(arena, "%s is %s", name,
                         wanted_intact ? "judged" : "not called intact")) ||
        intact != wanted_intact)
        printf("# %s, %s: %s\n", inspect_verdict_name(report.verdict),
               report.reason_count ? report.reasons[0].key : "no reason",
               report.reason_count ? report.reasons[0].detail : "");
}

int main(void)
{
    struct arena *arena = arena_new(ARENA_CEILING);
    char path[4200], line[1024];
    struct tally tally = {0};
    FILE *list;

    snprintf(path, sizeof path, "%s/expected.tsv", corpus());
    list = fopen(path, "r");
    if (!list) {
        tap_skip("each file of the corpus gets its known answer", "there is no corpus here");
        arena_free(arena);
        return tap_end();
    }
    while (fgets(line, sizeof line, list)) {
        char *tab = strchr(line, '\t');

        if (!tab || strncmp(line, "file\t", 5) == 0)
            continue;
        *tab = '\0';
        try_file(arena, line, strncmp(tab + 1, "intact", 6) == 0, &tally);
        arena_reset(arena);
    }
    fclose(list);
    OK(tally.intact_found * 100 >= tally.intact * INTACT_LEAST,
       "at least 97 % of the intact files are called intact");
    printf("# %d of %d\n", tally.intact_found, tally.intact);
    arena_free(arena);
    return tap_end();
}
