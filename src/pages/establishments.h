/* What the operator's pages of establishments share. */
#ifndef PARAPHE_PAGES_ESTABLISHMENTS_H
#define PARAPHE_PAGES_ESTABLISHMENTS_H

#include "http/form.h"
#include "pages/establishments_view.h"

/* What becomes of a licence that ends on that day (NULL: there is none). */
const struct licence_state *page_licence_state(struct exchange *x, const char *ends_on);

/* What is wrong with a UAI, a wrong letter with the one its digits ask for: either may be the
 * mistake. NULL where it is good. */
const char *page_uai_sentence(struct exchange *x, const char *uai);

/* Tidies a UAI that was given, and refuses it at its field where it is none. */
void page_uai_check(struct exchange *x, struct form_value *uai);

#endif
