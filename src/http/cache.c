#include "http/cache.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/log.h"
#include "db/statements.h"
#include "http/private.h"

#define SLOTS 32
#define PAGE_MOST ((size_t)96 * 1024) /* bytes; SLOTS of them are a worker's most */
#define TOKENS_MOST 128               /* a list with a form in each row has many */

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

/* False where it cannot be read: then the page cannot be, either. */
static bool read_revision(struct exchange *x, enum http_cache_scope scope, uint64_t *revision)
{
    struct revision_platform_row *row;

    *revision = x->session->revision;
    if (scope == HTTP_CACHE_SCHOOL)
        return *revision != 0;
    if (db_revision_platform(x->db, x->arena, &row) != ERR_OK) {
        log_failure("the platform's revision");
        return false;
    }
    *revision = row->number;
    return true;
}

/* Leaves x->cache_key NULL where the request is not one whose page may be kept. */
static void find_key(struct exchange *x, enum http_cache_scope scope)
{
    unsigned char *key = ARENA_NEW_ARRAY(x->arena, CRYPTO_SHA256_SIZE, unsigned char);
    uint64_t revision;
    const char *text;

    x->cache_key = NULL;
    if (!x->session || x->request->method != HTTP_GET || !read_revision(x, scope, &revision))
        return;
    text = arena_printf(x->arena, "%" PRIu64 " %" PRIu64 " %d %" PRIu64 " %d %s %s",
                        x->session->account_id, x->session->establishment_id, (int)scope, revision,
                        x->session->role, clock_day(x->arena, x->now), x->request->address);
    crypto_sha256(bytes_of(text), key);
    x->cache_key = key;
}

static struct kept_page *find(const unsigned char *key)
{
    for (size_t i = 0; i < SLOTS; i++)
        if (pages[i].used > 0 && memcmp(pages[i].key, key, CRYPTO_SHA256_SIZE) == 0)
            return &pages[i];
    return NULL;
}

bool http_cache_answer(struct exchange *x, enum http_cache_scope scope)
{
    struct kept_page *page;
    size_t token_length;
    char *body;

    requests++;
    find_key(x, scope);
    if (!x->cache_key || !(page = find(x->cache_key)))
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
    struct kept_page *page = oldest();
    char *copy;

    if (code != ERR_OK || x->response->status != 200 || body.length > PAGE_MOST || !x->cache_key)
        return code;
    copy = malloc(body.length);
    if (!copy)
        return ERR_OK;
    memcpy(copy, body.data, body.length);
    free(page->body);
    *page = (struct kept_page){.body = copy, .length = body.length};
    memcpy(page->key, x->cache_key, sizeof page->key);
    if (find_tokens(page, x->session->csrf))
        page->used = requests;
    return ERR_OK;
}

static enum err raise_revision(struct db *db)
{
    struct arena *none = NULL; /* a statement without parameters needs no memory */

    return db_revision_raise_platform(db, none, NULL);
}

void http_cache_follow(struct db *db)
{
    db_on_change(db, raise_revision);
}
