/* What the pages of « Options » share. */
#ifndef PARAPHE_PAGES_OPTIONS_H
#define PARAPHE_PAGES_OPTIONS_H

#include "db/statements.h"
#include "domain/wording.h"
#include "http/http.h"
#include "pages/options_view.h"

/* The tabs, the one of this request being open; NULL for who is no admin. */
const struct options_tabs *page_options_tabs(struct exchange *x);

/* The choice between member and admin, with what is wrong about it (NULL for nothing). */
const struct view_form_field *page_role_field(struct exchange *x, bool is_admin,
                                              const char *sentence);

/* The row of the establishment whose admin this is. */
enum err page_options_establishment(struct exchange *x, struct establishment_by_id_row **row);

/* Why a text was refused, and where, in words. */
const char *page_wording_sentence(struct exchange *x, const struct wording_fault *fault);

#endif
