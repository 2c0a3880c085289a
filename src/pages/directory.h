/* What the pages of the import of establishments share. */
#ifndef PARAPHE_PAGES_DIRECTORY_H
#define PARAPHE_PAGES_DIRECTORY_H

#include "domain/directory_import.h"
#include "http/http.h"
#include "pages/directory_view.h"

/* The form of the file; sentence: what is wrong with the one that was sent, or NULL. */
const struct directory_form *page_directory_form(struct exchange *x, const char *sentence);

/* The preview of the file of the request's address, with a sentence over it, or NULL. */
enum err page_directory_show(struct exchange *x, unsigned status, const char *sentence);

#endif
