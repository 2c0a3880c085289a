/* libFuzzer target: the first line is the boundary, the rest the body of a form with files. */
#include "base/text.h"
#include "http/multipart.h"

#include <stdint.h>
#include <stdlib.h>

#include "t/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct http_pairs fields;
    struct http_files files;
    const uint8_t *line_end = size > 0 ? memchr(data, '\n', size) : NULL;
    size_t length = line_end ? (size_t)(line_end - data) : 0;
    struct bytes body;
    const char *type;

    if (!line_end)
        return 0;
    if (!arena)
        arena = arena_new((size_t)64 * 1024 * 1024);
    type =
        arena_printf(arena, "multipart/form-data; boundary=%.*s", (int)length, (const char *)data);
    body = arena_bytes(arena, line_end + 1, size - length - 1);
    if (multipart_parse(arena, type, body, &fields, &files) == ERR_OK) {
        for (size_t i = 0; i < fields.count; i++)
            FUZZ_WANT(text_is_utf8(bytes_of(fields.items[i].name)) &&
                      text_is_utf8(bytes_of(fields.items[i].value)));
        for (size_t i = 0; i < files.count; i++) {
            const struct http_file *file = &files.items[i];
            FUZZ_WANT(text_is_utf8(bytes_of(file->name)) && !strpbrk(file->name, "/\\\r\n"));
            FUZZ_WANT(file->content.data >= body.data &&
                      file->content.data + file->content.length <= body.data + body.length);
        }
    }
    arena_reset(arena);
    return 0;
}
