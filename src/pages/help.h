/* « Aide », as other pages know it. */
#ifndef PARAPHE_PAGES_HELP_H
#define PARAPHE_PAGES_HELP_H

#include "http/http.h"

/* The address of the subject that explains the page of this request; NULL where none does. */
const char *page_help_here(struct exchange *x);

#endif
