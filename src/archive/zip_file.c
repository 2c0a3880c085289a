#include "archive/zip_file.h"

#include <string.h>

#include <zip.h>

#include "base/text.h"

/* Without what systems keep for themselves in names, and no dot or space at the ends. */
static const char *safe_name(struct arena *arena, const char *name)
{
    char *safe = arena_strdup(arena, text_squeeze(arena, name));
    size_t length = strlen(safe);

    for (char *c = safe; *c; c++)
        if (strchr("/\\:*?\"<>|", *c) || (unsigned char)*c < ' ')
            *c = '_';
    while (length > 0 && (safe[length - 1] == '.' || safe[length - 1] == ' '))
        safe[--length] = '\0';
    for (char *c = safe; *c == '.'; c++)
        *c = '_';
    return *safe ? safe : "_";
}

static bool is_taken(const char *const *folded, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(folded[i], name) == 0)
            return true;
    return false;
}

/* The names as they stand in the archive; systems tell no capitals apart, nor accents always. */
static const char **own_names(struct arena *arena, const struct zip_entry *entries, size_t count)
{
    const char **names = ARENA_NEW_ARRAY(arena, count, const char *);
    const char **folded = ARENA_NEW_ARRAY(arena, count, const char *);

    for (size_t i = 0; i < count; i++) {
        const char *base = safe_name(arena, entries[i].name), *name = base;

        folded[i] = text_fold(arena, name);
        for (unsigned n = 2; is_taken(folded, i, folded[i]); n++) {
            name = arena_printf(arena, "%s (%u)", base, n);
            folded[i] = text_fold(arena, name);
        }
        names[i] = arena_printf(arena, "%s%s", name, entries[i].extension);
    }
    return names;
}

static bool add(zip_t *zip, const char *name, const struct zip_entry *entry, int64_t at)
{
    zip_source_t *content = zip_source_buffer(zip, entry->content.data, entry->content.length, 0);
    zip_int64_t index;

    if (!content)
        return false;
    index = zip_file_add(zip, name, content, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(content);
        return false;
    }
    return zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0 &&
           zip_file_set_mtime(zip, (zip_uint64_t)index, (time_t)at, 0) == 0;
}

/* All of a source that was written. */
static bool read_whole(struct arena *arena, zip_source_t *source, struct bytes *whole)
{
    zip_stat_t about;
    unsigned char *place;
    bool good;

    if (zip_source_stat(source, &about) != 0 || zip_source_open(source) != 0)
        return false;
    place = arena_alloc(arena, (size_t)about.size);
    good = zip_source_read(source, place, about.size) == (zip_int64_t)about.size;
    zip_source_close(source);
    *whole = (struct bytes){place, (size_t)about.size};
    return good;
}

static bool write_into(struct arena *arena, zip_source_t *target, const struct zip_entry *entries,
                       size_t count, int64_t at)
{
    const char **names = own_names(arena, entries, count);
    zip_t *zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    bool good = zip != NULL;

    for (size_t i = 0; good && i < count; i++)
        good = add(zip, names[i], &entries[i], at);
    if (!good || zip_close(zip) != 0) {
        if (zip)
            zip_discard(zip);
        return false;
    }
    return true;
}

enum err zip_file_write(struct arena *arena, const struct zip_entry *entries, size_t count,
                        int64_t at, struct bytes *zip)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    bool good;

    if (!target)
        return err_raise(ERR_UNAVAILABLE, NULL, "no memory for an archive");
    zip_source_keep(target); /* zip_close and zip_discard let go of it */
    good = write_into(arena, target, entries, count, at) && read_whole(arena, target, zip);
    zip_source_free(target);
    return good ? ERR_OK : err_raise(ERR_UNAVAILABLE, NULL, "an archive could not be written");
}
