/* What views/import.html and import-preview.html show. */
#ifndef PARAPHE_PAGES_IMPORT_VIEW_H
#define PARAPHE_PAGES_IMPORT_VIEW_H

#include "pages/plan_view.h"

/* The form of the file: its fields are "fichier" and "class_name". */
#define import_form_FIELDS(X, S)        \
    X(S, TEXT, action)                  \
    X(S, OBJECT, file, view_form_field) \
    X(S, OBJECT, class_name, view_form_field)
VIEW_STRUCT(import_form);

#define import_view_FIELDS(X, S)    \
    X(S, OBJECT, page, view_page)   \
    X(S, OBJECT, form, import_form) \
    X(S, TEXT, export_url)          \
    X(S, TEXT, back)
VIEW_STRUCT(import_view);

/* A trainee whose data become others; conventions: how many are open. */
#define import_changed_FIELDS(X, S) \
    X(S, NUMBER, line)              \
    X(S, TEXT, trainee)             \
    X(S, TEXT, url)                 \
    X(S, NUMBER, conventions)       \
    X(S, FLAG, are_conventions)     \
    X(S, LIST, values, plan_value)
VIEW_STRUCT(import_changed);

/* A trainee to be created. */
#define import_created_FIELDS(X, S) \
    X(S, NUMBER, line)              \
    X(S, TEXT, last_name)           \
    X(S, TEXT, first_name)          \
    X(S, TEXT, birth_day)           \
    X(S, TEXT, class_name)          \
    X(S, TEXT, guardian)            \
    X(S, FLAG, is_lacking)
VIEW_STRUCT(import_created);

#define import_double_FIELDS(X, S) \
    X(S, NUMBER, line)             \
    X(S, TEXT, trainee)            \
    X(S, NUMBER, double_of)
VIEW_STRUCT(import_double);

/* What would become of the file's rows. The totals are NULL where there is none of that kind,
 * action where nothing can be written: there are faults, or nothing to write. more_created: those
 * beyond the ones shown. */
#define import_preview_FIELDS(X, S)          \
    X(S, OBJECT, page, view_page)            \
    X(S, TEXT, file_name)                    \
    X(S, TEXT, action)                       \
    X(S, TEXT, abandon_action)               \
    X(S, TEXT, digest)                       \
    X(S, OBJECT, creates, plan_total)        \
    X(S, OBJECT, changes, plan_total)        \
    X(S, OBJECT, same, plan_total)           \
    X(S, OBJECT, doubles, plan_total)        \
    X(S, OBJECT, refused, plan_total)        \
    X(S, OBJECT, lacking, plan_total)        \
    X(S, OBJECT, conventions, plan_total)    \
    X(S, FLAG, may_not_replace)              \
    X(S, FLAG, keeps_papers)                 \
    X(S, LIST, fault_rows, plan_fault)       \
    X(S, LIST, changed_rows, import_changed) \
    X(S, LIST, created_rows, import_created) \
    X(S, NUMBER, more_created)               \
    X(S, LIST, double_rows, import_double)   \
    X(S, LIST, unused, view_text)            \
    X(S, OBJECT, form, import_form)          \
    X(S, TEXT, back)
VIEW_STRUCT(import_preview);

#endif
