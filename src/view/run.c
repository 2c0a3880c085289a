#include <inttypes.h>
#include <string.h>

#include "view/code.h"

/* One rendering. Depths were checked when compiling, but for nodes. */
struct run {
    struct buf *out;
    const struct view_nodes *nodes; /* NULL for structs */
    const void *frames[VIEW_FRAMES_MOST];
    unsigned depth; /* frames in use */
    unsigned calls;
};

static enum err run_code(struct run *run, const struct view_code *code);

static const void *pointer_at(const void *base, size_t offset)
{
    const void *pointer;

    memcpy(&pointer, (const char *)base + offset, sizeof pointer);
    return pointer;
}

/* The struct that has the field, or NULL where an object on the way to it is NULL. */
static const void *owner(const struct run *run, const struct view_access *access)
{
    const void *base = run->frames[run->depth - 1 - access->up];

    for (size_t i = 0; base && i < access->hop_count; i++)
        base = pointer_at(base, access->hops[i]);
    return base;
}

static size_t count_of(const void *base, const struct view_field *field)
{
    size_t count;

    memcpy(&count, (const char *)base + field->count_offset, sizeof count);
    return count;
}

static int64_t number_of(const void *base, const struct view_access *access)
{
    int64_t number;

    if (access->is_count)
        return (int64_t)count_of(base, access->field);
    memcpy(&number, (const char *)base + access->field->offset, sizeof number);
    return number;
}

/* The first part of a name from the innermost frame outward, the others inside of it. */
static const void *node_of(const struct run *run, const struct view_access *access)
{
    const void *node = NULL;

    if (!access->names[0])
        return run->frames[run->depth - 1];
    for (unsigned i = run->depth; i > 0 && !node; i--)
        node = run->nodes->member(run->frames[i - 1], access->names[0]);
    for (size_t i = 1; node && access->names[i]; i++)
        node = run->nodes->member(node, access->names[i]);
    return node;
}

static void put_node(struct run *run, const struct view_instruction *instruction)
{
    const void *node = node_of(run, &instruction->access);
    struct buf text = buf_new(run->out->arena, run->out->limit);

    if (!node)
        return;
    run->nodes->print(node, &text);
    view_put_escaped(run->out, instruction->escape, text.data);
}

static void put_value(struct run *run, const struct view_instruction *instruction)
{
    const struct view_access *access = &instruction->access;
    const void *base = owner(run, access);
    const char *text;

    if (!base)
        return;
    if (access->is_count || access->field->kind == VIEW_KIND_NUMBER) {
        buf_printf(run->out, "%" PRId64, number_of(base, access));
        return;
    }
    text = pointer_at(base, access->field->offset);
    if (text)
        view_put_escaped(run->out, instruction->escape, text);
}

static bool is_true(const void *base, const struct view_access *access)
{
    const struct view_field *field = access->field;
    const char *text;

    if (!base)
        return false;
    switch (field->kind) {
    case VIEW_KIND_TEXT:
    case VIEW_KIND_HTML:
        text = pointer_at(base, field->offset);
        return text && text[0] != '\0';
    case VIEW_KIND_NUMBER:
        return number_of(base, access) != 0;
    case VIEW_KIND_FLAG:
        return *(const bool *)((const char *)base + field->offset);
    case VIEW_KIND_OBJECT:
        return pointer_at(base, field->offset) != NULL;
    case VIEW_KIND_LIST:
        return count_of(base, field) > 0;
    }
    return false;
}

static enum err run_inside(struct run *run, const void *frame, const struct view_code *code)
{
    enum err result;

    if (run->depth == VIEW_FRAMES_MOST)
        return err_raise(ERR_INTERNAL, NULL, "more than %d sections in one another",
                         VIEW_FRAMES_MOST);
    run->frames[run->depth++] = frame;
    result = run_code(run, code);
    run->depth--;
    return result;
}

static enum err run_rows(struct run *run, const void *base, const struct view_instruction *section)
{
    const struct view_field *field = section->access.field;
    const char *row = pointer_at(base, field->offset);
    size_t count = count_of(base, field);

    for (; count > 0; count--, row += field->element->size)
        ERR_TRY(run_inside(run, row, section->code));
    return ERR_OK;
}

static enum err run_section(struct run *run, const struct view_instruction *section)
{
    const struct view_access *access = &section->access;
    const void *base = owner(run, access);

    if (!is_true(base, access))
        return ERR_OK;
    if (access->field->kind == VIEW_KIND_LIST && !access->is_count)
        return run_rows(run, base, section);
    if (access->field->kind == VIEW_KIND_OBJECT)
        return run_inside(run, pointer_at(base, access->field->offset), section->code);
    return run_code(run, section->code);
}

static enum err run_node_section(struct run *run, const struct view_instruction *section)
{
    const void *node = node_of(run, &section->access);
    const void *item;

    if (!node || !run->nodes->is_true(node))
        return ERR_OK;
    if (!run->nodes->is_list(node))
        return run_inside(run, node, section->code);
    for (size_t i = 0; (item = run->nodes->item(node, i)); i++)
        ERR_TRY(run_inside(run, item, section->code));
    return ERR_OK;
}

static enum err run_unless(struct run *run, const struct view_instruction *section)
{
    const void *node;
    bool holds;

    if (run->nodes) {
        node = node_of(run, &section->access);
        holds = node && run->nodes->is_true(node);
    } else {
        holds = is_true(owner(run, &section->access), &section->access);
    }
    return holds ? ERR_OK : run_code(run, section->code);
}

static enum err run_one(struct run *run, const struct view_instruction *instruction)
{
    switch (instruction->operation) {
    case VIEW_DO_PUT:
        buf_put(run->out, instruction->text, instruction->length);
        return ERR_OK;
    case VIEW_DO_VALUE:
        if (run->nodes)
            put_node(run, instruction);
        else
            put_value(run, instruction);
        return ERR_OK;
    case VIEW_DO_SECTION:
        return run->nodes ? run_node_section(run, instruction) : run_section(run, instruction);
    case VIEW_DO_UNLESS:
        return run_unless(run, instruction);
    case VIEW_DO_CALL:
        return run_code(run, instruction->code);
    }
    return ERR_OK;
}

static enum err run_code(struct run *run, const struct view_code *code)
{
    if (++run->calls > VIEW_CALLS_MOST)
        return err_raise(ERR_INTERNAL, NULL, "more than %d templates in one another",
                         VIEW_CALLS_MOST);
    for (size_t i = 0; i < code->count && !run->out->overflown; i++)
        ERR_TRY(run_one(run, &code->instructions[i]));
    run->calls--;
    return ERR_OK;
}

enum err view_run(const struct view_code *code, const struct view_type *type, const void *data,
                  struct buf *out)
{
    struct run run = {.out = out, .nodes = type->nodes, .frames = {data}, .depth = 1};

    ERR_TRY(run_code(&run, code));
    if (out->overflown)
        return err_raise(ERR_TOO_LARGE, "view-too-large", "%s: more than %zu bytes", type->name,
                         out->limit);
    return ERR_OK;
}
