/* libFuzzer target: the Cookie header; whatever is taken is visible ASCII. */
#include "http/pairs.h"

#include "t/fuzz/fuzz.h"

static bool is_visible(const char *text)
{
    for (; *text; text++)
        if (*text < 0x20 || *text > 0x7e)
            return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct http_pairs pairs;

    if (!arena)
        arena = arena_new((size_t)64 * 1024 * 1024);
    http_cookies(arena, arena_strndup(arena, (const char *)data, size), &pairs);
    FUZZ_WANT(pairs.count <= HTTP_PAIRS_MOST);
    for (size_t i = 0; i < pairs.count; i++)
        FUZZ_WANT(is_visible(pairs.items[i].name) && is_visible(pairs.items[i].value));
    arena_reset(arena);
    return 0;
}
