/* What the pages of « Contacts » share. */
#ifndef PARAPHE_PAGES_CONTACTS_H
#define PARAPHE_PAGES_CONTACTS_H

#include "db/statements.h"
#include "http/form.h"
#include "http/http.h"
#include "pages/contact_view.h"
#include "pages/list.h"
#include "pages/selection.h"

/* The parameter "avec" of the list: which contacts are asked for. */
enum contacts_filter_kind { CONTACTS_ALL, CONTACTS_HOSTS, CONTACTS_ORIGINS, CONTACTS_ACTIVE };
enum contacts_filter_kind page_contacts_filter(struct exchange *x);

/* The list's parameters as the address has them. */
struct page_list page_contacts_list(struct exchange *x, enum contacts_filter_kind kind);

/* The contact of the first {id} of the address; ERR_NOT_FOUND where it is not the viewer's. */
enum err page_contact_of(struct exchange *x, struct contact_by_id_row **row);

/* The parameter "version", as it was seen; one that is none is of no version. */
uint32_t page_version(struct exchange *x);

/* The sheet, with what was typed as a note. */
enum err page_contact_show(struct exchange *x, unsigned status, const struct form_value *note);

#endif
