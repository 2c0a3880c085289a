/* What a page's handler works with: the exchange of one request for one response.
 *
 * The flow of a request, in handle.c: limits → session → route → guard → body and CSRF → handler →
 * response, kept whole until the handler has returned, so that an error never follows half a page
 * → whatever transaction is open is rolled back → the arena is reset. When the arena's ceiling is
 * reached the request ends in one 503; no handler tests for NULL.
 *
 * A handler is `enum err page_x(struct exchange *x)`. It answers with one of http_page,
 * http_redirect and http_download, or returns the error it met, which becomes the error page. */
#ifndef PARAPHE_HTTP_HTTP_H
#define PARAPHE_HTTP_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/settings.h"
#include "http/request.h"
#include "http/response.h"
#include "http/route.h"
#include "http/session.h"

struct calendar_holidays;
struct db;
struct http_sentences;
struct view_page;
struct views;

struct exchange;

/* What all requests of a worker share. */
struct http_site {
    const struct settings *settings;
    const struct views *views;
    const struct http_sentences *sentences;
    const struct calendar_holidays *holidays; /* calendar/holidays.h */
    const struct http_route *routes;
    size_t route_count;
    const char *sign_in; /* path of the sign-in page; it takes the parameter "retour" */
    /* Fills what stands around an error page's sentence: menu, account, licence. */
    void (*frame)(struct exchange *x, struct view_page *page);
};

struct exchange {
    struct arena *arena; /* lives as long as the request */
    struct http_request *request;
    struct http_response *response;
    struct db *db;
    const struct settings *settings;
    const struct views *views;
    const struct http_session *session; /* NULL: signed out */
    const struct http_site *site;
    const struct http_route *route; /* NULL until it is found */
    int64_t now;                    /* the request's instant */
    const char *request_id;         /* in every log line and on the error page */
    const unsigned char *cache_key; /* under which its page is kept (http/cache.h); NULL: nowhere */
    const char *anonymous_csrf;     /* what http_csrf gave where nobody is signed in; else NULL */
};

/* The parameter of the address's query, as UTF-8 text; NULL where there is none. */
const char *http_query(const struct exchange *x, const char *name);

/* The same as a number from least to most; fallback where it is absent or no such number. */
uint64_t http_query_number(const struct exchange *x, const char *name, uint64_t least,
                           uint64_t most, uint64_t fallback);

/* What stood in the path for the index-th {id} or {token} of the route, counted from 0 over both
 * kinds. A path without a valid {id} does not reach the handler. */
uint64_t http_id(const struct exchange *x, size_t index);
const char *http_token(const struct exchange *x, size_t index);

/* The token of the hidden field "csrf" that every form with method="post" carries. Where nobody is
 * signed in this sets the cookie __Host-csrf too. */
const char *http_csrf(struct exchange *x);

/* The sentence of views/errors.txt with that key, or the general one of an unknown key (which is
 * logged). */
const char *http_sentence(const struct exchange *x, const char *key);

/* Answers with a view: status is 200, or 422 for a form that is shown again. data is the struct
 * that the view was bound to (view/view.h). */
enum err http_page(struct exchange *x, unsigned status, const char *view, const void *data);

/* Answers 303 to a path of this site ("/conventions?onglet=validees"); ERR_INTERNAL for anything
 * else, so that nothing typed leads to another site. */
enum err http_redirect(struct exchange *x, const char *address);

/* A file to be saved (attachment) or shown in the browser (in_line). name is how people call it,
 * any UTF-8 text. content must live as long as the request. */
struct http_file_out {
    const char *name;
    const char *media_type;
    struct bytes content;
    bool in_line;
};
enum err http_download(struct exchange *x, const struct http_file_out *file);

#endif
