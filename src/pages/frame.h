/* What stands around every page: title, menu, account, licence banner (view/page.h). */
#ifndef PARAPHE_PAGES_FRAME_H
#define PARAPHE_PAGES_FRAME_H

#include "http/form.h"
#include "view/page.h"

/* Fills page for who is signed in, or for nobody. The menu has the entries that this account may
 * open; the entry of the page that is open is the caller's to mark. */
void page_frame(struct exchange *x, struct view_page *page);

/* What is wrong in a form, for its list of errors; FORM_FRAME(&page, x->arena, form, &read). */
void page_form_errors(struct view_page *page, struct arena *arena, const struct form_field *fields,
                      size_t count, const struct form_value *values);
#define FORM_FRAME(page, arena, form, read) \
    page_form_errors((page), (arena), form##_fields, FORM_COUNT(form), (read)->values)

/* A form's field as its view shows it. */
const struct view_form_field *page_form_field(struct arena *arena, const char *name,
                                              const struct form_value *value);

#endif
