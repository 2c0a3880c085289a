#include "http/multipart.h"

#include <strings.h>

#include "base/text.h"

#define BOUNDARY_MOST 70 /* RFC 2046 §5.1.1 */

struct parser {
    struct arena *arena;
    const unsigned char *at, *end; /* what has not been read yet */
    struct bytes delimiter;        /* CR LF -- boundary */
    struct http_pairs *fields;
    struct http_files *files;
};

/* What the header lines of a part say. */
struct part {
    const char *name;      /* NULL until Content-Disposition was read */
    const char *file_name; /* NULL: a text field */
    const char *media_type;
};

static enum err malformed(const char *what)
{
    return err_raise(ERR_INVALID, "http-malformed", "multipart: %s", what);
}

static const unsigned char *find(const unsigned char *at, const unsigned char *end,
                                 struct bytes wanted)
{
    return at < end ? memmem(at, (size_t)(end - at), wanted.data, wanted.length) : NULL;
}

static const char *skip_spaces(const char *text)
{
    return text + strspn(text, " \t");
}

/* Reads the value of a parameter: a token or a quoted string. In the latter, \" and \\ stand for
 * one character; other backslashes are kept, since old browsers send C:\folder\file. Moves *text
 * behind it; NULL where a quote is not closed. */
static const char *read_value(struct arena *arena, const char **text)
{
    const char *at = *text;
    char *value, *to;

    if (*at != '"') {
        size_t length = strcspn(at, "; \t");
        *text = at + length;
        return arena_strndup(arena, at, length);
    }
    value = to = arena_alloc(arena, strlen(at) + 1);
    for (at++; *at && *at != '"'; at++) {
        if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
            at++;
        *to++ = *at;
    }
    *text = at + 1;
    return *at == '"' ? value : NULL;
}

/* The value of the parameter name in a header's value after its first word, or NULL. The form
 * name* is not used in multipart/form-data (RFC 7578 §4.2) and is passed over. */
static const char *header_parameter(struct arena *arena, const char *header, const char *name)
{
    const char *at = header + strcspn(header, ";");

    while (*at == ';') {
        size_t length;
        const char *key = at = skip_spaces(at + 1), *value;
        length = strcspn(at, "=; \t");
        at = skip_spaces(at + length);
        if (*at != '=')
            continue;
        at = skip_spaces(at + 1);
        value = read_value(arena, &at);
        if (!value)
            return NULL;
        if (length == strlen(name) && strncasecmp(key, name, length) == 0)
            return value;
        at = skip_spaces(at);
    }
    return NULL;
}

/* Browsers write " and line ends in names as %22, %0D and %0A, and nothing else (HTML Standard,
 * multipart/form-data encoding algorithm). */
static const char *undo_browser_escapes(struct arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1), *to = out;

    for (; *text; text++) {
        bool quote = strncmp(text, "%22", 3) == 0;
        if (quote || strncasecmp(text, "%0D", 3) == 0 || strncasecmp(text, "%0A", 3) == 0) {
            *to++ = quote ? '"' : ' ';
            text += 2;
        } else {
            *to++ = *text;
        }
    }
    return out;
}

/* A file's name without its folders, control characters and what is not UTF-8. */
static const char *clean_file_name(struct arena *arena, const char *sent)
{
    const char *name = undo_browser_escapes(arena, sent), *base = name;

    for (const char *c = name; *c; c++)
        if (*c == '/' || *c == '\\')
            base = c + 1;
    return text_squeeze(arena, base);
}

static enum err read_disposition(struct parser *parser, const char *value, struct part *part)
{
    const char *name, *file_name;

    if (strncasecmp(value, "form-data", 9) != 0)
        return malformed("a part is not form-data");
    name = header_parameter(parser->arena, value, "name");
    if (!name)
        return malformed("a part has no name");
    part->name = undo_browser_escapes(parser->arena, name);
    if (!text_is_utf8(bytes_of(part->name)))
        return err_raise(ERR_INVALID, "http-not-text", "a field's name is not UTF-8");
    file_name = header_parameter(parser->arena, value, "filename");
    part->file_name = file_name ? clean_file_name(parser->arena, file_name) : NULL;
    return ERR_OK;
}

static enum err read_header(struct parser *parser, const char *line, struct part *part)
{
    const char *colon = strchr(line, ':'), *value;
    size_t length;

    if (!colon)
        return malformed("a header line without colon");
    length = (size_t)(colon - line);
    value = skip_spaces(colon + 1);
    if (length == 19 && strncasecmp(line, "Content-Disposition", length) == 0)
        return read_disposition(parser, value, part);
    if (length == 12 && strncasecmp(line, "Content-Type", length) == 0)
        part->media_type = arena_strndup(parser->arena, value, strcspn(value, "; \t"));
    if (length == 25 && strncasecmp(line, "Content-Transfer-Encoding", length) == 0 &&
        strcasecmp(value, "binary") != 0 && strcasecmp(value, "8bit") != 0 &&
        strcasecmp(value, "7bit") != 0)
        return malformed("a part is encoded"); /* RFC 7578 §4.7 */
    return ERR_OK;
}

/* Reads the header lines of a part and the empty line behind them. */
static enum err read_headers(struct parser *parser, struct part *part)
{
    const unsigned char *start = parser->at;

    *part = (struct part){.media_type = "text/plain"};
    for (;;) {
        const unsigned char *line_end = find(parser->at, parser->end, bytes_of("\r\n"));
        size_t length;
        if (!line_end)
            return malformed("a part's header has no end");
        if ((size_t)(line_end - start) > MULTIPART_HEADERS_MOST)
            return err_raise(ERR_TOO_LARGE, "http-malformed", "a part's header is too long");
        length = (size_t)(line_end - parser->at);
        if (length > 0 && memchr(parser->at, '\0', length))
            return malformed("NUL in a header");
        if (length > 0)
            ERR_TRY(read_header(
                parser, arena_strndup(parser->arena, (const char *)parser->at, length), part));
        parser->at = line_end + 2;
        if (length == 0)
            return part->name ? ERR_OK : malformed("a part without Content-Disposition");
    }
}

static enum err keep_part(struct parser *parser, const struct part *part, struct bytes content)
{
    if (part->file_name) {
        if (part->file_name[0] || content.length > 0)
            parser->files->items[parser->files->count++] =
                (struct http_file){part->name, part->file_name, part->media_type, content};
        return ERR_OK;
    }
    if (content.length > MULTIPART_TEXT_MOST)
        return err_raise(ERR_TOO_LARGE, "http-field-too-long", "a field of %zu bytes",
                         content.length);
    if (!text_is_utf8(content) || memchr(content.data, '\0', content.length))
        return err_raise(ERR_INVALID, "http-not-text", "a field is not UTF-8");
    parser->fields->items[parser->fields->count++] = (struct http_pair){
        part->name, arena_strndup(parser->arena, (const char *)content.data, content.length)};
    return ERR_OK;
}

/* Behind a delimiter: "--" ends the body, spaces and CR LF begin a part (RFC 2046 §5.1.1). */
static enum err read_delimiter_tail(struct parser *parser, bool *last)
{
    *last = parser->end - parser->at >= 2 && memcmp(parser->at, "--", 2) == 0;
    if (*last)
        return ERR_OK;
    while (parser->at < parser->end && (*parser->at == ' ' || *parser->at == '\t'))
        parser->at++;
    if (parser->end - parser->at < 2 || memcmp(parser->at, "\r\n", 2) != 0)
        return malformed("something behind a delimiter");
    parser->at += 2;
    return ERR_OK;
}

static enum err read_parts(struct parser *parser)
{
    bool last;

    ERR_TRY(read_delimiter_tail(parser, &last));
    for (size_t count = 0; !last; count++) {
        struct part part;
        struct bytes content;
        const unsigned char *end;
        if (count == MULTIPART_PARTS_MOST)
            return err_raise(ERR_TOO_LARGE, "http-too-many-fields", "too many parts");
        ERR_TRY(read_headers(parser, &part));
        /* The CR LF of the empty line may also begin the delimiter of an empty part. */
        end = find(parser->at - 2, parser->end, parser->delimiter);
        if (!end)
            return malformed("the last part has no end");
        content.data = parser->at;
        content.length = end < parser->at ? 0 : (size_t)(end - parser->at);
        ERR_TRY(keep_part(parser, &part, content));
        parser->at = end + parser->delimiter.length;
        ERR_TRY(read_delimiter_tail(parser, &last));
    }
    return ERR_OK;
}

enum err multipart_parse(struct arena *arena, const char *content_type, struct bytes body,
                         struct http_pairs *fields, struct http_files *files)
{
    struct parser parser = {.arena = arena, .at = body.data, .end = body.data + body.length};
    const char *boundary = header_parameter(arena, content_type, "boundary");
    struct bytes first;
    const unsigned char *start;

    if (!boundary || boundary[0] == '\0' || strlen(boundary) > BOUNDARY_MOST)
        return malformed("no usable boundary");
    parser.delimiter = bytes_of(arena_printf(arena, "\r\n--%s", boundary));
    parser.fields = fields;
    parser.files = files;
    *fields =
        (struct http_pairs){ARENA_NEW_ARRAY(arena, MULTIPART_PARTS_MOST, struct http_pair), 0};
    *files = (struct http_files){ARENA_NEW_ARRAY(arena, MULTIPART_PARTS_MOST, struct http_file), 0};
    /* The first delimiter may stand at the very beginning, where no CR LF precedes it. */
    first = (struct bytes){parser.delimiter.data + 2, parser.delimiter.length - 2};
    if (bytes_start_with(body, first)) {
        parser.at = body.data + first.length;
    } else {
        start = find(parser.at, parser.end, parser.delimiter);
        if (!start)
            return malformed("no delimiter");
        parser.at = start + parser.delimiter.length;
    }
    return read_parts(&parser);
}
