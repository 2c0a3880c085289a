/* Letters as a contact's sheet shows them. */
#ifndef PARAPHE_PAGES_LETTER_H
#define PARAPHE_PAGES_LETTER_H

#include "db/statements.h"
#include "http/http.h"
#include "pages/letter_view.h"

/* What was sent to that contact and its people, the latest first. */
enum err page_letters_to(struct exchange *x, uint64_t contact,
                         const struct letter_delivery **deliveries, size_t *count);

#endif
