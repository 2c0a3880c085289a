/* The variables of the convention's text (views/convention.md, and a host's own text). */
#ifndef PARAPHE_PDF_TEXT_VIEW_H
#define PARAPHE_PDF_TEXT_VIEW_H

#include "pdf/paper.h"
#include "view/type.h"
#include "view/view.h"

/* Days are in words ("mercredi 3 février 2027"; board_day without the day of the week), times as
 * "8 h 30". */
#define convention_text_FIELDS(X, S) \
    X(S, TEXT, school_year)          \
    X(S, TEXT, host_name)            \
    X(S, TEXT, host_head)            \
    X(S, TEXT, host_email)           \
    X(S, TEXT, origin_name)          \
    X(S, TEXT, origin_head)          \
    X(S, TEXT, origin_email)         \
    X(S, TEXT, trainee_name)         \
    X(S, TEXT, trainee_class)        \
    X(S, TEXT, guardian_name)        \
    X(S, TEXT, title)                \
    X(S, TEXT, course)               \
    X(S, TEXT, first_day)            \
    X(S, TEXT, last_day)             \
    X(S, TEXT, starts_at)            \
    X(S, TEXT, ends_at)              \
    X(S, TEXT, place)                \
    X(S, TEXT, board_day)
VIEW_STRUCT(convention_text);

/* For views_load. */
extern const struct view_binding pdf_text_bindings[];

/* The variables' values for a paper (its own text is not read). */
struct convention_text pdf_text_of(struct arena *arena, const struct convention_paper *paper);

/* The standard text, its variables filled: what belongs in paper->text. Errors: view_render's. */
enum err pdf_text_render(struct arena *arena, const struct views *views,
                         const struct convention_paper *paper, const char **markdown);

#endif
