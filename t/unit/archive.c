/* ZIP files, as `unzip` and Python read them: the bytes as they were, the names as people write
 * them, none of them twice. */
#include "archive/zip_file.h"

#include <stdio.h>
#include <string.h>

#include "t/unit/tap.h"

/* Whether a name stands in the archive's directory, in UTF-8 and marked as such. */
static unsigned times(struct bytes zip, const char *name)
{
    unsigned found = 0;

    for (size_t at = 0; at + 46 + strlen(name) <= zip.length; at++)
        if (memcmp(zip.data + at, "PK\1\2", 4) == 0 && zip.data[at + 28] == strlen(name) &&
            memcmp(zip.data + at + 46, name, strlen(name)) == 0)
            found++;
    return found;
}

static void test_names(struct arena *arena)
{
    const struct bytes content = bytes_of("%PDF-1.7 content");
    const struct zip_entry entries[] = {
        {"DUPONT Zoé 03-02-2027", ".pdf", content},
        {"Dupont ZOE 03-02-2027", ".pdf", content},
        {"dupont zoé 03-02-2027", ".pdf", content},
        {"../../etc/passwd", ".pdf", content},
        {"A/B\\C:D\n", ".pdf", content},
        {"", ".pdf", {NULL, 0}},
    };
    struct bytes zip;

    OK(zip_file_write(arena, entries, 6, 1801483200, &zip) == ERR_OK && zip.length > 4 &&
           memcmp(zip.data, "PK\3\4", 4) == 0,
       "an archive is written");
    IS_INT(times(zip, "DUPONT Zoé 03-02-2027.pdf"), 1, "names have their accents");
    IS_INT(times(zip, "Dupont ZOE 03-02-2027 (2).pdf"), 1,
           "a name that differs by them is a second");
    IS_INT(times(zip, "dupont zoé 03-02-2027 (3).pdf"), 1, "and so is the third");
    IS_INT(times(zip, "___.._etc_passwd.pdf"), 1, "no name leads elsewhere");
    IS_INT(times(zip, "A_B_C_D.pdf"), 1, "what names cannot carry is left out");
    IS_INT(times(zip, "_.pdf"), 1, "and no name is empty");
}

static void test_empty(struct arena *arena)
{
    struct bytes zip;

    OK(zip_file_write(arena, NULL, 0, 0, &zip) != ERR_OK || zip.length == 0 || zip.length == 22,
       "an archive of nothing is no fault");
}

static void test_many(struct arena *arena)
{
    struct zip_entry entries[300];
    unsigned char *large = arena_alloc(arena, 100000);
    struct bytes zip;

    for (size_t i = 0; i < 300; i++)
        entries[i] = (struct zip_entry){"SAME", ".pdf", {large, 100000}};
    OK(zip_file_write(arena, entries, 300, 1801483200, &zip) == ERR_OK && zip.length > 30000000,
       "three hundred files of 100 kB are taken as they are");
    IS_INT(times(zip, "SAME (300).pdf"), 1, "each with a name of its own");
}

int main(void)
{
    struct arena *arena = arena_new((size_t)128 << 20);

    test_names(arena);
    test_empty(arena);
    test_many(arena);
    arena_free(arena);
    return tap_end();
}
