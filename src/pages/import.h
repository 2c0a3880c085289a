/* What the two files of the import share. */
#ifndef PARAPHE_PAGES_IMPORT_H
#define PARAPHE_PAGES_IMPORT_H

#include "domain/trainee_import.h"
#include "http/http.h"
#include "pages/import_view.h"
#include "pages/trainees.h"

/* The form of a file, in which that class is typed. */
const struct import_form *page_import_form(struct exchange *x, const char *class_name);

/* The preview of the address's import; keeps: conventions are to be kept; sentence: why nothing was
 * written, NULL for none. */
enum err page_import_show(struct exchange *x, unsigned status, bool keeps, const char *sentence);

#endif
