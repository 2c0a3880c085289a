#include "archive/zip_read.h"

#include <string.h>

#include <zip.h>

#include "base/text.h"

bool zip_is_one(struct bytes file)
{
    return bytes_start_with(file, bytes_of("PK\x03\x04"));
}

/* What stands behind the last folder. */
static const char *last_part(const char *name)
{
    const char *part = name;

    for (const char *at = name; *at; at++)
        if (*at == '/' || *at == '\\')
            part = at + 1;
    return part;
}

static const char *own_name(struct arena *arena, const char *name)
{
    const char *part = last_part(name);

    return text_is_utf8(bytes_of(part)) ? text_squeeze(arena, part) : "?";
}

/* Whether it is one of the files that somebody put there. */
static bool is_meant(const char *name)
{
    return *last_part(name) != '\0' && *last_part(name) != '.' &&
           strncmp(name, "__MACOSX/", 9) != 0;
}

/* Unpacks what has as many bytes as it says; anything else is damaged. */
static bool unpack(struct arena *arena, zip_file_t *file, size_t length, struct bytes *content)
{
    unsigned char *place = arena_alloc(arena, length + 1);
    size_t have = 0;
    zip_int64_t got;

    while ((got = zip_fread(file, place + have, length + 1 - have)) > 0) {
        have += (size_t)got;
        if (have > length)
            return false;
    }
    *content = (struct bytes){place, length};
    return got == 0 && have == length;
}

/* Fills the member, or its failure. */
static void read_member(struct arena *arena, zip_t *zip, const zip_stat_t *about, size_t most,
                        struct zip_member *member)
{
    zip_file_t *file;

    member->failure = "zip-file-encrypted";
    if ((about->valid & ZIP_STAT_ENCRYPTION_METHOD) && about->encryption_method != ZIP_EM_NONE)
        return;
    member->failure = "zip-file-too-large";
    if (about->size > most)
        return;
    member->failure = "zip-file-damaged";
    file = zip_fopen_index(zip, about->index, 0);
    if (!file)
        return;
    if (unpack(arena, file, (size_t)about->size, &member->content))
        member->failure = NULL;
    else
        member->content = (struct bytes){NULL, 0};
    zip_fclose(file);
}

static enum err read_members(struct arena *arena, zip_t *zip, struct zip_bounds bounds,
                             struct zip_member **members, size_t *count)
{
    zip_int64_t entries = zip_get_num_entries(zip, 0);
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_INDEX;
    size_t total = 0;

    *count = 0;
    *members = ARENA_NEW_ARRAY(arena, bounds.files, struct zip_member);
    for (zip_int64_t i = 0; i < entries; i++) {
        struct zip_member *member = &(*members)[*count];
        zip_stat_t about;

        if (zip_stat_index(zip, (zip_uint64_t)i, 0, &about) != 0 ||
            (about.valid & needed) != needed)
            return err_raise(ERR_INVALID, "zip-damaged", "entry %lld", (long long)i);
        if (!is_meant(about.name))
            continue;
        if (*count == bounds.files)
            return err_raise(ERR_TOO_LARGE, "zip-too-many", "over %zu files", bounds.files);
        member->name = own_name(arena, about.name);
        if (about.size <= bounds.file)
            total += (size_t)about.size;
        if (total > bounds.total)
            return err_raise(ERR_TOO_LARGE, "zip-too-large", "over %zu bytes", bounds.total);
        read_member(arena, zip, &about, bounds.file, member);
        ++*count;
    }
    return ERR_OK;
}

enum err zip_read(struct arena *arena, struct bytes zip, struct zip_bounds bounds,
                  struct zip_member **members, size_t *count)
{
    zip_source_t *source = zip_source_buffer_create(zip.data, zip.length, 0, NULL);
    zip_t *opened;
    enum err code;

    if (!source)
        return err_raise(ERR_UNAVAILABLE, NULL, "no memory for an archive");
    opened = zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (!opened) {
        zip_source_free(source);
        return err_raise(ERR_INVALID, "zip-damaged", "no archive");
    }
    code = read_members(arena, opened, bounds, members, count);
    zip_discard(opened);
    return code;
}
