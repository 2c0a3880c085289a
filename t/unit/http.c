#include "http/http.h"
#include "http/private.h"
#include "http/sentences.h"

#include <stdlib.h>
#include <unistd.h>

#include "t/unit/tap.h"

#define BYTES(text) ((struct bytes){(const unsigned char *)(text), sizeof(text) - 1})

static void test_urlencoded(struct arena *arena)
{
    struct http_pairs pairs;
    struct buf many = buf_new(arena, 10000);

    OK(http_urlencoded(arena, BYTES("nom=L%c3%a9a+N&vide=&seul&&x=1%2B1"), &pairs) == ERR_OK,
       "a query is read");
    IS_STR(http_pairs_get(&pairs, "nom"), "Léa N", "percent and plus are decoded");
    IS_STR(http_pairs_get(&pairs, "vide"), "", "an empty value is there");
    IS_STR(http_pairs_get(&pairs, "seul"), "", "a name without = has an empty value");
    IS_STR(http_pairs_get(&pairs, "x"), "1+1", "an encoded plus stays a plus");
    OK(!http_pairs_get(&pairs, ""), "nothing between two & is no pair");
    http_urlencoded(arena, BYTES("a=100%&b=%zz&c=%4"), &pairs);
    IS_STR(http_pairs_get(&pairs, "a"), "100%", "a % at the end is kept");
    IS_STR(http_pairs_get(&pairs, "b"), "%zz", "a % before other letters is kept");
    IS_STR(http_pairs_get(&pairs, "c"), "%4", "a % before one digit is kept");
    http_urlencoded(arena, BYTES("a=1&a=2"), &pairs);
    IS_STR(http_pairs_get(&pairs, "a"), "1", "of two values the first counts");
    OK(http_urlencoded(arena, BYTES("a=%ff"), &pairs) == ERR_INVALID,
       "what is not UTF-8 is refused");
    OK(http_urlencoded(arena, BYTES("a=%00"), &pairs) == ERR_INVALID, "an encoded NUL is refused");
    OK(http_urlencoded(arena, BYTES("a%c0%80=1"), &pairs) == ERR_INVALID,
       "an overlong NUL in a name is refused");
    OK(http_urlencoded(arena, BYTES(""), &pairs) == ERR_OK && pairs.count == 0,
       "an empty query has no pairs");
    for (int i = 0; i < HTTP_PAIRS_MOST; i++)
        buf_puts(&many, "a=1&");
    OK(http_urlencoded(arena, buf_bytes(&many), &pairs) == ERR_TOO_LARGE,
       "more pairs than the limit are refused");
}

static void test_cookies(struct arena *arena)
{
    struct http_pairs pairs;

    http_cookies(arena, "a=1; __Host-session=x=y;\tb=2 ;; c", &pairs);
    IS_STR(http_pairs_get(&pairs, "__Host-session"), "x=y", "a cookie may have = in its value");
    IS_STR(http_pairs_get(&pairs, "b"), "2", "spaces around cookies go");
    http_cookies(arena, "a=1; b=\xe9; c=3", &pairs);
    OK(!http_pairs_get(&pairs, "b"), "a cookie outside of ASCII is passed over");
    IS_STR(http_pairs_get(&pairs, "c"), "3", "and those behind it are read");
    http_cookies(arena, "", &pairs);
    IS_INT(pairs.count, 0, "no header, no cookies");
}

#define PART "\r\nContent-Disposition: form-data; name="
#define TYPE "multipart/form-data; boundary=xyz"

static void test_multipart(struct arena *arena)
{
    struct http_pairs fields;
    struct http_files files;
    enum err err;

    err = multipart_parse(arena, TYPE,
                          BYTES("preamble\r\n--xyz" PART "\"nom\"\r\n\r\nLéon\r\n"
                                "--xyz" PART "\"fichier\"; filename=\"C:\\temp/x\\a%22b.pdf\"\r\n"
                                "Content-Type: application/pdf; x=1\r\n\r\n%PDF\r\n--xy\0z\r\n"
                                "--xyz \t" PART "vide; filename=\"\"\r\n\r\n\r\n"
                                "--xyz--\r\nepilogue"),
                          &fields, &files);
    OK(err == ERR_OK, "a form with files is read");
    IS_STR(http_pairs_get(&fields, "nom"), "Léon", "a text field has its value");
    IS_INT(files.count, 1, "a file field left empty yields no file");
    IS_STR(files.items[0].field, "fichier", "a file knows its field");
    IS_STR(files.items[0].name, "a\"b.pdf", "a file's name loses its folders and escapes");
    IS_STR(files.items[0].media_type, "application/pdf", "a file has its type without parameters");
    OK(bytes_equal(files.items[0].content, BYTES("%PDF\r\n--xy\0z")),
       "a file has its exact bytes, NUL and near-boundaries included");
    err = multipart_parse(
        arena, "multipart/form-data; charset=utf-8; boundary=\"a b\"",
        BYTES("--a b" PART "x\r\n\r\n--a b" PART "f; filename=\"../../b.pdf\"\r\n\r\n1\r\n--a b--"),
        &fields, &files);
    OK(err == ERR_OK, "a quoted boundary is taken, and a part may be empty");
    IS_STR(http_pairs_get(&fields, "x"), "", "an empty part has an empty value");
    IS_STR(files.items[0].name, "b.pdf", "a file's name does not climb");
}

static void refused(struct arena *arena, const char *type, struct bytes body, enum err wanted,
                    const char *title)
{
    struct http_pairs fields;
    struct http_files files;

    OK(multipart_parse(arena, type, body, &fields, &files) == wanted, title);
}

static void test_multipart_refusals(struct arena *arena)
{
    struct buf big = buf_new(arena, 1024 * 1024);

    refused(arena, "multipart/form-data", BYTES("--xyz--"), ERR_INVALID, "no boundary, no form");
    refused(arena, TYPE, BYTES("nothing"), ERR_INVALID, "a body without delimiter is refused");
    refused(arena, TYPE, BYTES("--xyz" PART "a\r\n\r\nvalue"), ERR_INVALID,
            "a body that is cut short is refused");
    refused(arena, TYPE, BYTES("--xyz\r\nContent-Type: text/plain\r\n\r\nx\r\n--xyz--"),
            ERR_INVALID, "a part without a name is refused");
    refused(arena, TYPE, BYTES("--xyz" PART "\"a\r\n\r\nx\r\n--xyz--"), ERR_INVALID,
            "a quote that is not closed is refused");
    refused(arena, TYPE, BYTES("--xyzz" PART "a\r\n\r\nx\r\n--xyz--"), ERR_INVALID,
            "a longer delimiter is not ours");
    refused(arena, TYPE, BYTES("--xyz" PART "a\r\n\r\n\xff\r\n--xyz--"), ERR_INVALID,
            "text that is not UTF-8 is refused");
    refused(arena, TYPE,
            BYTES("--xyz" PART "a\r\nContent-Transfer-Encoding: base64\r\n\r\neA\r\n--xyz--"),
            ERR_INVALID, "an encoded part is refused");
    for (int i = 0; i <= MULTIPART_PARTS_MOST; i++)
        buf_puts(&big, "--xyz" PART "a\r\n\r\n1\r\n");
    buf_puts(&big, "--xyz--");
    refused(arena, TYPE, buf_bytes(&big), ERR_TOO_LARGE, "more parts than the limit are refused");
    buf_clear(&big);
    buf_printf(&big, "--xyz%sa; x=%05000d\r\n\r\n1\r\n--xyz--", PART, 1);
    refused(arena, TYPE, buf_bytes(&big), ERR_TOO_LARGE, "a header over the limit is refused");
    buf_clear(&big);
    buf_printf(&big, "--xyz%sa\r\n\r\n%0*d\r\n--xyz--", PART, (int)MULTIPART_TEXT_MOST + 1, 1);
    refused(arena, TYPE, buf_bytes(&big), ERR_TOO_LARGE, "a text over the limit is refused");
}

/* Parameters as pairs of strings, ended by NULL. */
static const char *listed(const void *from, const char *name)
{
    for (const char *const *list = from; *list; list += 2)
        if (strcmp(list[0], name) == 0)
            return list[1];
    return NULL;
}

struct source {
    const char *text;
};

static size_t give(void *from, void *place, size_t size)
{
    struct source *source = from;
    size_t length = strlen(source->text);

    if (length > 3) /* in small pieces, as a socket would */
        length = 3;
    if (length > size)
        length = size;
    memcpy(place, source->text, length);
    source->text += length;
    return length;
}

static void test_request(struct arena *arena)
{
    const char *const get[] = {"REQUEST_METHOD",       "HEAD",        "REQUEST_URI",
                               "/a%C3%A9/b?x=1&y=%20", "REMOTE_ADDR", "2001:DB8:0::1",
                               "HTTP_COOKIE",          "a=1",         "HTTP_SEC_FETCH_SITE",
                               "same-origin",          NULL};
    const char *const post[] = {"REQUEST_METHOD",
                                "POST",
                                "REQUEST_URI",
                                "/a",
                                "REMOTE_ADDR",
                                "somewhere",
                                "CONTENT_TYPE",
                                "Application/x-www-form-urlencoded;charset=utf-8",
                                "CONTENT_LENGTH",
                                "11",
                                NULL};
    const char *const bad[] = {"REQUEST_URI", "/%e9", NULL};
    struct http_request request;
    struct source body = {"a=1&b=%3d22"};

    OK(http_request_read(arena, listed, get, &request) == ERR_OK, "a request is read");
    OK(request.method == HTTP_GET && request.head, "HEAD is a GET without a body");
    IS_STR(request.path, "/aé/b", "the path is decoded");
    IS_STR(http_pairs_get(&request.query, "y"), " ", "the query is decoded");
    IS_STR(request.address, "/a%C3%A9/b?x=1&y=%20", "the address is kept as it came");
    IS_STR(request.remote, "2001:db8::1", "the client's address is in its canonical form");
    IS_STR(request.fetch_site, "same-origin", "a header is found");
    IS_STR(request.origin, "", "a header that is absent is empty");
    http_request_read(arena, listed, post, &request);
    IS_STR(request.remote, "", "what is no IP address is none");
    OK(http_request_read_body(arena, give, &body, &request) == ERR_OK, "a body is read");
    IS_STR(http_field(&request, "b"), "=22", "a body's field has its value");
    body.text = "a=1";
    OK(http_request_read_body(arena, give, &body, &request) == ERR_INVALID,
       "a body that is cut short is refused");
    request.content_length = HTTP_TEXT_BODY_MOST + 1;
    OK(http_request_read_body(arena, give, &body, &request) == ERR_TOO_LARGE,
       "a body over the limit is refused before it is read");
    request.content_type = "text/xml";
    OK(http_request_read_body(arena, give, &body, &request) == ERR_INVALID,
       "a body that is no form is refused");
    OK(http_request_read(arena, listed, bad, &request) == ERR_INVALID,
       "a path that is not UTF-8 is refused");
}

static enum err handler(struct exchange *x)
{
    (void)x;
    return ERR_OK;
}

static const struct http_route routes[] = {
    {"list", HTTP_GET, "/stages", HTTP_MEMBER, handler},
    {"add", HTTP_POST, "/stages", HTTP_ADMIN, handler},
    {"one", HTTP_GET, "/stages/{id}", HTTP_MEMBER, handler},
    {"file", HTTP_GET, "/stages/{id}/fichiers/{id}.pdf", HTTP_MEMBER, handler},
    {"remove", HTTP_POST, "/stages/{id}/retirer", HTTP_MEMBER, handler},
    {"look", HTTP_GET, "/v/{token}", HTTP_PUBLIC, handler},
};

/* "name n n", or what the search answered. */
static const char *found(struct arena *arena, enum http_method method, const char *path)
{
    struct http_request request = {.method = method, .path = path};
    const struct http_route *route;
    const char *allow;

    if (http_route_find(arena, routes, sizeof routes / sizeof routes[0], &request, &route,
                        &allow) != ERR_OK)
        return "none";
    if (!route)
        return allow;
    return arena_printf(arena, "%s %llu %llu", route->name,
                        (unsigned long long)request.arguments[0].number,
                        (unsigned long long)request.arguments[1].number);
}

static void test_routes(struct arena *arena)
{
    const uint64_t to_file[] = {3, 12, 18446744073709551615u};

    IS_STR(found(arena, HTTP_GET, "/stages"), "list 0 0", "a path without parts is found");
    IS_STR(found(arena, HTTP_POST, "/stages"), "add 0 0", "the method chooses among equal paths");
    IS_STR(found(arena, HTTP_GET, "/stages/7"), "one 7 0", "a number is read");
    IS_STR(found(arena, HTTP_GET, "/stages/1234"), "one 1234 0", "a longer number is read");
    IS_STR(found(arena, HTTP_GET, "/stages/0"), "none", "0 is no row");
    IS_STR(found(arena, HTTP_GET, "/stages/07"), "none", "a number has one form only");
    IS_STR(found(arena, HTTP_GET, "/stages/7x"), "none", "what is no number finds nothing");
    IS_STR(found(arena, HTTP_GET, "/stages/18446744073709551616"), "none",
           "a number too large finds nothing");
    IS_STR(found(arena, HTTP_GET, "/stages/"), "none", "an absent number finds nothing");
    IS_STR(found(arena, HTTP_GET, "/stage"), "none", "a shorter path finds nothing");
    IS_STR(found(arena, HTTP_GET, "/"), "none", "an unknown path finds nothing");
    IS_STR(found(arena, HTTP_OTHER, "/stages"), "GET, HEAD, POST", "another method is told which");
    IS_STR(found(arena, HTTP_GET, "/stages/7/retirer"), "POST", "a POST alone allows no GET");
    IS_STR(found(arena, HTTP_POST, "/stages/7"), "GET, HEAD", "a GET alone allows no POST");
    IS_STR(http_url(arena, routes, to_file, 3), "/stages/12/fichiers/18446744073709551615.pdf",
           "an address is made from its route");
}

static void test_guards(void)
{
    const struct http_session keeper = {.role = HTTP_ROLE_OPERATOR},
                              admin = {.role = HTTP_ROLE_ADMIN},
                              member = {.role = HTTP_ROLE_MEMBER};
    const struct http_session *all[] = {NULL, &keeper, &admin, &member};
    const char *const wanted[] = {
        [HTTP_PUBLIC] = "++++", [HTTP_SIGNED_IN] = "s+++", [HTTP_MEMBER] = "s-++",
        [HTTP_ADMIN] = "s-+-",  [HTTP_OPERATOR] = "s+--",
    };

    for (size_t guard = 0; guard < sizeof wanted / sizeof wanted[0]; guard++) {
        char got[5] = "";
        for (int i = 0; i < 4; i++) {
            enum err err = http_guard_check((enum http_guard)guard, all[i]);
            got[i] = err == ERR_OK ? '+' : err == ERR_SIGNED_OUT ? 's' : '-';
        }
        IS_STR(got, wanted[guard], "a guard lets in nobody, operator, admin, member as it says");
    }
}

static void test_response(struct arena *arena)
{
    struct http_response response;
    const char *head;

    http_response_begin(&response, arena);
    OK(http_response_header(&response, "X-A", "b\r\nX-C: d") == ERR_INTERNAL,
       "a line end makes no header");
    OK(http_response_header(&response, "X A", "b") == ERR_INTERNAL,
       "a name with a space makes no header");
    OK(http_response_header(&response, "X-A", "é") == ERR_INTERNAL,
       "a header outside of ASCII is refused");
    OK(http_response_cookie(&response, "c", "a;b", 0) == ERR_INTERNAL,
       "a cookie's value has no semicolon");
    http_response_header(&response, "X-Gone", "1");
    http_response_cookie(&response, "__Host-a", "b", 60);
    http_response_clear(&response);
    response.status = 422;
    response.body = BYTES("four");
    head = (const char *)http_response_head(&response).data;
    OK(strncmp(head, "Status: 422 Unprocessable Content\r\n", 35) == 0, "the status comes first");
    OK(strstr(head, "Content-Length: 4\r\n\r\n"), "the length comes last");
    OK(!strstr(head, "X-Gone"), "what was answered before an error is forgotten");
    OK(strstr(head, "\r\nSet-Cookie: __Host-a=b; Path=/; Max-Age=60; Secure; HttpOnly; "
                    "SameSite=Lax\r\n"),
       "a cookie is kept, for this host alone and out of scripts' reach");
    OK(strstr(head, "frame-ancestors 'none'") && strstr(head, "\r\nCache-Control: no-store\r\n") &&
           strstr(head, "\r\nX-Content-Type-Options: nosniff\r\n") &&
           strstr(head, "\r\nReferrer-Policy: same-origin\r\n"),
       "every response carries the security headers");
    IS_STR(http_content_disposition(arena, "attachment", "Élève Œ \"x\".pdf"),
           "attachment; filename=\"Eleve OE _x_.pdf\"; "
           "filename*=UTF-8''%C3%89l%C3%A8ve%20%C5%92%20%22x%22.pdf",
           "a file's name is sent in ASCII and in UTF-8");
    IS_STR(http_content_disposition(arena, "inline", "a\r\nb€.pdf"),
           "inline; filename=\"a__b_.pdf\"; filename*=UTF-8''a%0D%0Ab%E2%82%AC.pdf",
           "a file's name breaks no line");
}

static void test_redirect(struct arena *arena)
{
    struct http_response response;
    struct exchange x = {.arena = arena, .response = &response};

    http_response_begin(&response, arena);
    OK(http_redirect(&x, "/a?b=c") == ERR_OK && response.status == 303,
       "a redirect stays on this site");
    OK(http_redirect(&x, "https://example.org/") == ERR_INTERNAL &&
           http_redirect(&x, "//example.org/") == ERR_INTERNAL &&
           http_redirect(&x, "/\\example.org/") == ERR_INTERNAL,
       "a redirect to another site is refused");
}

static void test_network(struct arena *arena)
{
    IS_STR(http_network_of(arena, "192.0.2.7"), "192.0.2.7", "an IPv4 address counts alone");
    IS_STR(http_network_of(arena, "2001:db8:1:2:3:4:5:6"),
           "2001:db8:1:2::", "an IPv6 address counts with its /64");
}

static enum err read_sentences(struct arena *arena, const char *text,
                               const struct http_sentences **sentences)
{
    char path[] = "/tmp/paraphe-sentences-XXXXXX";
    int file = mkstemp(path);
    enum err err;

    if (file < 0 || write(file, text, strlen(text)) != (ssize_t)strlen(text))
        return ERR_INTERNAL;
    close(file);
    err = http_sentences_read(arena, path, sentences);
    unlink(path);
    return err;
}

static void test_sentences(struct arena *arena)
{
    const struct http_sentences *sentences;

    OK(read_sentences(arena, "# x\n\nb = Deux\xc2\xa0: 2 = 2.\na=Un.\n", &sentences) == ERR_OK,
       "sentences are read");
    IS_STR(http_sentences_get(sentences, "a"), "Un.", "a sentence is found");
    IS_STR(http_sentences_get(sentences, "b"), "Deux\xc2\xa0: 2 = 2.",
           "a sentence keeps its = and its non-breaking spaces");
    OK(!http_sentences_get(sentences, "c"), "an unknown key has none");
    OK(read_sentences(arena, "a = 1\na = 2\n", &sentences) == ERR_INVALID,
       "a key given twice is refused");
    OK(read_sentences(arena, "a =\n", &sentences) == ERR_INVALID, "an empty sentence is refused");
    OK(read_sentences(arena, "a\n", &sentences) == ERR_INVALID, "a line without = is refused");
    OK(read_sentences(arena, "a = \xff\n", &sentences) == ERR_INVALID,
       "a sentence that is not UTF-8 is refused");
}

int main(void)
{
    struct arena *arena = arena_new(16 * 1024 * 1024);

    test_urlencoded(arena);
    test_cookies(arena);
    test_multipart(arena);
    test_multipart_refusals(arena);
    test_request(arena);
    test_routes(arena);
    test_guards();
    test_response(arena);
    test_redirect(arena);
    test_network(arena);
    test_sentences(arena);
    arena_free(arena);
    return tap_end();
}
