#include "view/resolve.h"

#include <string.h>

struct resolving {
    struct arena *arena;
    const char *file;
    const struct view_part *part;
};

static enum err wrong(const struct resolving *resolving, const char *what)
{
    return err_raise(ERR_INVALID, "view-no-such-name", "%s:%u: %s: %s", resolving->file,
                     resolving->part->line, resolving->part->name, what);
}

const struct view_scope *view_scope_push(struct arena *arena, const struct view_scope *outer,
                                         const struct view_type *type)
{
    struct view_scope *scope;

    /* Nodes in nodes are looked up when rendering: their scope says all there is to say. */
    if (outer && outer->type == type && type->nodes)
        return outer;
    scope = ARENA_NEW(arena, struct view_scope);
    *scope = (struct view_scope){outer, type, outer ? outer->depth + 1 : 1};
    return scope;
}

static const struct view_field *field_of(const struct view_type *type, const char *name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (strcmp(type->fields[i].name, name) == 0)
            return &type->fields[i];
    return NULL;
}

/* Splits a dotted name; "." has no parts. */
static enum err split(const struct resolving *resolving, const char *const **parts)
{
    char *rest = arena_strdup(resolving->arena, resolving->part->name);
    size_t count = 0, dots = 0;
    const char **names;

    for (const char *c = rest; *c; c++)
        dots += *c == '.';
    names = ARENA_NEW_ARRAY(resolving->arena, dots + 2, const char *);
    *parts = names;
    if (strcmp(rest, ".") == 0)
        return ERR_OK;
    while (rest) {
        char *dot = strchr(rest, '.');

        if (dot)
            *dot++ = '\0';
        if (rest[0] == '\0')
            return wrong(resolving, "not a name");
        names[count++] = rest;
        rest = dot;
    }
    return ERR_OK;
}

/* Follows the parts of a dotted name behind the first through objects. */
static enum err follow(const struct resolving *resolving, const char *const *names,
                       struct view_access *access)
{
    size_t count = 0;
    size_t *hops;

    while (names[count + 1])
        count++;
    hops = ARENA_NEW_ARRAY(resolving->arena, count, size_t);
    access->hops = hops;
    for (const char *const *name = names + 1; *name; name++) {
        const struct view_field *field = access->field;

        if (field->kind == VIEW_KIND_LIST && strcmp(*name, "count") == 0 && !name[1]) {
            access->is_count = true;
            return ERR_OK;
        }
        if (field->kind != VIEW_KIND_OBJECT)
            return wrong(resolving, "only objects have names inside");
        hops[access->hop_count++] = field->offset;
        access->field = field_of(field->element, *name);
        if (!access->field)
            return wrong(resolving, "the object has no such name");
    }
    return ERR_OK;
}

enum err view_resolve(struct arena *arena, const struct view_scope *scope, const char *file,
                      const struct view_part *part, struct view_access *access)
{
    const struct resolving resolving = {arena, file, part};
    const char *const *names;

    ERR_TRY(split(&resolving, &names));
    *access = (struct view_access){.names = names};
    if (scope->type->nodes)
        return ERR_OK;
    if (!names[0])
        return wrong(&resolving, "a struct is not a value");
    for (const struct view_scope *at = scope; at; at = at->outer) {
        access->field = field_of(at->type, names[0]);
        access->up = scope->depth - at->depth;
        if (access->field)
            return follow(&resolving, names, access);
    }
    return err_raise(ERR_INVALID, "view-no-such-name", "%s:%u: %s: no such name in struct %s%s",
                     file, part->line, part->name, scope->type->name,
                     scope->outer ? " or around it" : "");
}
