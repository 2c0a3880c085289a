/* Structs that templates can read, and what describes them.
 *
 * One list of fields gives both the C struct and its descriptor, so that they cannot differ:
 *
 *     #define trainee_row_FIELDS(X, S)   \
 *         X(S, TEXT, name)               \
 *         X(S, NUMBER, age)              \
 *         X(S, LIST, marks, mark_row)
 *     VIEW_STRUCT(trainee_row);          // in the header: struct trainee_row, trainee_row_type
 *     VIEW_TYPE(trainee_row);            // in one C file: the descriptor
 *
 * What the kinds become in the struct, and mean in a template:
 *     TEXT    const char *x          {{x}}, escaped; NULL and "" are false in {{#x}}
 *     HTML    const char *x          {{{x}}} only: what view_markdown_html made; the same falsity
 *     NUMBER  int64_t x              {{x}} in plain decimal; 0 is false
 *     FLAG    bool x                 only {{#x}} and {{^x}}
 *     OBJECT  const struct T *x      {{#x}}…{{/x}} and {{x.name}}; NULL is false
 *     LIST    const struct T *x      {{#x}}…{{/x}} once a row; {{x.count}} and {{#x.count}}
 *             size_t x_count         tell how many there are */
#ifndef PARAPHE_VIEW_TYPE_H
#define PARAPHE_VIEW_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum view_kind {
    VIEW_KIND_TEXT,
    VIEW_KIND_HTML,
    VIEW_KIND_NUMBER,
    VIEW_KIND_FLAG,
    VIEW_KIND_OBJECT,
    VIEW_KIND_LIST
};

struct view_field {
    const char *name;
    enum view_kind kind;
    size_t offset;
    size_t count_offset;             /* of x_count, for a list */
    const struct view_type *element; /* of an object or list */
};

/* Data whose names are known only when it is rendered; a node is whatever its owner makes of it.
 * The specification's tests come in this way; pages have structs. */
struct view_nodes {
    const void *(*member)(const void *node, const char *name); /* NULL where it has none */
    bool (*is_true)(const void *node);
    bool (*is_list)(const void *node);
    const void *(*item)(const void *node, size_t index); /* NULL behind the last */
    void (*print)(const void *node, struct buf *text);
};

struct view_type {
    const char *name;
    const struct view_field *fields;
    size_t field_count;
    size_t size;                    /* of one struct, the step in a list */
    const struct view_nodes *nodes; /* NULL for a struct; where set, there are no fields */
};

#define VIEW_STRUCT(S)             \
    struct S {                     \
        S##_FIELDS(VIEW_MEMBER, S) \
    };                             \
    extern const struct view_type S##_type

#define VIEW_TYPE(S)                                                                           \
    static const struct view_field S##_type_fields[] = {S##_FIELDS(VIEW_DESCRIBE, S)};         \
    const struct view_type S##_type = {.name = #S,                                             \
                                       .fields = S##_type_fields,                              \
                                       .field_count =                                          \
                                           sizeof S##_type_fields / sizeof S##_type_fields[0], \
                                       .size = sizeof(struct S)}

#define VIEW_MEMBER(S, KIND, ...) VIEW_MEMBER_##KIND(__VA_ARGS__)
#define VIEW_MEMBER_TEXT(field) const char *field;
#define VIEW_MEMBER_HTML(field) const char *field;
#define VIEW_MEMBER_NUMBER(field) int64_t field;
#define VIEW_MEMBER_FLAG(field) bool field;
#define VIEW_MEMBER_OBJECT(field, T) const struct T *field;
#define VIEW_MEMBER_LIST(field, T) \
    const struct T *field;         \
    size_t field##_count;

#define VIEW_DESCRIBE(S, KIND, ...) VIEW_DESCRIBE_##KIND(S, __VA_ARGS__)
#define VIEW_DESCRIBE_PLAIN(S, field_, kind_) \
    {.name = #field_, .kind = kind_, .offset = offsetof(struct S, field_)},
#define VIEW_DESCRIBE_TEXT(S, field) VIEW_DESCRIBE_PLAIN(S, field, VIEW_KIND_TEXT)
#define VIEW_DESCRIBE_HTML(S, field) VIEW_DESCRIBE_PLAIN(S, field, VIEW_KIND_HTML)
#define VIEW_DESCRIBE_NUMBER(S, field) VIEW_DESCRIBE_PLAIN(S, field, VIEW_KIND_NUMBER)
#define VIEW_DESCRIBE_FLAG(S, field) VIEW_DESCRIBE_PLAIN(S, field, VIEW_KIND_FLAG)
#define VIEW_DESCRIBE_OBJECT(S, field, T) \
    {.name = #field,                      \
     .kind = VIEW_KIND_OBJECT,            \
     .offset = offsetof(struct S, field), \
     .element = &T##_type},
#define VIEW_DESCRIBE_LIST(S, field, T)                 \
    {.name = #field,                                    \
     .kind = VIEW_KIND_LIST,                            \
     .offset = offsetof(struct S, field),               \
     .count_offset = offsetof(struct S, field##_count), \
     .element = &T##_type},

#endif
