#include "base/crypto.h"
#include "http/http.h"
#include "http/private.h"

#define TOKEN_SIZE 32
#define TOKEN_LENGTH 43 /* of its base64url */

static const char cookie_name[] = "__Host-csrf";

static const char *anonymous_token(const struct exchange *x)
{
    const char *cookie = http_pairs_get(&x->request->cookies, cookie_name);
    unsigned char token[TOKEN_SIZE];

    return cookie && crypto_unbase64url(cookie, token, sizeof token) ? cookie : NULL;
}

const char *http_csrf(struct exchange *x)
{
    unsigned char token[TOKEN_SIZE];

    if (x->session)
        return x->session->csrf;
    if (!x->anonymous_csrf)
        x->anonymous_csrf = anonymous_token(x);
    if (!x->anonymous_csrf) {
        crypto_random(token, sizeof token);
        x->anonymous_csrf = crypto_base64url(x->arena, (struct bytes){token, sizeof token});
        http_response_cookie(x->response, cookie_name, x->anonymous_csrf, -1);
    }
    return x->anonymous_csrf;
}

static bool same_token(const char *sent, const char *wanted)
{
    return sent && wanted && strlen(sent) == TOKEN_LENGTH && strlen(wanted) == TOKEN_LENGTH &&
           crypto_equal(sent, wanted, TOKEN_LENGTH);
}

/* What browsers themselves say of where a request was made (Fetch Metadata; Origin, RFC 6454 §7).
 * Those that say nothing are judged by the token alone. A form on a page that sends no referrer has
 * the origin "null" (Fetch §4.4, « append a request Origin header »); such pages are for everybody.
 */
static bool from_this_site(const struct exchange *x, enum http_guard guard)
{
    const char *site = x->request->fetch_site, *origin = x->request->origin;

    if (site[0] && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    if (guard == HTTP_PUBLIC && strcmp(origin, "null") == 0)
        return true;
    return !origin[0] || strcmp(origin, x->settings->base_url) == 0 ||
           (strncmp(origin, "https://", 8) == 0 && strcmp(origin + 8, x->request->host) == 0);
}

enum err http_csrf_check(const struct exchange *x, enum http_guard guard)
{
    const char *sent = http_field(x->request, "csrf");

    if (!from_this_site(x, guard))
        return err_raise(ERR_FORBIDDEN, "http-csrf", "sent from another site");
    if (x->session && same_token(sent, x->session->csrf))
        return ERR_OK;
    /* A form that was shown before the sign-in carries the token of the cookie. */
    if (guard == HTTP_PUBLIC && same_token(sent, anonymous_token(x)))
        return ERR_OK;
    return err_raise(ERR_FORBIDDEN, "http-csrf", "the token does not fit");
}
