/* What people type, in a form or in a table of theirs, and what is kept of it. Each function gives
 * NULL where the text is no such thing; white space around it does not count. */
#ifndef PARAPHE_BASE_TYPED_H
#define PARAPHE_BASE_TYPED_H

#include "base/arena.h"

/* One e-mail address (RFC 5321 §4.1.2, without quoted local parts), its domain in lower case. */
const char *typed_email(struct arena *arena, const char *typed);

/* A telephone number: French ones as "01 23 45 67 89", others as "+3221234567". */
const char *typed_phone(struct arena *arena, const char *typed);

/* A day, as YYYY-MM-DD or as the French write it: YYYY-MM-DD. */
const char *typed_day(struct arena *arena, const char *typed);

#endif
