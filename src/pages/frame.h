/* What stands around every page: title, menu, account, licence banner (view/page.h). */
#ifndef PARAPHE_PAGES_FRAME_H
#define PARAPHE_PAGES_FRAME_H

#include "domain/context.h"
#include "http/form.h"
#include "view/page.h"

/* Fills page for who is signed in, or for nobody: the menu with the entries that this account may
 * open, the licence's banner where it is due, and what came of the last action (parameter "avis",
 * see page_done). */
void page_frame(struct exchange *x, struct view_page *page);

/* Leads to address, which then shows the sentence "notice-NAME". */
enum err page_done(struct exchange *x, const char *address, const char *name);

/* Answers with a sentence of the page's own on the error page. */
enum err page_refusal(struct exchange *x, unsigned status, const char *sentence);

/* Who acts, for the domain's functions; nobody on a page for everybody. */
struct context page_context(struct exchange *x);

/* What is wrong in a form, for its list of errors; FORM_FRAME(&page, x->arena, form, &read). */
void page_form_errors(struct view_page *page, struct arena *arena, const struct form_field *fields,
                      size_t count, const struct form_value *values);
#define FORM_FRAME(page, arena, form, read) \
    page_form_errors((page), (arena), form##_fields, FORM_COUNT(form), (read)->values)

/* Adds what concerns the form as a whole to its list of errors, in front. */
void page_add_error(struct view_page *page, struct arena *arena, const char *sentence);

/* Adds what concerns that field, or group of fields, likewise. */
void page_add_field_error(struct view_page *page, struct arena *arena, const char *field,
                          const char *sentence);

/* A form's field as its view shows it. */
const struct view_form_field *page_form_field(struct arena *arena, const char *name,
                                              const struct form_value *value);

#endif
