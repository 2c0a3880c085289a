/* What the pages about trainees share: the form of a trainee's data. */
#ifndef PARAPHE_PAGES_TRAINEES_H
#define PARAPHE_PAGES_TRAINEES_H

#include "db/statements.h"
#include "domain/trainee.h"
#include "http/form.h"
#include "pages/placement_view.h"

#define TRAINEE_PAPERS_KEEP 1 /* the index of "garder" */
#define TRAINEE_FORM(FIELD)                                    \
    FIELD(LINE, last_name, FORM_REQUIRED, 1, 100, NULL)        \
    FIELD(LINE, first_name, FORM_REQUIRED, 1, 100, NULL)       \
    FIELD(DAY, birth_day, FORM_REQUIRED, 0, 0, NULL)           \
    FIELD(LINE, class_name, FORM_REQUIRED, 1, 50, NULL)        \
    FIELD(LINE, guardian_name, FORM_OPTIONAL, 1, 150, NULL)    \
    FIELD(EMAIL, guardian_email, FORM_OPTIONAL, 0, 254, NULL)  \
    FIELD(PHONE, guardian_phone, FORM_OPTIONAL, 0, 30, NULL)   \
    FIELD(LINE, guardian_address, FORM_OPTIONAL, 0, 300, NULL) \
    FIELD(CHOICE, papers, FORM_OPTIONAL, 0, 0, "remplacer|garder")
FORM_DECLARE(trainee_form, TRAINEE_FORM)

/* Reads the form; registers: for a trainee who is, or will be, on a placement, which needs all
 * that is said of the guardian but the address. */
void page_trainee_read(struct exchange *x, struct trainee_form *form, bool registers);
struct trainee page_trainee_typed(const struct trainee_form *form);
void page_trainee_fields(struct arena *arena, const struct trainee_form *form,
                         struct trainee_form_view *view);

/* The form with what is known of that trainee. */
void page_trainee_fill(struct arena *arena, const struct trainee_by_id_row *row,
                       struct trainee_form *form);

/* The form that registers a trainee on a placement, or puts them on its waiting list, with a search
 * among those the school has. It begins empty, or with the data of the trainee whom the address
 * names; ERR_NOT_FOUND where that one is not the school's. sentence: what is wrong, or NULL. */
struct registration_shown {
    unsigned status;
    const struct placement_by_id_row *placement;
    bool waits;
    const char *sentence;
};
enum err page_registration_form(struct exchange *x, const struct registration_shown *shown,
                                const struct trainee_form *form);
enum err page_registration_begin(struct exchange *x, struct trainee_form *form);

/* Takes that form, sent for the placement of the address, and lets enter do what it is for.
 * *placement: its id, 0 where the form was shown again, with what is wrong; *convention: what enter
 * made, 0 for none. */
enum err page_registration_take(struct exchange *x, bool waits,
                                enum err (*enter)(struct context *, uint64_t placement,
                                                  const struct trainee *, uint64_t *convention),
                                uint64_t *placement, uint64_t *convention);

/* The trainee of the address; ERR_NOT_FOUND where it is not this establishment's. */
enum err page_trainee_of(struct exchange *x, struct trainee_by_id_row **row);

/* Whether the trainee is, or ever was, on a placement. */
enum err page_trainee_is_registered(struct exchange *x, uint64_t trainee, bool *registered);

#endif
