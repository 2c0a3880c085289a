/* The form of an establishment's data: its admins fill it in « Options », operators when they
 * create or correct one. */
#ifndef PARAPHE_PAGES_ESTABLISHMENT_FORM_H
#define PARAPHE_PAGES_ESTABLISHMENT_FORM_H

#include "db/statements.h"
#include "domain/establishment.h"
#include "http/form.h"
#include "pages/establishment_fields.h"

/* The rows of where somebody is to be reached; contacts have them, too. */
#define PLACE_ROWS(FIELD)                                \
    FIELD(LINE, address, FORM_OPTIONAL, 0, 300, NULL)    \
    FIELD(LINE, postal_code, FORM_OPTIONAL, 0, 10, NULL) \
    FIELD(LINE, city, FORM_OPTIONAL, 0, 100, NULL)       \
    FIELD(PHONE, phone, FORM_OPTIONAL, 0, 30, NULL)

#define ESTABLISHMENT_FORM(FIELD)                        \
    FIELD(LINE, uai, FORM_OPTIONAL, 1, 20, NULL)         \
    FIELD(LINE, name, FORM_REQUIRED, 1, 200, NULL)       \
    PLACE_ROWS(FIELD)                                    \
    FIELD(EMAIL, email, FORM_REQUIRED, 0, 254, NULL)     \
    FIELD(LINE, head_name, FORM_OPTIONAL, 0, 150, NULL)  \
    FIELD(LINE, head_title, FORM_OPTIONAL, 0, 150, NULL) \
    FIELD(DAY, board_day, FORM_OPTIONAL, 0, 0, NULL)
FORM_DECLARE(establishment_form, ESTABLISHMENT_FORM)

/* Who fills it: operators say the UAI, and the least else; an establishment's admins cannot change
 * the UAI, and say all that a convention needs. */
enum establishment_filler { FILLED_BY_OPERATOR, FILLED_BY_ADMIN };

/* Reads the request's, and refuses at its field what is not good. */
void page_establishment_read(struct exchange *x, enum establishment_filler filler,
                             struct establishment_form *form);

/* The form as the database has it. */
void page_establishment_fill(struct exchange *x, const struct establishment_by_id_row *row,
                             struct establishment_form *form);

/* What a form that is good says. */
struct establishment page_establishment_said(const struct establishment_form *form);

/* Its fields for the view. */
const struct establishment_fields *page_establishment_fields(struct arena *arena,
                                                             const struct establishment_form *form);

#endif
