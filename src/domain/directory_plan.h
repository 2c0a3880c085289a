/* What becomes of a table's rows, beside the establishments that are there: no database. */
#ifndef PARAPHE_DOMAIN_DIRECTORY_PLAN_H
#define PARAPHE_DOMAIN_DIRECTORY_PLAN_H

#include "db/statements.h"
#include "domain/directory_import.h"

/* Fills the plan's rows, totals and digest. known: in the order of their UAI. */
void directory_plan_make(struct arena *arena, struct directory_table *table,
                         const struct directory_known_row *known, size_t known_count,
                         struct directory_plan *plan);

#endif
