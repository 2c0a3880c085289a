/* Pages kept by a worker: found again by who may see them, and only while they are true. */
#include "http/cache.h"

#include "base/clock.h"
#include "http/private.h"
#include "t/unit/tap.h"

static const char token[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
static const char other_token[] = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";

/* A signed-in GET of an address, about to be answered. */
static struct exchange *request_for(struct arena *arena, const struct http_session *session,
                                    const char *address)
{
    struct exchange *x = ARENA_NEW(arena, struct exchange);

    x->arena = arena;
    x->request = ARENA_NEW(arena, struct http_request);
    x->response = ARENA_NEW(arena, struct http_response);
    x->request->method = HTTP_GET;
    x->request->address = address;
    x->session = session;
    x->now = 1800000000;
    http_response_begin(x->response, arena);
    return x;
}

static bool answer(struct exchange *x)
{
    return http_cache_answer(x, HTTP_CACHE_SCHOOL);
}

static void keep(struct exchange *x, const char *page)
{
    answer(x);
    http_page_rendered(x, 200, bytes_of(page));
    http_cache_keep(x, ERR_OK);
}

static void try_keys(struct arena *arena, const struct http_session *session)
{
    struct http_session changed = *session;
    struct exchange *tomorrow = request_for(arena, session, "/conventions");
    struct exchange *post = request_for(arena, session, "/conventions");

    tomorrow->now += 86400;
    post->request->method = HTTP_POST;
    OK(!answer(tomorrow), "a page is not kept over midnight");
    OK(!answer(post), "a POST is never answered with a kept page");
    OK(!answer(request_for(arena, session, "/conventions?page=2")),
       "another address is another page");
    changed.revision++;
    OK(!answer(request_for(arena, &changed, "/conventions")),
       "a page is not true any more once the establishment's revision has risen");
    changed = *session;
    changed.account_id++;
    OK(!answer(request_for(arena, &changed, "/conventions")),
       "another account never gets the page");
    changed = *session;
    changed.role = HTTP_ROLE_MEMBER;
    OK(!answer(request_for(arena, &changed, "/conventions")),
       "an account whose role was changed does not get the page");
    changed = *session;
    changed.establishment_id++;
    OK(!answer(request_for(arena, &changed, "/conventions")),
       "nor does one that was moved to another establishment, whatever the revision there");
    changed = *session;
    changed.revision = 0;
    OK(!answer(request_for(arena, &changed, "/conventions")),
       "a page of an establishment is not kept for an operator, who has none");
    OK(!answer(request_for(arena, NULL, "/conventions")), "who is not signed in gets no kept page");
}

static void try_what_is_kept(struct arena *arena, const struct http_session *session)
{
    struct exchange *refused = request_for(arena, session, "/refused");
    struct exchange *failed = request_for(arena, session, "/failed");

    answer(refused);
    http_page_rendered(refused, 422, bytes_of("refused"));
    http_cache_keep(refused, ERR_OK);
    OK(!answer(request_for(arena, session, "/refused")),
       "a page that refuses something is not kept");
    answer(failed);
    http_page_rendered(failed, 200, bytes_of("half"));
    OK(http_cache_keep(failed, ERR_UNAVAILABLE) == ERR_UNAVAILABLE, "an error is handed on");
    OK(!answer(request_for(arena, session, "/failed")), "and what failed is not kept");
    for (int i = 0; i < 100; i++)
        keep(request_for(arena, session, arena_printf(arena, "/%d", i)), "page");
    OK(answer(request_for(arena, session, "/99")), "the newest page is there");
    OK(!answer(request_for(arena, session, "/conventions")),
       "pages that nobody asks for make room");
}

int main(void)
{
    struct arena *arena = arena_new((size_t)16 * 1024 * 1024);
    struct http_session session = {
        .account_id = 7, .role = HTTP_ROLE_ADMIN, .revision = 3, .csrf = token};
    struct http_session same_account = session;
    const char *page = arena_printf(arena, "<p>%s</p><p>%s</p>", token, token);
    const char *for_other = arena_printf(arena, "<p>%s</p><p>%s</p>", other_token, other_token);
    struct exchange *again;

    clock_open();
    OK(!answer(request_for(arena, &session, "/conventions")),
       "a page that was never answered is not there");
    keep(request_for(arena, &session, "/conventions"), page);
    again = request_for(arena, &session, "/conventions");
    OK(answer(again) && bytes_equal(again->response->body, bytes_of(page)),
       "the same request gets the same page");
    same_account.csrf = other_token;
    again = request_for(arena, &same_account, "/conventions");
    OK(answer(again) && bytes_equal(again->response->body, bytes_of(for_other)),
       "another session of the account gets it with its own token in every form");
    try_keys(arena, &session);
    try_what_is_kept(arena, &session);
    arena_free(arena);
    return tap_end();
}
