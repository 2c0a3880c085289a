#include "base/log.h"
#include "db/db.h"
#include "http/private.h"
#include "http/sentences.h"
#include "http/serve.h"
#include "view/page.h"

/* Status and, where the failure has no key of its own, the key of the sentence. */
static const struct {
    unsigned status;
    const char *key;
} answers[ERR_COUNT] = {
    [ERR_OK] = {500, "http-internal"},
    [ERR_INVALID] = {400, "http-malformed"},
    [ERR_SIGNED_OUT] = {303, "http-forbidden"},
    [ERR_FORBIDDEN] = {403, "http-forbidden"},
    [ERR_NOT_FOUND] = {404, "http-no-such-page"},
    [ERR_CONFLICT] = {409, "http-conflict"},
    [ERR_TOO_LARGE] = {413, "http-body-too-large"},
    [ERR_THROTTLED] = {429, "http-throttled"},
    [ERR_UNAVAILABLE] = {503, "http-unavailable"},
    [ERR_INTERNAL] = {500, "http-internal"},
};

enum err http_page(struct exchange *x, unsigned status, const char *view, const void *data)
{
    struct buf page = buf_new(x->arena, HTTP_PAGE_MOST);

    if (view_render(x->views, view, data, &page) != ERR_OK)
        return ERR_INTERNAL; /* a page too large is no fault of the user's */
    return http_page_rendered(x, status, buf_bytes(&page));
}

enum err http_page_rendered(struct exchange *x, unsigned status, struct bytes page)
{
    ERR_TRY(http_response_header(x->response, "Content-Type", "text/html; charset=utf-8"));
    x->response->status = status;
    x->response->body = page;
    return ERR_OK;
}

/* The key of the heading over the sentence. What is said of its own is no page that is missing,
 * but an invitation that is over, say. */
static const char *title_of(const struct exchange *x, unsigned status, const char *sentence)
{
    switch (status) {
    case 404:
        return sentence == http_sentence(x, "http-no-such-page") ? "http-title-missing"
                                                                 : "http-title-refused";
    case 413:
        return "http-title-too-large";
    case 429:
        return "http-title-throttled";
    case 503:
        return "http-title-unavailable";
    default:
        return status >= 500 ? "http-title-fault" : "http-title-refused";
    }
}

static void answer_with_error(struct exchange *x, unsigned status, const char *sentence)
{
    struct view_page page = {.base_url = x->settings->base_url};
    struct view_error view = {
        .page = &page,
        .status = status,
        .sentence = sentence,
        .may_retry = status == 429 || status == 503,
        .home = "/",
        .request_id = x->request_id,
    };

    if (x->site->frame)
        x->site->frame(x, &page);
    page.title = http_sentence(x, title_of(x, status, sentence));
    if (http_page(x, status, "error.html", &view) == ERR_OK)
        return;
    /* The view itself fails: the sentence alone is better than nothing. */
    log_failure("rendering the error page");
    http_response_clear(x->response);
    http_response_header(x->response, "Content-Type", "text/plain; charset=utf-8");
    x->response->status = status;
    x->response->body = bytes_of(view.sentence);
}

/* The failure's own sentence, or that of all failures of its code. */
static const char *sentence_of(const struct exchange *x, const struct failure *failure)
{
    const char *own = http_sentences_get(x->site->sentences, failure->key);

    return own ? own : http_sentence(x, answers[failure->code].key);
}

void http_error(struct exchange *x)
{
    struct failure failure = *err_last();
    unsigned status = answers[failure.code].status;

    http_response_clear(x->response);
    if (status >= 500)
        log_failure(x->route ? x->route->name : "request");
    else
        log_write(LOG_INFO, "%s: %s %s: %s", x->route ? x->route->name : "request",
                  err_name(failure.code), failure.key, failure.detail);
    answer_with_error(x, status, sentence_of(x, &failure));
    if (status == 429)
        http_response_header(x->response, "Retry-After", "900");
}

/* Where to sign in, and come back from there to what was asked for, if that can be repeated. */
static void send_to_sign_in(struct exchange *x)
{
    const char *back = x->request->method == HTTP_GET ? x->request->address : "/";

    http_response_clear(x->response);
    if (http_redirect(x, strcmp(back, "/") == 0
                             ? x->site->sign_in
                             : arena_printf(x->arena, "%s?retour=%s", x->site->sign_in,
                                            http_url_encode(x->arena, back))) != ERR_OK)
        http_error(x);
}

static void refuse_method(struct exchange *x, const char *allow)
{
    http_response_header(x->response, "Allow", allow);
    answer_with_error(x, 405, http_sentence(x, "http-method"));
}

static enum err call(struct exchange *x, http_body_source *body, void *body_from)
{
    ERR_TRY(http_guard_check(x->route->guard, x->session));
    if (x->request->method == HTTP_POST) {
        ERR_TRY(http_request_read_body(x->arena, body, body_from, x->request));
        ERR_TRY(http_csrf_check(x, x->route->guard));
    }
    ERR_TRY(x->route->handler(x));
    if (x->response->status == 0)
        return err_raise(ERR_INTERNAL, NULL, "the handler has not answered");
    return ERR_OK;
}

static enum err find_and_call(struct exchange *x, http_body_source *body, void *body_from)
{
    const char *allow;

    ERR_TRY(http_session_load(x));
    ERR_TRY(http_route_find(x->arena, x->site->routes, x->site->route_count, x->request, &x->route,
                            &allow));
    if (x->route)
        return call(x, body, body_from);
    refuse_method(x, allow);
    return ERR_OK;
}

void http_handle(struct exchange *x, http_body_source *body, void *body_from)
{
    enum err err = find_and_call(x, body, body_from);

    if (db_in_transaction(x->db)) {
        log_write(LOG_ERROR, "a transaction was left open");
        db_rollback(x->db);
    }
    if (err == ERR_SIGNED_OUT)
        send_to_sign_in(x);
    else if (err != ERR_OK)
        http_error(x);
    else if (x->response->status >= 500) /* shown by the handler on a page of its own */
        log_failure(x->route->name);
}
