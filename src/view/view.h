/* Templates: compiled and checked at start, rendered for each page and mail.
 *
 * The language is Mustache (https://mustache.github.io/mustache.5.html, specification 1.4 with
 * inheritance, without lambdas). Names are looked up when templates are compiled: first in the
 * innermost section's struct, then in the ones around it.
 *
 *     {{> partial/field}}   the file partial/field with the including template's extension
 *     {{<layout}}{{$content}}…{{/content}}{{/layout}}
 *
 * Values are escaped for where they go, which the first template's name decides:
 *     .html   & < > " ' as entities: for text and for attributes between double quotes
 *     .md     every ASCII punctuation mark with a backslash (CommonMark §2.4), white space at both
 *             ends dropped, line ends as hard line breaks: for text and for the address of a link
 *             `[…]({{url}})`, but neither for `<{{url}}>` nor for code. The first line, where it
 *             begins with "Objet", is a mail's subject: there values stand as they are, control
 *             characters as spaces.
 *     others  as they are */
#ifndef PARAPHE_VIEW_VIEW_H
#define PARAPHE_VIEW_VIEW_H

#include "base/buf.h"
#include "base/err.h"
#include "view/type.h"

/* Which struct a template shows. Tables of bindings end with a row of NULLs:
 *     const struct view_binding page_bindings[] = {
 *         {"conventions.html", &conventions_view_type}, {NULL, NULL}}; */
struct view_binding {
    const char *name; /* path below the directory of views */
    const struct view_type *type;
};

struct views;

/* Reads and compiles the templates of all tables (a list of tables that ends with NULL) below
 * directory. Tables and directory's text must live as long as the views. ERR_INVALID, with
 * "file:line: what is wrong" as detail, where a template is absent or does not fit its struct. */
enum err views_load(const char *directory, const struct view_binding *const *tables,
                    struct views **views);

/* The same from the files as they are now; where one is wrong, everything stays as it was. */
enum err views_reload(struct views *views);

void views_free(struct views *views);

/* A template as it is written, for people who change it. name lies below the directory of views,
 * which need not be loaded. ERR_INTERNAL where there is no such file. */
enum err view_source(struct arena *arena, const char *directory, const char *name,
                     const char **text);

/* Appends the view of that name, filled from data, the struct it is bound to. ERR_INTERNAL where
 * no such name is bound; ERR_TOO_LARGE "view-too-large" where out's limit does not suffice. */
enum err view_render(const struct views *views, const char *name, const void *data,
                     struct buf *out);

/* The same for a template that is no file: a text that users wrote. name decides the escaping and
 * is what errors name; no partial can be included. ERR_INVALID, with "name:line: what is wrong" as
 * detail, where it does not fit the struct; the key tells what people mistake: "view-tag-open",
 * "view-tag-name", "view-no-such-name", "view-two-braces", "view-unclosed", "view-unopened",
 * "view-nested", or "view-template" for all else. */
enum err view_render_source(struct arena *arena, const char *name, const char *source,
                            const struct view_type *type, const void *data, struct buf *out);

#endif
