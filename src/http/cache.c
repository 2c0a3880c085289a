#include "http/cache.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "http/private.h"

#define SLOTS 32
#define PAGE_MOST ((size_t)96 * 1024) /* bytes; SLOTS of them are a worker's most */
#define TOKENS_MOST 8

struct kept_page {
    unsigned char key[CRYPTO_SHA256_SIZE];
    uint64_t used; /* when, in requests; 0 for a free slot */
    char *body;    /* own memory: it outlives requests */
    size_t length;
    size_t tokens[TOKENS_MOST]; /* where the CSRF token stands */
    size_t token_count;
};

/* A worker's own, since workers share no memory. */
static struct kept_page pages[SLOTS];
static uint64_t requests;

/* False where the request is not one whose page may be kept. */
static bool key_of(const struct exchange *x, unsigned char key[CRYPTO_SHA256_SIZE])
{
    const char *text;

    if (!x->session || x->session->revision == 0 || x->request->method != HTTP_GET)
        return false;
    text = arena_printf(x->arena, "%" PRIu64 " %" PRIu64 " %" PRIu64 " %d %s %s",
                        x->session->account_id, x->session->establishment_id, x->session->revision,
                        x->session->role, clock_day(x->arena, x->now), x->request->address);
    crypto_sha256(bytes_of(text), key);
    return true;
}

static struct kept_page *find(const unsigned char key[CRYPTO_SHA256_SIZE])
{
    for (size_t i = 0; i < SLOTS; i++)
        if (pages[i].used > 0 && memcmp(pages[i].key, key, CRYPTO_SHA256_SIZE) == 0)
            return &pages[i];
    return NULL;
}

bool http_cache_answer(struct exchange *x)
{
    unsigned char key[CRYPTO_SHA256_SIZE];
    struct kept_page *page;
    size_t token_length;
    char *body;

    requests++;
    if (!key_of(x, key) || !(page = find(key)))
        return false;
    page->used = requests;
    body = arena_strndup(x->arena, page->body, page->length);
    token_length = strlen(x->session->csrf);
    for (size_t i = 0; i < page->token_count; i++)
        memcpy(body + page->tokens[i], x->session->csrf, token_length);
    return http_page_rendered(x, 200, (struct bytes){(const unsigned char *)body, page->length}) ==
           ERR_OK;
}

/* Where the token stands in the page; false where there are more than are kept. */
static bool find_tokens(struct kept_page *page, const char *token)
{
    size_t token_length = strlen(token);
    const char *end = page->body + page->length;
    const char *at = page->body;

    page->token_count = 0;
    while ((at = memmem(at, (size_t)(end - at), token, token_length))) {
        if (page->token_count == TOKENS_MOST)
            return false;
        page->tokens[page->token_count++] = (size_t)(at - page->body);
        at += token_length;
    }
    return true;
}

/* The slot that was not used for longest. */
static struct kept_page *oldest(void)
{
    struct kept_page *found = &pages[0];

    for (size_t i = 1; i < SLOTS; i++)
        if (pages[i].used < found->used)
            found = &pages[i];
    return found;
}

enum err http_cache_keep(struct exchange *x, enum err code)
{
    struct bytes body = x->response->body;
    unsigned char key[CRYPTO_SHA256_SIZE];
    struct kept_page *page = oldest();
    char *copy;

    if (code != ERR_OK || x->response->status != 200 || body.length > PAGE_MOST || !key_of(x, key))
        return code;
    copy = malloc(body.length);
    if (!copy)
        return ERR_OK;
    memcpy(copy, body.data, body.length);
    free(page->body);
    *page = (struct kept_page){.body = copy, .length = body.length};
    memcpy(page->key, key, sizeof key);
    if (find_tokens(page, x->session->csrf))
        page->used = requests;
    return ERR_OK;
}
