/* The conventions' page as the deposit's answers show it again. */
#ifndef PARAPHE_PAGES_CONVENTIONS_H
#define PARAPHE_PAGES_CONVENTIONS_H

#include "db/statements.h"
#include "domain/moves.h"
#include "http/http.h"
#include "pages/conventions_view.h"

/* The address of the tab where conventions of that state are. */
const char *page_conventions_tab(struct arena *arena, enum convention_state state);

/* What is known of a convention; ERR_NOT_FOUND where it is not this establishment's. */
enum err page_sheet_of(struct exchange *x, uint64_t id, struct convention_sheet_row **sheet);

/* Whether that event is for this account to cause, in whatever state. */
bool page_move_is_theirs(const struct exchange *x, const struct convention_sheet_row *sheet,
                         enum convention_event event);

/* Who acted meanwhile and what was done, as a sentence. */
const char *page_meanwhile(struct exchange *x, const struct meanwhile *meanwhile);

/* The deposit's form, with that convention chosen (0: automatic recognition). */
enum err page_conventions_deposit(struct exchange *x, uint64_t chosen,
                                  struct conventions_deposit **deposit);

/* Puts a sentence at the form's file. */
void page_conventions_file_error(struct exchange *x, struct conventions_deposit *deposit,
                                 const char *sentence);

/* What came of the deposit that is in force in that convention; NULL where there is none. */
enum err page_deposit_result(struct exchange *x, uint64_t convention,
                             const struct conventions_result **result);

/* The whole page, as its address asks. */
enum err page_conventions_show(struct exchange *x, unsigned status,
                               const struct conventions_deposit *deposit,
                               const struct view_form_error *errors, size_t error_count);

#endif
