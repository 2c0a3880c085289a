/* The tests of the Mustache specification, each run through the engine: its JSON data come as
 * nodes, whose names are looked up when rendering. */
#include <jansson.h>
#include <stdlib.h>

#include "base/arena.h"
#include "t/unit/tap.h"
#include "view/code.h"

static const void *spec_member(const void *node, const char *name)
{
    return json_object_get((const json_t *)node, name);
}

static bool spec_is_true(const void *node)
{
    const json_t *json = (const json_t *)node;

    if (json_is_array(json))
        return json_array_size(json) > 0;
    return !json_is_false(json) && !json_is_null(json);
}

static bool spec_is_list(const void *node)
{
    return json_is_array((const json_t *)node);
}

static const void *spec_item(const void *node, size_t index)
{
    return json_array_get((const json_t *)node, index);
}

static void spec_print(const void *node, struct buf *text)
{
    const json_t *json = (const json_t *)node;

    if (json_is_string(json))
        buf_puts(text, json_string_value(json));
    else if (json_is_integer(json))
        buf_printf(text, "%lld", (long long)json_integer_value(json));
    else if (json_is_real(json))
        buf_printf(text, "%g", json_real_value(json));
}

static const struct view_nodes spec_nodes = {.member = spec_member,
                                             .is_true = spec_is_true,
                                             .is_list = spec_is_list,
                                             .item = spec_item,
                                             .print = spec_print};
static const struct view_type spec_type = {.name = "json", .nodes = &spec_nodes};

static const char *render(struct arena *arena, const json_t *test)
{
    struct view_library library = {.arena = arena};
    struct buf out = buf_new(arena, 1024 * 1024);
    const struct view_code *code;
    const char *name;
    json_t *text;

    view_library_add(&library, "test.html",
                     bytes_of(json_string_value(json_object_get(test, "template"))));
    json_object_foreach(json_object_get(test, "partials"), name, text) view_library_add(
        &library, arena_printf(arena, "%s.html", name), bytes_of(json_string_value(text)));
    if (view_compile(&library, "test.html", &spec_type, &code) != ERR_OK ||
        view_run(code, &spec_type, json_object_get(test, "data"), &out) != ERR_OK)
        return err_last()->detail;
    return out.data;
}

static void run_file(struct arena *arena, const char *directory, const char *name)
{
    json_t *spec = json_load_file(arena_printf(arena, "%s/%s.json", directory, name), 0, NULL);
    json_t *test;
    size_t index;

    OK(json_array_size(json_object_get(spec, "tests")) > 0,
       arena_printf(arena, "%s.json has tests", name));
    json_array_foreach(json_object_get(spec, "tests"), index, test)
    {
        const char *title = json_string_value(json_object_get(test, "name"));

        IS_STR(render(arena, test), json_string_value(json_object_get(test, "expected")),
               arena_printf(arena, "%s: %s", name, title));
    }
    json_decref(spec);
}

int main(void)
{
    static const char *const names[] = {"comments", "delimiters", "interpolation", "inverted",
                                        "partials", "sections",   "~inheritance"};
    struct arena *arena = arena_new(64 * 1024 * 1024);
    const char *shared = getenv("PARAPHE_SHARED");
    const char *directory =
        arena_printf(arena, "%s/mustache-spec", shared ? shared : PARAPHE_SHARED_DEFAULT);
    FILE *readme = fopen(arena_printf(arena, "%s/comments.json", directory), "r");

    if (!readme) {
        tap_skip("the templates behave as the Mustache specification says",
                 arena_printf(arena, "%s is absent", directory));
        arena_free(arena);
        return tap_end();
    }
    fclose(readme);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        run_file(arena, directory, names[i]);
    arena_free(arena);
    return tap_end();
}
