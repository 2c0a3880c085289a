#include "http/route.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"

/* A part of a pattern that stands for something. */
static size_t placeholder_length(const char *pattern, bool *number)
{
    if (strncmp(pattern, "{id}", 4) == 0) {
        *number = true;
        return 4;
    }
    if (strncmp(pattern, "{token}", 7) == 0) {
        *number = false;
        return 7;
    }
    return 0;
}

/* A database number as the URL builder writes it: no sign, no leading zero, not 0. */
static bool read_number(const char *text, size_t length, uint64_t *number)
{
    char digits[21], *end;

    if (length == 0 || length >= sizeof digits || text[0] < '1' || text[0] > '9')
        return false;
    memcpy(digits, text, length);
    digits[length] = '\0';
    errno = 0;
    *number = strtoull(digits, &end, 10);
    return errno == 0 && *end == '\0';
}

/* Whether path fits pattern; what stands for the placeholders goes into arguments. */
static bool fits(struct arena *arena, const char *pattern, const char *path,
                 struct http_argument *arguments)
{
    size_t count = 0;

    while (*pattern) {
        bool number;
        size_t placeholder = placeholder_length(pattern, &number), length;
        if (placeholder == 0) {
            if (*pattern++ != *path++)
                return false;
            continue;
        }
        length = strcspn(path, "/");
        if (length == 0 || count == HTTP_ARGUMENTS_MOST)
            return false;
        arguments[count] = (struct http_argument){0, arena_strndup(arena, path, length)};
        if (number && !read_number(path, length, &arguments[count].number))
            return false;
        count++;
        path += length;
        pattern += placeholder;
    }
    return *path == '\0';
}

static const char *allowed(bool get, bool post)
{
    if (get && post)
        return "GET, HEAD, POST";
    return get ? "GET, HEAD" : "POST";
}

enum err http_route_find(struct arena *arena, const struct http_route *routes, size_t count,
                         struct http_request *request, const struct http_route **route,
                         const char **allow)
{
    bool get = false, post = false;

    *route = NULL;
    *allow = NULL;
    for (size_t i = 0; i < count; i++) {
        struct http_argument arguments[HTTP_ARGUMENTS_MOST] = {0};
        if (!fits(arena, routes[i].path, request->path, arguments))
            continue;
        if (routes[i].method == request->method) {
            memcpy(request->arguments, arguments, sizeof arguments);
            *route = &routes[i];
            return ERR_OK;
        }
        get = get || routes[i].method == HTTP_GET;
        post = post || routes[i].method == HTTP_POST;
    }
    if (!get && !post)
        return err_raise(ERR_NOT_FOUND, "http-no-such-page", "no route");
    *allow = allowed(get, post);
    return ERR_OK;
}

enum err http_guard_check(enum http_guard guard, const struct http_session *session)
{
    bool allowed_in = false;

    if (guard == HTTP_PUBLIC)
        return ERR_OK;
    if (!session)
        return err_raise(ERR_SIGNED_OUT, NULL, "nobody is signed in");
    switch (guard) {
    case HTTP_PUBLIC:
    case HTTP_SIGNED_IN:
        allowed_in = true;
        break;
    case HTTP_MEMBER:
        allowed_in = session->role == HTTP_ROLE_MEMBER || session->role == HTTP_ROLE_ADMIN;
        break;
    case HTTP_ADMIN:
        allowed_in = session->role == HTTP_ROLE_ADMIN;
        break;
    case HTTP_OPERATOR:
        allowed_in = session->role == HTTP_ROLE_OPERATOR;
        break;
    }
    if (!allowed_in)
        return err_raise(ERR_FORBIDDEN, "http-forbidden", "account %" PRIu64 " may not",
                         session->account_id);
    return ERR_OK;
}

const char *http_url(struct arena *arena, const struct http_route *routes, const uint64_t *numbers,
                     size_t count)
{
    const char *pattern = routes[numbers[0]].path;
    struct buf url = buf_new(arena, HTTP_ADDRESS_MOST);
    size_t used = 1;

    while (*pattern) {
        bool number;
        size_t placeholder = placeholder_length(pattern, &number);
        if (placeholder == 0) {
            buf_putc(&url, *pattern++);
            continue;
        }
        if (!number || used == count)
            abort();
        buf_printf(&url, "%" PRIu64, numbers[used++]);
        pattern += placeholder;
    }
    if (used != count)
        abort();
    return url.data;
}

const char *http_url_encode(struct arena *arena, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                     "0123456789-._~";
    char *out = arena_alloc(arena, strlen(text) * 3 + 1), *to = out;

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (strchr(unreserved, c)) {
            *to++ = (char)c;
        } else {
            *to++ = '%';
            *to++ = digits[c >> 4];
            *to++ = digits[c & 15];
        }
    }
    return out;
}
