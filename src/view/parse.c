#include "view/parse.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"

#define NESTED_MOST 64

struct parser {
    struct arena *arena;
    const char *file;
    const char *start;
    const char *end;
    const char *at;
    unsigned line; /* of at */
    const char *open;
    const char *close;
    unsigned depth;
};

struct tag {
    char sigil; /* 0 for a plain {{x}} */
    const char *name;
    const char *start; /* of the tag with its delimiters */
    const char *end;
    unsigned line;
};

/* A list that grows at its end. */
struct parts {
    struct view_part *first;
    struct view_part *last;
};

static enum err wrong(const struct parser *parser, unsigned line, const char *key, const char *what,
                      const char *name)
{
    return err_raise(ERR_INVALID, key, "%s:%u: %s%s", parser->file, line, what, name);
}

static struct view_part *add(struct parser *parser, struct parts *parts, enum view_part_kind kind,
                             const struct tag *tag)
{
    struct view_part *part = ARENA_NEW(parser->arena, struct view_part);

    part->kind = kind;
    part->line = tag ? tag->line : parser->line;
    part->name = tag ? tag->name : "";
    part->indent = "";
    if (parts->last)
        parts->last->next = part;
    else
        parts->first = part;
    parts->last = part;
    return part;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *line_start(const struct parser *parser, const char *place)
{
    while (place > parser->start && place[-1] != '\n')
        place--;
    return place;
}

static const char *skip_blanks(const char *from, const char *end)
{
    while (from < end && is_blank(*from))
        from++;
    return from;
}

/* Whether nothing but blanks stands before place on its line. */
static bool opens_line(const struct parser *parser, const char *place)
{
    return skip_blanks(line_start(parser, place), place) == place;
}

/* Where the next line begins, if nothing but blanks stands between place and the line's end;
 * otherwise NULL. */
static const char *closes_line(const struct parser *parser, const char *place)
{
    const char *at = skip_blanks(place, parser->end);

    if (at == parser->end)
        return at;
    if (*at == '\r' && at + 1 < parser->end && at[1] == '\n')
        at++;
    return *at == '\n' ? at + 1 : NULL;
}

/* Moves to a later place and counts the lines between. */
static void move(struct parser *parser, const char *place)
{
    for (const char *c = parser->at; c < place; c++)
        parser->line += *c == '\n';
    parser->at = place;
}

static const char *find(const char *from, const char *end, const char *what)
{
    size_t length = strlen(what);

    return (const char *)memmem(from, (size_t)(end - from), what, length);
}

static const char *trimmed(struct arena *arena, const char *from, const char *to)
{
    while (from < to && strchr(" \t\r\n", *from))
        from++;
    while (to > from && strchr(" \t\r\n", to[-1]))
        to--;
    return arena_strndup(arena, from, (size_t)(to - from));
}

/* Moves to the next tag's start and reads it; *found is false at the end of the text. */
static enum err next_tag(struct parser *parser, struct tag *tag, bool *found)
{
    const char *start = find(parser->at, parser->end, parser->open);
    const char *inside, *stop;
    char closing[20];

    *found = start != NULL;
    move(parser, start ? start : parser->end);
    if (!start)
        return ERR_OK;
    inside = start + strlen(parser->open);
    *tag = (struct tag){.start = start, .line = parser->line};
    if (inside < parser->end && strchr("#^/>!=&<${", *inside))
        tag->sigil = *inside++;
    snprintf(closing, sizeof closing, "%s%s",
             tag->sigil == '{' ? "}" : (tag->sigil == '=' ? "=" : ""), parser->close);
    stop = find(inside, parser->end, closing);
    if (!stop)
        return wrong(parser, tag->line, "view-tag-open", "this tag does not end: ", parser->open);
    tag->end = stop + strlen(closing);
    tag->name = trimmed(parser->arena, inside, stop);
    if (tag->sigil == '!' || tag->sigil == '=')
        return ERR_OK;
    if (tag->name[0] == '\0')
        return wrong(parser, tag->line, "view-tag-name", "this tag has no name: ", parser->open);
    if (strpbrk(tag->name, " \t\r\n"))
        return wrong(parser, tag->line, "view-tag-name", "a name has white space: ", tag->name);
    return ERR_OK;
}

/* {{=open close=}} */
static enum err set_delimiters(struct parser *parser, const struct tag *tag)
{
    const char *gap = strpbrk(tag->name, " \t\r\n");
    const char *close;

    if (!gap)
        return wrong(parser, tag->line, "view-template", "delimiters are two: ", tag->name);
    close = gap + strspn(gap, " \t\r\n");
    if (gap - tag->name > 8 || strlen(close) > 8 || strpbrk(tag->name, "=") ||
        strpbrk(close, " \t\r\n"))
        return wrong(parser, tag->line, "view-template", "these cannot be delimiters: ", tag->name);
    parser->open = arena_strndup(parser->arena, tag->name, (size_t)(gap - tag->name));
    parser->close = close;
    return ERR_OK;
}

static void add_text(struct parser *parser, struct parts *parts, const char *from, const char *to,
                     unsigned line)
{
    struct view_part *part;

    if (from == to)
        return;
    part = add(parser, parts, VIEW_PART_TEXT, NULL);
    part->line = line;
    part->text = from;
    part->length = (size_t)(to - from);
}

static enum err parse_until(struct parser *parser, const struct tag *opened, struct parts *parts,
                            struct tag *closing);

/* Reads the parts up to the tag that closes what was opened, one level deeper. */
static enum err parse_inside(struct parser *parser, const struct tag *opened, struct parts *parts,
                             struct tag *closing)
{
    enum err result;

    if (++parser->depth > NESTED_MOST)
        return wrong(parser, opened->line, "view-nested", "nested too deeply: ", opened->name);
    result = parse_until(parser, opened, parts, closing);
    parser->depth--;
    return result;
}

static const char *blanks_before(struct parser *parser, const char *place)
{
    const char *start = line_start(parser, place);

    return arena_strndup(parser->arena, start, (size_t)(place - start));
}

/* Takes the indentation of its first line from all lines of a block's content, and returns it. */
static const char *outdent(struct arena *arena, struct view_source *content)
{
    const char *end = content->text + content->length;
    size_t width = (size_t)(skip_blanks(content->text, end) - content->text);
    const char *indent = arena_strndup(arena, content->text, width);
    struct buf text = buf_new(arena, content->length);

    for (const char *line = content->text; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *next = newline ? newline + 1 : end;
        size_t same = 0;

        while (same < width && line + same < end && line[same] == indent[same])
            same++;
        buf_put(&text, line + same, (size_t)(next - line) - same);
        line = next;
    }
    content->text = text.data;
    content->length = text.length;
    return indent;
}

/* A block, as a definition or, inside of a parent's tag, as an override: there its tags need
 * nothing else to stand alone, since text between blocks is not shown. */
static enum err parse_block(struct parser *parser, const struct tag *opened, bool overrides,
                            struct parts *parts)
{
    struct view_part *block = add(parser, parts, VIEW_PART_BLOCK, opened);
    bool opens = opens_line(parser, opened->start);
    const char *next = closes_line(parser, opened->end);
    bool alone = next != NULL && (opens || overrides);
    struct parts inner = {NULL, NULL};
    struct tag closing;
    const char *until, *intrinsic = "";

    move(parser, alone ? next : opened->end);
    block->content = (struct view_source){.file = parser->file,
                                          .line = parser->line,
                                          .text = parser->at,
                                          .open = parser->open,
                                          .close = parser->close};
    ERR_TRY(parse_inside(parser, opened, &inner, &closing));
    until = closing.start;
    if (opens_line(parser, until) && (overrides || closes_line(parser, closing.end)))
        until = line_start(parser, until);
    if (until < block->content.text)
        until = block->content.text;
    block->content.length = (size_t)(until - block->content.text);
    if (alone)
        intrinsic = outdent(parser->arena, &block->content);
    block->indent_first = alone;
    if (alone && block->content.length > 0)
        block->indent = intrinsic;
    else if (opens)
        block->indent = blanks_before(parser, opened->start);
    return ERR_OK;
}

/* {{<name}} with the blocks inside of it, as one tag that may stand alone over several lines. */
static enum err parse_parent(struct parser *parser, const struct tag *opened, struct parts *parts)
{
    struct view_part *text = parts->last;
    struct view_part *parent = add(parser, parts, VIEW_PART_PARENT, opened);
    struct parts blocks = {NULL, NULL};
    struct tag tag;
    const char *next;
    bool found;

    for (;;) {
        ERR_TRY(next_tag(parser, &tag, &found));
        if (!found)
            return wrong(parser, opened->line, "view-unclosed", "this is never closed: <",
                         opened->name);
        move(parser, tag.end);
        if (tag.sigil == '/' && strcmp(tag.name, opened->name) == 0)
            break;
        if (tag.sigil == '$')
            ERR_TRY(parse_block(parser, &tag, true, &blocks));
        else if (tag.sigil == '=')
            ERR_TRY(set_delimiters(parser, &tag));
        else if (tag.sigil != '!')
            return wrong(parser, tag.line, "view-template",
                         "only blocks may stand here: ", tag.name);
    }
    parent->inner = blocks.first;
    next = closes_line(parser, tag.end);
    if (next && opens_line(parser, opened->start)) {
        parent->indent = blanks_before(parser, opened->start);
        parent->indent_first = true;
        if (text && text->kind == VIEW_PART_TEXT)
            text->length -= strlen(parent->indent);
        move(parser, next);
    }
    return ERR_OK;
}

static enum err parse_section(struct parser *parser, const struct tag *opened, struct parts *parts)
{
    struct view_part *section =
        add(parser, parts, opened->sigil == '#' ? VIEW_PART_SECTION : VIEW_PART_INVERTED, opened);
    struct parts inner = {NULL, NULL};
    struct tag closing;

    ERR_TRY(parse_inside(parser, opened, &inner, &closing));
    section->inner = inner.first;
    return ERR_OK;
}

/* What a tag other than a closing one adds. at is behind the tag. */
static enum err parse_tag(struct parser *parser, const struct tag *tag, const char *indent,
                          struct parts *parts)
{
    struct view_part *partial;

    switch (tag->sigil) {
    case '!':
        return ERR_OK;
    case '=':
        return set_delimiters(parser, tag);
    case '#':
    case '^':
        return parse_section(parser, tag, parts);
    case '$':
        return parse_block(parser, tag, false, parts);
    case '<':
        return parse_parent(parser, tag, parts);
    case '>':
        partial = add(parser, parts, VIEW_PART_PARTIAL, tag);
        partial->indent = indent;
        partial->indent_first = true;
        return ERR_OK;
    case '{':
    case '&':
        add(parser, parts, VIEW_PART_RAW, tag);
        return ERR_OK;
    default:
        add(parser, parts, VIEW_PART_VALUE, tag);
        return ERR_OK;
    }
}

/* Parts up to the closing tag of opened, or to the end of the text where that is NULL. */
static enum err parse_until(struct parser *parser, const struct tag *opened, struct parts *parts,
                            struct tag *closing)
{
    for (;;) {
        const char *from = parser->at;
        unsigned line = parser->line;
        const char *next = NULL, *indent = "";
        struct tag tag;
        bool found;

        ERR_TRY(next_tag(parser, &tag, &found));
        if (!found) {
            add_text(parser, parts, from, parser->end, line);
            if (opened)
                return wrong(parser, opened->line, "view-unclosed",
                             "this is never closed: ", opened->name);
            return ERR_OK;
        }
        if (tag.sigil && strchr("#^/>!=$", tag.sigil) && opens_line(parser, tag.start))
            next = closes_line(parser, tag.end);
        if (next)
            indent = blanks_before(parser, tag.start);
        add_text(parser, parts, from, tag.start - strlen(indent), line);
        move(parser, next && tag.sigil != '$' ? next : tag.end);
        if (tag.sigil == '/') {
            if (!opened || strcmp(tag.name, opened->name) != 0)
                return wrong(parser, tag.line, "view-unopened", "this closes what is not open: /",
                             tag.name);
            *closing = tag;
            return ERR_OK;
        }
        ERR_TRY(parse_tag(parser, &tag, indent, parts));
    }
}

enum err view_parse(struct arena *arena, const struct view_source *source,
                    const struct view_part **parts)
{
    struct parser parser = {.arena = arena,
                            .file = source->file,
                            .start = source->text,
                            .end = source->text + source->length,
                            .at = source->text,
                            .line = source->line,
                            .open = source->open,
                            .close = source->close};
    struct parts list = {NULL, NULL};

    if (memchr(source->text, '\0', source->length))
        return wrong(&parser, source->line, "view-template", "this is not text: it has a NUL byte",
                     "");
    ERR_TRY(parse_until(&parser, NULL, &list, NULL));
    *parts = list.first;
    return ERR_OK;
}

struct view_source view_indent(struct arena *arena, const struct view_source *source,
                               const char *indent, bool first)
{
    struct view_source indented = *source;
    const char *end = source->text + source->length;
    struct buf text;
    size_t lines = 1;

    if (indent[0] == '\0')
        return indented;
    for (const char *c = source->text; c < end; c++)
        lines += *c == '\n';
    text = buf_new(arena, source->length + lines * strlen(indent));
    for (const char *line = source->text; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *next = newline ? newline + 1 : end;

        if (first && *line != '\n' && *line != '\r')
            buf_puts(&text, indent);
        buf_put(&text, line, (size_t)(next - line));
        first = true;
        line = next;
    }
    indented.text = text.data;
    indented.length = text.length;
    return indented;
}
