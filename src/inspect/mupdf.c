#include "inspect/mupdf.h"

#include <malloc.h>
#include <stdlib.h>

/* Of the 512 MB a confined process may have, the rest is for two files, arenas and OpenSSL. */
#define MEMORY_LIMIT ((size_t)384 * 1024 * 1024)
#define STORE_LIMIT ((size_t)64 * 1024 * 1024)

struct account {
    size_t used;
    bool starved;
};

static struct account account;

static void *counted_realloc(void *user, void *old, size_t size)
{
    struct account *own = user;
    size_t before = old ? malloc_usable_size(old) : 0;
    void *place;

    if (size > MEMORY_LIMIT || own->used - before > MEMORY_LIMIT - size) {
        own->starved = true;
        return NULL;
    }
    place = realloc(old, size);
    if (!place) {
        own->starved = true;
        return NULL;
    }
    own->used = own->used - before + malloc_usable_size(place);
    return place;
}

static void *counted_malloc(void *user, size_t size)
{
    return counted_realloc(user, NULL, size > 0 ? size : 1);
}

static void counted_free(void *user, void *place)
{
    struct account *own = user;

    if (!place)
        return;
    own->used -= malloc_usable_size(place);
    free(place);
}

static void say_nothing(void *user, const char *message)
{
    (void)user;
    (void)message;
}

fz_context *inspect_mupdf(void)
{
    static const fz_alloc_context allocator = {&account, counted_malloc, counted_realloc,
                                               counted_free};
    static fz_context *context;

    if (context)
        return context;
    context = fz_new_context(&allocator, NULL, STORE_LIMIT);
    if (context) {
        fz_set_warning_callback(context, say_nothing, NULL);
        fz_set_error_callback(context, say_nothing, NULL);
    }
    return context;
}

bool inspect_mupdf_starved(void)
{
    return account.starved;
}
