/* libFuzzer target: any text as a template. What comes out of a value is escaped, however the
 * template is made. */
#include <string.h>

#include "t/fuzz/fuzz.h"
#include "view/code.h"

#define fuzz_row_FIELDS(X, S) \
    X(S, TEXT, t)             \
    X(S, NUMBER, n)
VIEW_STRUCT(fuzz_row);
VIEW_TYPE(fuzz_row);

#define fuzz_page_FIELDS(X, S) \
    X(S, TEXT, a)              \
    X(S, HTML, h)              \
    X(S, FLAG, f)              \
    X(S, OBJECT, o, fuzz_row)  \
    X(S, LIST, l, fuzz_row)
VIEW_STRUCT(fuzz_page);
VIEW_TYPE(fuzz_page);

/* The template, cut at NUL bytes into the files page.html, p.html and q.html. */
static void add_files(struct view_library *library, const uint8_t *data, size_t size)
{
    static const char *const names[] = {"page.html", "p.html", "q.html"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const uint8_t *end = size > 0 ? memchr(data, '\0', size) : NULL;
        size_t length = end ? (size_t)(end - data) : size;

        view_library_add(library, names[i], arena_bytes(library->arena, data, length));
        data += length + (end ? 1 : 0);
        size -= length + (end ? 1 : 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct fuzz_row rows[] = {{"<\x01>", 1}, {"<\x01>", 2}};
    static const struct fuzz_page page = {
        .a = "<\x01>", .h = "", .f = true, .o = rows, .l = rows, .l_count = 2};
    static struct arena *arena;
    struct view_library library;
    const struct view_code *code;
    struct buf out;

    if (!arena)
        arena = arena_new((size_t)1024 * 1024 * 1024);
    library = (struct view_library){.arena = arena};
    out = buf_new(arena, 100000);
    add_files(&library, data, size);
    if (!(size > 0 && memmem(data, size, "<\x01>", 3)) &&
        view_compile(&library, "page.html", &fuzz_page_type, &code) == ERR_OK &&
        view_run(code, &fuzz_page_type, &page, &out) == ERR_OK)
        FUZZ_WANT(!strstr(out.data, "<\x01>"));
    arena_reset(arena);
    return 0;
}
