#include <string.h>

#include "view/code.h"
#include "view/parse.h"
#include "view/resolve.h"

#define WORK_MOST ((size_t)16 * 1024 * 1024) /* bytes of templates, as often as they are used */
#define SCRATCH_MOST ((size_t)1024 * 1024 * 1024)

/* What a block is replaced by. Those given further out come first, and win. */
struct override {
    struct override *next;
    const struct view_part *block;
    bool *is_used;
};

/* What is the same for everything in a piece of code. */
struct place {
    const struct view_scope *scope;
    const struct override *overrides;
    const char *extension; /* of names that have none */
    enum view_escape escape;
    unsigned depth; /* of sections, partials and blocks in one another */
};

/* A partial compiled for a place: found again, it is called again, so that it may call itself. */
struct piece {
    struct piece *next;
    const struct view_file *file;
    const struct view_scope *scope;
    const struct override *overrides;
    enum view_escape escape;
    const char *indent;
    struct view_code code;
    bool is_open; /* being compiled */
};

struct compiler {
    struct view_library *library;
    struct arena *arena;   /* of code and what it points to */
    struct arena *scratch; /* of what nobody needs once the view is compiled */
    const char *file;      /* of the part at hand, for errors */
    struct piece *pieces;
};

static enum err wrong(const struct compiler *compiler, const struct view_part *part,
                      const char *key, const char *what)
{
    return err_raise(ERR_INVALID, key, "%s:%u: %s: %s", compiler->file, part->line, part->name,
                     what);
}

/* Instructions grow in the scratch, until settle. */
static struct view_instruction *emit(struct compiler *compiler, struct view_code *code,
                                     enum view_operation operation)
{
    struct view_instruction *instruction;

    if (code->count == code->capacity) {
        size_t capacity = code->capacity ? code->capacity * 2 : 4;
        struct view_instruction *grown =
            ARENA_NEW_ARRAY(compiler->scratch, capacity, struct view_instruction);

        if (code->count > 0)
            memcpy(grown, code->instructions, code->count * sizeof *grown);
        code->instructions = grown;
        code->capacity = capacity;
    }
    instruction = &code->instructions[code->count++];
    *instruction = (struct view_instruction){.operation = operation};
    return instruction;
}

/* Keeps the instructions of a piece of code to which none is added any more. */
static void settle(struct compiler *compiler, struct view_code *code)
{
    struct view_instruction *kept =
        ARENA_NEW_ARRAY(compiler->arena, code->count, struct view_instruction);

    if (code->count > 0)
        memcpy(kept, code->instructions, code->count * sizeof *kept);
    code->instructions = kept;
    code->capacity = code->count;
}

static enum err resolve(const struct compiler *compiler, const struct place *place,
                        const struct view_part *part, struct view_access *access)
{
    return view_resolve(compiler->arena, place->scope, compiler->file, part, access);
}

/* Whether a value of that kind may be written so. */
static enum err check_value(const struct compiler *compiler, const struct view_part *part,
                            const struct view_access *access, enum view_escape escape)
{
    bool raw = part->kind == VIEW_PART_RAW;

    if (!access->field)
        return ERR_OK;
    if (access->is_count || access->field->kind == VIEW_KIND_NUMBER)
        return raw ? wrong(compiler, part, "view-two-braces", "a number wants two braces") : ERR_OK;
    switch (access->field->kind) {
    case VIEW_KIND_TEXT:
        return raw ? wrong(compiler, part, "view-two-braces",
                           "text wants two braces, so that it is escaped")
                   : ERR_OK;
    case VIEW_KIND_HTML:
        if (!raw)
            return wrong(compiler, part, "view-template", "HTML wants three braces");
        return escape == VIEW_ESCAPE_HTML
                   ? ERR_OK
                   : wrong(compiler, part, "view-template", "HTML is for .html");
    case VIEW_KIND_FLAG:
        return wrong(compiler, part, "view-template", "a flag is no value; ask with # or ^");
    case VIEW_KIND_NUMBER:
    case VIEW_KIND_OBJECT:
    case VIEW_KIND_LIST:
        break;
    }
    return wrong(compiler, part, "view-template",
                 "an object or list is no value; go into it with #");
}

static enum err compile_parts(struct compiler *compiler, const struct place *place,
                              const struct view_part *parts, struct view_code *code);

static enum err compile_source(struct compiler *compiler, const struct place *place,
                               const struct view_source *source, struct view_code *code)
{
    const char *file = compiler->file;
    const struct view_part *parts;
    enum err result;

    compiler->library->work += source->length;
    if (compiler->library->work > WORK_MOST)
        return err_raise(ERR_INVALID, "view-template", "%s:%u: the templates amount to too much",
                         source->file, source->line);
    compiler->file = source->file;
    result = view_parse(compiler->scratch, source, &parts);
    if (result == ERR_OK)
        result = compile_parts(compiler, place, parts, code);
    compiler->file = file;
    return result;
}

static enum err compile_value(struct compiler *compiler, const struct place *place,
                              const struct view_part *part, struct view_code *code)
{
    struct view_instruction *instruction;
    struct view_access access;

    ERR_TRY(resolve(compiler, place, part, &access));
    ERR_TRY(check_value(compiler, part, &access, place->escape));
    instruction = emit(compiler, code, VIEW_DO_VALUE);
    instruction->access = access;
    instruction->escape = part->kind == VIEW_PART_RAW ? VIEW_ESCAPE_NONE : place->escape;
    return ERR_OK;
}

static enum err compile_section(struct compiler *compiler, const struct place *place,
                                const struct view_part *part, struct view_code *code)
{
    bool inverted = part->kind == VIEW_PART_INVERTED;
    struct view_code *body = ARENA_NEW(compiler->arena, struct view_code);
    struct view_instruction *instruction;
    struct place inside = *place;
    struct view_access access;
    const struct view_type *type;

    inside.depth++;
    ERR_TRY(resolve(compiler, place, part, &access));
    type = access.field ? access.field->element : place->scope->type;
    if (type && !inverted && !access.is_count)
        inside.scope = view_scope_push(compiler->scratch, place->scope, type);
    inside.depth++;
    ERR_TRY(compile_parts(compiler, &inside, part->inner, body));
    settle(compiler, body);
    instruction = emit(compiler, code, inverted ? VIEW_DO_UNLESS : VIEW_DO_SECTION);
    instruction->access = access;
    instruction->code = body;
    return ERR_OK;
}

static const struct view_part *override_of(const struct override *overrides, const char *name)
{
    const struct view_part *block = NULL;

    for (; overrides; overrides = overrides->next) {
        if (strcmp(overrides->block->name, name) != 0)
            continue;
        *overrides->is_used = true;
        if (!block)
            block = overrides->block;
    }
    return block;
}

static enum err compile_block(struct compiler *compiler, const struct place *place,
                              const struct view_part *part, struct view_code *code)
{
    const struct view_part *given = override_of(place->overrides, part->name);
    struct view_source source = given ? given->content : part->content;
    struct place inside = *place;

    inside.depth++;
    if (given || part->indent_first)
        source = view_indent(compiler->scratch, &source, part->indent, part->indent_first);
    source.text = arena_strndup(compiler->arena, source.text, source.length);
    return compile_source(compiler, &inside, &source, code);
}

/* The blocks of a parent's tag behind those that were given further out. */
static struct override *overrides_join(struct compiler *compiler, const struct override *outer,
                                       const struct view_part *blocks)
{
    struct override *joined = NULL, **end = &joined;

    for (; outer; outer = outer->next) {
        *end = ARENA_NEW(compiler->scratch, struct override);
        **end = (struct override){NULL, outer->block, outer->is_used};
        end = &(*end)->next;
    }
    for (; blocks; blocks = blocks->next) {
        *end = ARENA_NEW(compiler->scratch, struct override);
        **end = (struct override){NULL, blocks, ARENA_NEW(compiler->scratch, bool)};
        end = &(*end)->next;
    }
    return joined;
}

/* A block that the parent does not have is a slip of the pen, and would not be shown. joined are
 * the outer overrides, which may be used elsewhere, and then the parent's own. */
static enum err check_overrides(const struct compiler *compiler, const struct override *outer,
                                const struct override *joined)
{
    for (; outer; outer = outer->next)
        joined = joined->next;
    for (; joined; joined = joined->next)
        if (!*joined->is_used)
            return wrong(compiler, joined->block, "view-template", "the parent has no such block");
    return ERR_OK;
}

static struct piece *piece_of(struct compiler *compiler, const struct place *place,
                              const struct view_file *file, const char *indent)
{
    for (struct piece *piece = compiler->pieces; piece; piece = piece->next)
        if (piece->file == file && piece->scope == place->scope &&
            piece->overrides == place->overrides && piece->escape == place->escape &&
            strcmp(piece->indent, indent) == 0)
            return piece;
    return NULL;
}

/* The code of a file at that place, compiled now where it was not before. */
static enum err compile_piece(struct compiler *compiler, const struct place *place,
                              const struct view_file *file, const char *indent,
                              const struct view_code **code)
{
    struct piece *piece = piece_of(compiler, place, file, indent);
    struct view_source source = {.file = file->name,
                                 .line = 1,
                                 .text = (const char *)file->text.data,
                                 .length = file->text.length,
                                 .open = "{{",
                                 .close = "}}"};

    if (!piece) {
        piece = ARENA_NEW(compiler->arena, struct piece);
        *piece = (struct piece){.next = compiler->pieces,
                                .file = file,
                                .scope = place->scope,
                                .overrides = place->overrides,
                                .escape = place->escape,
                                .indent = indent,
                                .is_open = true};
        compiler->pieces = piece;
        source = view_indent(compiler->arena, &source, indent, true);
        ERR_TRY(compile_source(compiler, place, &source, &piece->code));
        settle(compiler, &piece->code);
        piece->is_open = false;
    }
    /* Only nodes, of which there is one scope, may differ when a piece comes to itself again. */
    if (piece->is_open && !place->scope->type->nodes)
        return err_raise(ERR_INVALID, "view-template", "%s: includes itself", file->name);
    *code = &piece->code;
    return ERR_OK;
}

/* A partial, or a parent with its overrides. */
static enum err compile_call(struct compiler *compiler, const struct place *place,
                             const struct view_part *part, struct view_code *code)
{
    const char *base = strrchr(part->name, '/');
    const char *name = strchr(base ? base : part->name, '.')
                           ? part->name
                           : arena_printf(compiler->scratch, "%s%s", part->name, place->extension);
    struct place inside = *place;
    const struct view_file *file;
    const struct view_code *called;

    inside.depth++;
    if (part->inner)
        inside.overrides = overrides_join(compiler, place->overrides, part->inner);
    ERR_TRY(view_library_find(compiler->library, name, &file));
    if (!file && place->scope->type->nodes)
        return ERR_OK;
    if (!file)
        return wrong(compiler, part, "view-template", "there is no such file");
    ERR_TRY(compile_piece(compiler, &inside, file, part->indent, &called));
    if (!place->scope->type->nodes)
        ERR_TRY(check_overrides(compiler, place->overrides, inside.overrides));
    emit(compiler, code, VIEW_DO_CALL)->code = called;
    return ERR_OK;
}

static void put_text(struct compiler *compiler, const struct view_part *part,
                     struct view_code *code)
{
    struct view_instruction *instruction;

    if (part->length == 0)
        return;
    instruction = emit(compiler, code, VIEW_DO_PUT);
    instruction->text = part->text;
    instruction->length = part->length;
}

static enum err compile_part(struct compiler *compiler, const struct place *place,
                             const struct view_part *part, struct view_code *code)
{
    switch (part->kind) {
    case VIEW_PART_TEXT:
        put_text(compiler, part, code);
        return ERR_OK;
    case VIEW_PART_VALUE:
    case VIEW_PART_RAW:
        return compile_value(compiler, place, part, code);
    case VIEW_PART_SECTION:
    case VIEW_PART_INVERTED:
        return compile_section(compiler, place, part, code);
    case VIEW_PART_PARTIAL:
    case VIEW_PART_PARENT:
        return compile_call(compiler, place, part, code);
    case VIEW_PART_BLOCK:
        return compile_block(compiler, place, part, code);
    }
    return ERR_OK;
}

static enum err compile_parts(struct compiler *compiler, const struct place *place,
                              const struct view_part *parts, struct view_code *code)
{
    if (parts && (place->depth > VIEW_CALLS_MOST || place->scope->depth > VIEW_FRAMES_MOST))
        return wrong(compiler, parts, "view-nested", "nested too deeply; does it include itself?");
    for (; parts; parts = parts->next)
        ERR_TRY(compile_part(compiler, place, parts, code));
    return ERR_OK;
}

/* A mail's first line, « Objet : … », is compiled by itself: there nothing is Markdown. */
static size_t subject_length(const struct view_source *source, enum view_escape escape)
{
    const char *newline = memchr(source->text, '\n', source->length);

    if (escape != VIEW_ESCAPE_MARKDOWN || !newline || strncmp(source->text, "Objet", 5) != 0)
        return 0;
    return (size_t)(newline + 1 - source->text);
}

static enum err compile_view(struct compiler *compiler, const char *name,
                             const struct view_type *type, struct view_code *code)
{
    const char *extension = strrchr(name, '.');
    struct place place = {.scope = view_scope_push(compiler->scratch, NULL, type),
                          .extension = extension ? extension : "",
                          .escape = view_escape_of(name)};
    struct view_source subject, body;
    const struct view_file *file;
    size_t length;

    ERR_TRY(view_library_find(compiler->library, name, &file));
    if (!file)
        return err_raise(ERR_INVALID, "view-template", "%s: there is no such file", name);
    body =
        (struct view_source){name, 1, (const char *)file->text.data, file->text.length, "{{", "}}"};
    length = subject_length(&body, place.escape);
    if (length > 0) {
        struct place in_subject = place;

        subject = body;
        subject.length = length;
        in_subject.escape = VIEW_ESCAPE_SUBJECT;
        ERR_TRY(compile_source(compiler, &in_subject, &subject, code));
        body.text += length;
        body.length -= length;
        body.line++;
    }
    ERR_TRY(compile_source(compiler, &place, &body, code));
    settle(compiler, code);
    return ERR_OK;
}

enum err view_compile(struct view_library *library, const char *name, const struct view_type *type,
                      const struct view_code **compiled)
{
    struct compiler compiler = {.library = library,
                                .arena = library->arena,
                                .scratch = arena_new(SCRATCH_MOST),
                                .file = name};
    struct view_code *code = ARENA_NEW(library->arena, struct view_code);
    enum err result = compile_view(&compiler, name, type, code);

    arena_free(compiler.scratch);
    *compiled = code;
    return result;
}
