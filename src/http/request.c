#include "http/request.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

static const char *text_of(http_parameter *parameter, const void *from, struct arena *arena,
                           const char *name)
{
    const char *value = parameter(from, name);

    return value ? arena_strdup(arena, value) : "";
}

static void read_method(const char *name, struct http_request *request)
{
    request->head = strcmp(name, "HEAD") == 0;
    if (request->head || strcmp(name, "GET") == 0)
        request->method = HTTP_GET;
    else if (strcmp(name, "POST") == 0)
        request->method = HTTP_POST;
    else
        request->method = HTTP_OTHER;
}

/* The address in the one form that inet_ntop gives it, so that it can be compared and counted. */
static const char *canonical_address(struct arena *arena, const char *text)
{
    unsigned char address[sizeof(struct in6_addr)];
    char canonical[INET6_ADDRSTRLEN];
    int family = strchr(text, ':') ? AF_INET6 : AF_INET;

    if (inet_pton(family, text, address) != 1 ||
        !inet_ntop(family, address, canonical, sizeof canonical))
        return "";
    return arena_strdup(arena, canonical);
}

/* As much of it as is kept with a session. */
static const char *agent_of(struct arena *arena, const char *header)
{
    char *agent = arena_alloc(arena, HTTP_AGENT_MOST + 1), *to = agent;

    for (; *header && to < agent + HTTP_AGENT_MOST; header++)
        if (*header >= ' ' && *header <= '~')
            *to++ = *header;
    return agent;
}

static enum err read_address(struct arena *arena, struct http_request *request)
{
    struct bytes path = bytes_of(request->address), query = {path.data + path.length, 0};
    const char *mark = strchr(request->address, '?');

    if (path.length > HTTP_ADDRESS_MOST)
        return err_raise(ERR_TOO_LARGE, "http-address-too-long", "%zu bytes", path.length);
    if (mark) {
        query = bytes_of(mark + 1);
        path.length -= query.length + 1;
    }
    if (!http_percent_decode(arena, path, false, &request->path))
        return err_raise(ERR_INVALID, "http-not-text", "the path is not UTF-8");
    return http_urlencoded(arena, query, &request->query);
}

static uint64_t read_length(const char *text)
{
    char *end;
    unsigned long long length;

    errno = 0;
    length = strtoull(text, &end, 10);
    if (text[0] == '\0')
        return 0;
    /* What is no length cannot be read either: as large as can be, and thus refused. */
    return errno || *end || text[0] == '-' ? UINT64_MAX : length;
}

enum err http_request_read(struct arena *arena, http_parameter *parameter, const void *from,
                           struct http_request *request)
{
    *request = (struct http_request){0};
    read_method(text_of(parameter, from, arena, "REQUEST_METHOD"), request);
    request->address = text_of(parameter, from, arena, "REQUEST_URI");
    request->host = text_of(parameter, from, arena, "HTTP_HOST");
    request->origin = text_of(parameter, from, arena, "HTTP_ORIGIN");
    request->agent = agent_of(arena, text_of(parameter, from, arena, "HTTP_USER_AGENT"));
    request->fetch_site = text_of(parameter, from, arena, "HTTP_SEC_FETCH_SITE");
    request->remote = canonical_address(arena, text_of(parameter, from, arena, "REMOTE_ADDR"));
    request->content_type = text_of(parameter, from, arena, "CONTENT_TYPE");
    request->content_length = read_length(text_of(parameter, from, arena, "CONTENT_LENGTH"));
    http_cookies(arena, text_of(parameter, from, arena, "HTTP_COOKIE"), &request->cookies);
    return read_address(arena, request);
}

static bool is_media_type(const char *content_type, const char *wanted)
{
    size_t length = strlen(wanted);

    return strncasecmp(content_type, wanted, length) == 0 &&
           (content_type[length] == '\0' || strchr("; \t", content_type[length]));
}

/* The whole body, in one run of the arena. */
static enum err read_whole(struct arena *arena, http_body_source *source, void *from, size_t length,
                           struct bytes *body)
{
    unsigned char *place = arena_alloc(arena, length);
    size_t done = 0, got;

    while (done < length && (got = source(from, place + done, length - done)) > 0)
        done += got;
    if (done < length)
        return err_raise(ERR_INVALID, "http-cut-short", "%zu of %zu bytes came", done, length);
    *body = (struct bytes){place, length};
    return ERR_OK;
}

enum err http_request_read_body(struct arena *arena, http_body_source *source, void *from,
                                struct http_request *request)
{
    bool multipart = is_media_type(request->content_type, "multipart/form-data");
    bool urlencoded = is_media_type(request->content_type, "application/x-www-form-urlencoded");
    struct bytes body;

    if (request->content_length == 0)
        return ERR_OK;
    if (!multipart && !urlencoded)
        return err_raise(ERR_INVALID, "http-malformed", "the body is no form");
    if (request->content_length > (multipart ? HTTP_REQUEST_MOST : HTTP_TEXT_BODY_MOST))
        return err_raise(ERR_TOO_LARGE, "http-body-too-large", "%llu bytes",
                         (unsigned long long)request->content_length);
    ERR_TRY(read_whole(arena, source, from, (size_t)request->content_length, &body));
    if (multipart)
        return multipart_parse(arena, request->content_type, body, &request->fields,
                               &request->files);
    return http_urlencoded(arena, body, &request->fields);
}

const char *http_field(const struct http_request *request, const char *name)
{
    return http_pairs_get(&request->fields, name);
}

const struct http_file *http_file(const struct http_request *request, const char *name)
{
    for (size_t i = 0; i < request->files.count; i++)
        if (strcmp(request->files.items[i].field, name) == 0)
            return &request->files.items[i];
    return NULL;
}
