#include "view/library.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

void view_library_add(struct view_library *library, const char *name, struct bytes text)
{
    struct view_file *file = ARENA_NEW(library->arena, struct view_file);

    *file = (struct view_file){
        .next = library->files, .name = arena_strdup(library->arena, name), .text = text};
    library->files = file;
}

static enum err read_open(struct arena *arena, FILE *stream, const char *name, struct bytes *text)
{
    struct stat about;
    unsigned char *data;
    size_t size;

    if (fstat(fileno(stream), &about) != 0)
        return err_raise(ERR_INVALID, "view-template", "%s: %s", name, strerror(errno));
    if (!S_ISREG(about.st_mode) || about.st_size > (off_t)VIEW_FILE_MOST)
        return err_raise(ERR_INVALID, "view-template", "%s: no file of at most 1 MiB", name);
    size = (size_t)about.st_size;
    data = arena_alloc(arena, size);
    if (fread(data, 1, size, stream) != size)
        return err_raise(ERR_INVALID, "view-template", "%s: cannot be read", name);
    *text = (struct bytes){data, size};
    if (!text_is_utf8(*text))
        return err_raise(ERR_INVALID, "view-template", "%s: not UTF-8", name);
    return ERR_OK;
}

enum err view_library_find(struct view_library *library, const char *name,
                           const struct view_file **found)
{
    struct bytes text;
    FILE *stream;
    enum err result;

    *found = NULL;
    for (const struct view_file *file = library->files; file; file = file->next)
        if (strcmp(file->name, name) == 0) {
            *found = file;
            return ERR_OK;
        }
    if (!library->directory)
        return ERR_OK;
    if (name[0] == '/' || strstr(name, ".."))
        return err_raise(ERR_INVALID, "view-template", "%s: outside of the views", name);
    stream = fopen(arena_printf(library->arena, "%s/%s", library->directory, name), "re");
    if (!stream && errno == ENOENT)
        return ERR_OK;
    if (!stream)
        return err_raise(ERR_INVALID, "view-template", "%s: %s", name, strerror(errno));
    result = read_open(library->arena, stream, name, &text);
    fclose(stream);
    ERR_TRY(result);
    view_library_add(library, name, text);
    *found = library->files;
    return ERR_OK;
}
