#include "view/view.h"

#include <stdlib.h>
#include <string.h>

#include "view/code.h"

#define ARENA_MOST ((size_t)1024 * 1024 * 1024)

struct entry {
    const char *name;
    const struct view_type *type;
    const struct view_code *code;
};

struct views {
    const char *directory;
    const struct view_binding *const *tables;
    struct arena *arena; /* of everything below: replaced as a whole */
    struct entry *entries;
    size_t count;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static size_t count_bindings(const struct view_binding *const *tables)
{
    size_t count = 0;

    for (; *tables; tables++)
        for (const struct view_binding *binding = *tables; binding->name; binding++)
            count++;
    return count;
}

static enum err compile_all(struct views *views)
{
    struct view_library library = {.arena = views->arena, .directory = views->directory};
    struct entry *entry;

    views->count = count_bindings(views->tables);
    views->entries = ARENA_NEW_ARRAY(views->arena, views->count, struct entry);
    entry = views->entries;
    for (const struct view_binding *const *table = views->tables; *table; table++)
        for (const struct view_binding *binding = *table; binding->name; binding++, entry++) {
            *entry = (struct entry){.name = binding->name, .type = binding->type};
            ERR_TRY(view_compile(&library, binding->name, binding->type, &entry->code));
        }
    qsort(views->entries, views->count, sizeof *views->entries, by_name);
    for (size_t i = 1; i < views->count; i++)
        if (strcmp(views->entries[i - 1].name, views->entries[i].name) == 0)
            return err_raise(ERR_INVALID, "view-template", "%s: bound twice",
                             views->entries[i].name);
    return ERR_OK;
}

enum err views_load(const char *directory, const struct view_binding *const *tables,
                    struct views **views)
{
    *views = calloc(1, sizeof **views);
    if (!*views)
        abort();
    (*views)->directory = directory;
    (*views)->tables = tables;
    if (views_reload(*views) != ERR_OK) {
        views_free(*views);
        *views = NULL;
        return err_last()->code;
    }
    return ERR_OK;
}

enum err views_reload(struct views *views)
{
    struct views fresh = *views;
    enum err result;

    fresh.arena = arena_new(ARENA_MOST);
    result = compile_all(&fresh);
    if (result != ERR_OK) {
        arena_free(fresh.arena);
        return result;
    }
    arena_free(views->arena);
    *views = fresh;
    return ERR_OK;
}

void views_free(struct views *views)
{
    if (!views)
        return;
    arena_free(views->arena);
    free(views);
}

enum err view_source(struct arena *arena, const char *directory, const char *name,
                     const char **text)
{
    struct view_library library = {.arena = arena, .directory = directory};
    const struct view_file *file;

    ERR_TRY(view_library_find(&library, name, &file));
    if (!file)
        return err_raise(ERR_INTERNAL, NULL, "%s: there is no such file", name);
    *text = arena_strndup(arena, (const char *)file->text.data, file->text.length);
    return ERR_OK;
}

enum err view_render(const struct views *views, const char *name, const void *data, struct buf *out)
{
    const struct entry wanted = {.name = name};
    const struct entry *entry =
        bsearch(&wanted, views->entries, views->count, sizeof *views->entries, by_name);

    if (!entry)
        return err_raise(ERR_INTERNAL, NULL, "no view is bound to %s", name);
    return view_run(entry->code, entry->type, data, out);
}
