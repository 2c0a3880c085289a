/* What views/directory-import.html and directory-preview.html show: importing establishments. */
#ifndef PARAPHE_PAGES_DIRECTORY_VIEW_H
#define PARAPHE_PAGES_DIRECTORY_VIEW_H

#include "pages/plan_view.h"

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

/* An establishment to be changed; to be created, where there are no values. */
#define directory_planned_FIELDS(X, S) \
    X(S, NUMBER, line)                 \
    X(S, TEXT, uai)                    \
    X(S, TEXT, name)                   \
    X(S, TEXT, url)                    \
    X(S, TEXT, city)                   \
    X(S, TEXT, email)                  \
    X(S, LIST, values, plan_value)
VIEW_STRUCT(directory_planned);

/* The totals are NULL where there is none of that kind, action where nothing can be written: there
 * are faults, or nothing to write. more_…: those beyond the ones shown. */
#define directory_preview_FIELDS(X, S)          \
    X(S, OBJECT, page, view_page)               \
    X(S, TEXT, file_name)                       \
    X(S, TEXT, action)                          \
    X(S, TEXT, abandon_action)                  \
    X(S, TEXT, digest)                          \
    X(S, OBJECT, creates, plan_total)           \
    X(S, OBJECT, changes, plan_total)           \
    X(S, OBJECT, same, plan_total)              \
    X(S, OBJECT, doubles, plan_total)           \
    X(S, OBJECT, refused, plan_total)           \
    X(S, LIST, fault_rows, plan_fault)          \
    X(S, LIST, changed_rows, directory_planned) \
    X(S, NUMBER, more_changed)                  \
    X(S, LIST, created_rows, directory_planned) \
    X(S, NUMBER, more_created)                  \
    X(S, LIST, unused, view_text)               \
    X(S, OBJECT, form, directory_form)          \
    X(S, TEXT, back)
VIEW_STRUCT(directory_preview);

#endif
