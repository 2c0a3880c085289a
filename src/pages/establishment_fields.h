/* The fields of the form of an establishment's data (pages/establishment_form.h), as views show
 * them. */
#ifndef PARAPHE_PAGES_ESTABLISHMENT_FIELDS_H
#define PARAPHE_PAGES_ESTABLISHMENT_FIELDS_H

#include "view/page.h"

#define establishment_fields_FIELDS(X, S)      \
    X(S, OBJECT, uai, view_form_field)         \
    X(S, OBJECT, name, view_form_field)        \
    X(S, OBJECT, address, view_form_field)     \
    X(S, OBJECT, postal_code, view_form_field) \
    X(S, OBJECT, city, view_form_field)        \
    X(S, OBJECT, phone, view_form_field)       \
    X(S, OBJECT, email, view_form_field)       \
    X(S, OBJECT, head_name, view_form_field)   \
    X(S, OBJECT, head_title, view_form_field)  \
    X(S, OBJECT, board_day, view_form_field)
VIEW_STRUCT(establishment_fields);

#endif
