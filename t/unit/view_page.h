/* For the tests that fill the pages' views: who looks at them, and what holds of every page. */
#ifndef PARAPHE_T_VIEW_PAGE_H
#define PARAPHE_T_VIEW_PAGE_H

#include <stdlib.h>

#include "t/unit/tap.h"
#include "view/page.h"

static struct arena *arena;
static struct views *views;

static const struct view_menu menu = {
    .home = "/", .placements = "/stages", .conventions = "/conventions", .in_conventions = true};
static const struct view_account account = {.name = "Hélène d’Arcy",
                                            .establishment = "Lycée Beau de Rochas",
                                            .sign_out = "/deconnexion",
                                            .is_admin = true};
static const struct view_licence licence = {.has_ended = true, .day = "30-05-2021"};
static const struct view_page page = {.base_url = "https://exemple.fr",
                                      .csrf = "jeton<1>",
                                      .menu = &menu,
                                      .account = &account,
                                      .licence = &licence};

static inline const char *render(const char *name, const void *data)
{
    struct buf out = buf_new(arena, 1024 * 1024);

    return view_render(views, name, data, &out) == ERR_OK ? out.data : err_last()->detail;
}

static inline bool has(const char *html, const char *wanted)
{
    return strstr(html, wanted) != NULL;
}

static inline size_t times(const char *html, const char *wanted)
{
    size_t count = 0;

    for (const char *at = strstr(html, wanted); at; at = strstr(at + 1, wanted))
        count++;
    return count;
}

/* Elements that are never closed in HTML. */
static inline bool is_void(const char *name)
{
    static const char *const names[] = {"meta", "link", "input", "img", "br", "hr"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Whether each element is closed where it must be; *where says which is not. */
static inline bool is_balanced(const char *html, const char **where)
{
    char open[100][20];
    size_t depth = 0;

    for (const char *at = strchr(html, '<'); at; at = strchr(at + 1, '<')) {
        bool closes = at[1] == '/';
        const char *start = at + 1 + closes;
        size_t length = strspn(start, "abcdefghijklmnopqrstuvwxyz123456");
        const char *name = arena_strndup(arena, start, length);

        *where = arena_strndup(arena, at, strcspn(at, ">"));
        if (at[1] == '!' || is_void(name))
            continue;
        if (length == 0 || length >= sizeof open[0] || depth == 100)
            return false;
        if (!closes)
            memcpy(open[depth++], name, length + 1);
        else if (depth == 0 || strcmp(open[--depth], name) != 0)
            return false;
    }
    return depth == 0;
}

/* What holds of every page. */
static inline void check_page(const char *html, const char *what)
{
    const char *where = "";

    if (!OK(is_balanced(html, &where), arena_printf(arena, "%s: every element is closed", what)))
        printf("# at %s\n", where);
    OK(has(html, "<html lang=\"fr\">") && times(html, "<h1>") == 1,
       arena_printf(arena, "%s: is French and has one main heading", what));
    OK(!has(html, " style=") && !has(html, "<style") && !has(html, " onclick") &&
           times(html, "<script") == times(html, "<script src=\"/assets/"),
       arena_printf(arena, "%s: has no script or style of its own, as the policy wants", what));
    OK(times(html, "<form") - times(html, "method=\"get\"") == times(html, "name=\"csrf\""),
       arena_printf(arena, "%s: every form that changes something has its token", what));
    OK(!has(html, "« ") && !has(html, " »") && !has(html, " ;") && !has(html, " ?") &&
           !has(html, " !") && !has(html, " :"),
       arena_printf(arena, "%s: no line breaks before a high mark or inside guillemets", what));
    OK(!has(html, "{{"), arena_printf(arena, "%s: no tag is left over", what));
}

/* Where a directory was given, writes the page there. */
static inline void keep_page(const char *directory, const char *name, const char *html)
{
    FILE *file;

    if (!directory)
        return;
    file = fopen(arena_printf(arena, "%s/%s", directory, name), "w");
    if (!file) {
        perror(directory);
        exit(1);
    }
    fputs(html, file);
    fclose(file);
}

static inline bool load_views(const struct view_binding *bindings)
{
    static const struct view_binding *tables[3] = {view_page_bindings};

    tables[1] = bindings;
    arena = arena_new((size_t)64 * 1024 * 1024);
    if (OK(views_load(PARAPHE_SOURCE "/views", tables, &views) == ERR_OK,
           "the views fit their structs"))
        return true;
    printf("# %s\n", err_last()->detail);
    return false;
}

static inline int end_views(void)
{
    views_free(views);
    arena_free(arena);
    return tap_end();
}

#endif
