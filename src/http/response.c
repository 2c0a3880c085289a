#include "http/response.h"

#include "base/text.h"
#include "http/route.h"

#define HEADERS_MOST ((size_t)16 * 1024)

/* Everything comes from this site; only images may also stand in a style sheet (data:), as
 * Bootstrap's do. No script or style inside of a page runs, and no page may frame ours. */
static const char security_policy[] =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

static void put_common_headers(struct http_response *response, const char *referrer)
{
    http_response_header(response, "Content-Security-Policy", security_policy);
    http_response_header(response, "X-Content-Type-Options", "nosniff");
    http_response_header(response, "Referrer-Policy", referrer);
    http_response_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    http_response_header(response, "Cache-Control", "no-store");
}

void http_response_begin(struct http_response *response, struct arena *arena)
{
    *response = (struct http_response){.arena = arena};
    response->headers = buf_new(arena, HEADERS_MOST);
    response->cookies = buf_new(arena, HEADERS_MOST);
    put_common_headers(response, "same-origin");
}

void http_response_keep_address(struct http_response *response)
{
    buf_clear(&response->headers);
    put_common_headers(response, "no-referrer");
}

void http_response_clear(struct http_response *response)
{
    response->status = 0;
    response->body = (struct bytes){NULL, 0};
    buf_clear(&response->headers);
    put_common_headers(response, "same-origin");
}

static bool is_token(const char *name)
{
    static const char others[] = "!#$%&'*+-.^_`|~";

    for (const char *c = name; *c; c++)
        if (!(*c >= '0' && *c <= '9') && !(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') &&
            !strchr(others, *c))
            return false;
    return name[0] != '\0';
}

static bool is_header_value(const char *value)
{
    for (const char *c = value; *c; c++)
        if ((*c < 0x20 && *c != '\t') || *c > 0x7e)
            return false;
    return true;
}

static enum err put_header(struct buf *headers, const char *name, const char *value)
{
    if (!is_token(name) || !is_header_value(value))
        return err_raise(ERR_INTERNAL, NULL, "a value of header %.40s is not sendable", name);
    buf_printf(headers, "%s: %s\r\n", name, value);
    if (headers->overflown)
        return err_raise(ERR_INTERNAL, NULL, "more than %zu bytes of headers", headers->limit);
    return ERR_OK;
}

enum err http_response_header(struct http_response *response, const char *name, const char *value)
{
    return put_header(&response->headers, name, value);
}

/* cookie-octet of RFC 6265 §4.1.1: visible ASCII without quotes, comma, semicolon, backslash. */
static bool is_cookie_value(const char *value)
{
    for (const char *c = value; *c; c++)
        if (*c <= 0x20 || *c > 0x7e || strchr("\",;\\", *c))
            return false;
    return true;
}

enum err http_response_cookie(struct http_response *response, const char *name, const char *value,
                              int max_age)
{
    const char *age = max_age < 0 ? "" : arena_printf(response->arena, "; Max-Age=%d", max_age);

    if (!is_token(name) || !is_cookie_value(value))
        return err_raise(ERR_INTERNAL, NULL, "cookie %.40s is not sendable", name);
    return put_header(&response->cookies, "Set-Cookie",
                      arena_printf(response->arena,
                                   "%s=%s; Path=/%s; Secure; HttpOnly; SameSite=Lax", name, value,
                                   age));
}

/* One character in ASCII: its plain letter in the same case, _ where it has none. */
static const char *ascii_letter(struct arena *arena, const char *from, const char *to)
{
    const char *one = arena_strndup(arena, from, (size_t)(to - from));
    const char *folded = text_fold(arena, one);

    if (folded[0] == '\0' || (unsigned char)folded[0] >= 0x80)
        return "_";
    return strcmp(text_upper(arena, one), one) == 0 ? text_upper(arena, folded) : folded;
}

/* The name in ASCII, without what old programs take for the end of the name or for a folder. */
static const char *ascii_name(struct arena *arena, const char *name)
{
    const char *end = name + strlen(name), *at = name;
    struct buf out = buf_new(arena, strlen(name) * 2);
    uint32_t c;

    for (; text_next(&at, end, &c); name = at) {
        if (c >= 0x80)
            buf_puts(&out, ascii_letter(arena, name, at));
        else
            buf_putc(&out, c < 0x20 || c == 0x7f || strchr("\"\\/%", (int)c) ? '_' : (char)c);
    }
    return out.data;
}

const char *http_content_disposition(struct arena *arena, const char *disposition, const char *name)
{
    return arena_printf(arena, "%s; filename=\"%s\"; filename*=UTF-8''%s", disposition,
                        ascii_name(arena, name), http_url_encode(arena, name));
}

struct bytes http_response_head(struct http_response *response)
{
    struct buf head = buf_new(response->arena, 3 * HEADERS_MOST);

    buf_printf(&head, "Status: %u %s\r\n", response->status, http_reason(response->status));
    buf_put(&head, response->headers.data, response->headers.length);
    buf_put(&head, response->cookies.data, response->cookies.length);
    buf_printf(&head, "Content-Length: %zu\r\n\r\n", response->body.length);
    return buf_bytes(&head);
}

const char *http_reason(unsigned status)
{
    static const struct {
        unsigned status;
        const char *reason;
    } reasons[] = {
        {200, "OK"},
        {303, "See Other"},
        {400, "Bad Request"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
    };

    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "Unknown";
}
