/* What views/directory-import.html and directory-preview.html show: importing establishments. */
#ifndef PARAPHE_PAGES_DIRECTORY_VIEW_H
#define PARAPHE_PAGES_DIRECTORY_VIEW_H

#include "view/page.h"

/* The file's field is "fichier". */
#define directory_form_FIELDS(X, S) \
    X(S, TEXT, action)              \
    X(S, OBJECT, file, view_form_field)
VIEW_STRUCT(directory_form);

#define directory_import_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)          \
    X(S, OBJECT, form, directory_form)     \
    X(S, TEXT, back)
VIEW_STRUCT(directory_import_view);

/* One thing that is wrong. */
#define directory_fault_row_FIELDS(X, S) \
    X(S, NUMBER, line)                   \
    X(S, TEXT, name)                     \
    X(S, TEXT, column)                   \
    X(S, TEXT, sentence)                 \
    X(S, TEXT, text)
VIEW_STRUCT(directory_fault_row);

#define directory_value_FIELDS(X, S) \
    X(S, TEXT, column)               \
    X(S, TEXT, from)                 \
    X(S, TEXT, to)
VIEW_STRUCT(directory_value);

/* An establishment to be changed; to be created, where there are no values. */
#define directory_planned_FIELDS(X, S) \
    X(S, NUMBER, line)                 \
    X(S, TEXT, uai)                    \
    X(S, TEXT, name)                   \
    X(S, TEXT, url)                    \
    X(S, TEXT, city)                   \
    X(S, TEXT, email)                  \
    X(S, LIST, values, directory_value)
VIEW_STRUCT(directory_planned);

/* How many rows there are of a kind; are: more than one. */
#define directory_total_FIELDS(X, S) \
    X(S, NUMBER, number)             \
    X(S, FLAG, are)
VIEW_STRUCT(directory_total);

/* The totals are NULL where there is none of that kind, action where nothing can be written: there
 * are faults, or nothing to write. more_…: those beyond the ones shown. */
#define directory_preview_FIELDS(X, S)          \
    X(S, OBJECT, page, view_page)               \
    X(S, TEXT, file_name)                       \
    X(S, TEXT, action)                          \
    X(S, TEXT, abandon_action)                  \
    X(S, TEXT, digest)                          \
    X(S, OBJECT, creates, directory_total)      \
    X(S, OBJECT, changes, directory_total)      \
    X(S, OBJECT, same, directory_total)         \
    X(S, OBJECT, doubles, directory_total)      \
    X(S, OBJECT, refused, directory_total)      \
    X(S, LIST, fault_rows, directory_fault_row) \
    X(S, LIST, changed_rows, directory_planned) \
    X(S, NUMBER, more_changed)                  \
    X(S, LIST, created_rows, directory_planned) \
    X(S, NUMBER, more_created)                  \
    X(S, LIST, unused, view_text)               \
    X(S, OBJECT, form, directory_form)          \
    X(S, TEXT, back)
VIEW_STRUCT(directory_preview);

#endif
