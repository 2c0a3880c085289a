/* Accounts for every byte behind a signed revision: objects that the later cross-reference sections
 * name, where they name them, those sections themselves, and nothing else.
 *
 * What one program reads by the cross-reference table and another by scanning is thus the same. */
#ifndef PARAPHE_INSPECT_ACCOUNT_H
#define PARAPHE_INSPECT_ACCOUNT_H

#include "inspect/pdf_file.h"
#include "inspect/revisions.h"

/* before: the document up to byte `from`; after: the whole file, whose sections are in history.
 * Adds what is wrong to the report as alterations, and its traces (attacks.h) to traces; returns
 * whether nothing is. */
bool inspect_account(const struct inspect_pdf *before, const struct inspect_pdf *after,
                     const struct inspect_history *history, size_t from,
                     struct inspect_report *report, unsigned *traces);

#endif
