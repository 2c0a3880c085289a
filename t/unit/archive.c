/* ZIP files, as `unzip` and Python read them: the bytes as they were, the names as people write
 * them, none of them twice. */
#include "archive/zip_file.h"
#include "archive/zip_read.h"

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

static const struct zip_bounds bounds = {.files = 3, .file = 1000, .total = 2000};

/* An archive of files of so many bytes. */
static struct bytes archive_of(struct arena *arena, const size_t *sizes, size_t count)
{
    struct zip_entry entries[8];
    struct bytes zip = {0};

    for (size_t i = 0; i < count; i++) {
        unsigned char *content = arena_alloc(arena, sizes[i]);

        memset(content, 'a' + (int)i, sizes[i]);
        entries[i] = (struct zip_entry){"same", ".pdf", {content, sizes[i]}};
    }
    zip_file_write(arena, entries, count, 1801483200, &zip);
    return zip;
}

static bool refused(struct arena *arena, struct bytes zip, const char *key)
{
    struct zip_member *members;
    size_t count;

    return zip_read(arena, zip, bounds, &members, &count) != ERR_OK &&
           strcmp(err_last()->key, key) == 0;
}

static void test_reading(struct arena *arena)
{
    struct bytes zip = archive_of(arena, (size_t[]){10, 1001, 0}, 3);
    struct zip_member *members = NULL;
    size_t count = 0;

    OK(zip_is_one(zip) && !zip_is_one(bytes_of("%PDF-1.7")), "an archive is told from a PDF");
    OK(zip_read(arena, zip, bounds, &members, &count) == ERR_OK && count == 3 &&
           bytes_equal(members[0].content, bytes_of("aaaaaaaaaa")) && !members[0].failure,
       "its files are read as they were put in");
    OK(count == 3 && members[1].failure && strcmp(members[1].failure, "zip-file-too-large") == 0 &&
           members[1].content.length == 0,
       "one over the bound says so, and is not unpacked");
    OK(count == 3 && !members[2].failure && members[2].content.length == 0,
       "an empty one is empty");
    OK(refused(arena, archive_of(arena, (size_t[]){1, 1, 1, 1}, 4), "zip-too-many"),
       "more files than the bound are refused");
    OK(refused(arena, archive_of(arena, (size_t[]){999, 999, 999}, 3), "zip-too-large"),
       "and so are more bytes");
    OK(refused(arena, (struct bytes){zip.data, zip.length / 2}, "zip-damaged"),
       "half an archive is damaged");
}

/* Puts another uncompressed size into every header of the one file. */
static struct bytes with_size(struct arena *arena, struct bytes zip, unsigned char size)
{
    unsigned char *bytes = arena_alloc(arena, zip.length);

    memcpy(bytes, zip.data, zip.length);
    for (size_t at = 0; at + 30 <= zip.length; at++)
        if (memcmp(bytes + at, "PK\1\2", 4) == 0)
            bytes[at + 24] = size;
        else if (memcmp(bytes + at, "PK\3\4", 4) == 0)
            bytes[at + 22] = size;
    return (struct bytes){bytes, zip.length};
}

static void test_lies(struct arena *arena)
{
    struct bytes zip = archive_of(arena, (size_t[]){100}, 1);
    struct zip_member *members;
    size_t count;

    for (unsigned char size = 10; size <= 200; size = (unsigned char)(size + 95)) {
        enum err code = zip_read(arena, with_size(arena, zip, size), bounds, &members, &count);
        OK(code == ERR_INVALID || (code == ERR_OK && count == 1 && members[0].failure),
           "a file that has not the size it tells is not taken");
    }
}

int main(void)
{
    struct arena *arena = arena_new((size_t)128 << 20);

    test_names(arena);
    test_empty(arena);
    test_many(arena);
    test_reading(arena);
    test_lies(arena);
    arena_free(arena);
    return tap_end();
}
