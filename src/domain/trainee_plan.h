/* What becomes of a table's rows, beside the trainees that are there: no database, no clock. */
#ifndef PARAPHE_DOMAIN_TRAINEE_PLAN_H
#define PARAPHE_DOMAIN_TRAINEE_PLAN_H

#include "db/statements.h"
#include "domain/trainee_import.h"

/* Fills the plan's rows, totals and digest. known: the school's trainees. */
void trainee_plan_make(struct arena *arena, const struct trainee_table *table,
                       const struct trainee_all_row *known, size_t known_count,
                       struct import_plan *plan);

#endif
