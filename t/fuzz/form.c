/* libFuzzer target: queries and forms without files; whatever is taken is text. */
#include "base/text.h"
#include "http/pairs.h"

#include "t/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct http_pairs pairs;

    if (!arena)
        arena = arena_new((size_t)64 * 1024 * 1024);
    if (http_urlencoded(arena, arena_bytes(arena, data, size), &pairs) == ERR_OK) {
        FUZZ_WANT(pairs.count <= HTTP_PAIRS_MOST);
        for (size_t i = 0; i < pairs.count; i++)
            FUZZ_WANT(text_is_utf8(bytes_of(pairs.items[i].name)) &&
                      text_is_utf8(bytes_of(pairs.items[i].value)));
    }
    arena_reset(arena);
    return 0;
}
